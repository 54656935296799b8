/** The benchmark as a whole: counters exact, times as ratios of one run, on the development server. */
import { setTimeout as pause } from 'node:timers/promises';
import { compareDecision } from './decision.ts';
import { compareThroughput, countCases, countIdle, measureHeap } from './legs.ts';
import { setStage } from './stage.ts';

const sizes = { quick: { pairs: 5, idleCases: 100 }, full: { pairs: 11, idleCases: 1_000 } };

export type Figures = Awaited<ReturnType<typeof bench>>;

/** What must hold (docs/performance.md). Counters fail exactly; a ratio is judged by its median. */
const bounds: readonly { key: keyof Figures; most?: number; least?: number; what: string }[] = [
  { key: 'eventsPerDecision', most: 7, what: 'history events per decision, whole reference case' },
  { key: 'transitionsRatio', most: 1.2, what: 'state transitions against a bare workflow' },
  { key: 'appWriteTransactionsPerCase', most: 18, what: 'write transactions of ours per reference case' },
  { key: 'heapKiBPerCase', most: 80, what: 'KiB of heap per cached case' },
  { key: 'idleCommitsPerCase', most: 0, what: 'database commits per idle open case' },
  { key: 'decisionRatioP50', most: 2, what: 'decision over HTTP until readable, against a bare update (p50)' },
  { key: 'throughputRatio', least: 0.6, what: 'cases per second at 20 in flight, against bare updates' },
];

export async function bench(tier: keyof typeof sizes, say: (line: string) => void) {
  const { pairs, idleCases } = sizes[tier];
  say('heap per cached case …');
  const heap = await measureHeap();
  const stage = await setStage();
  try {
    say('counters of one case …');
    const counters = await countCases(stage);
    say('a decision over HTTP …');
    const decision = await compareDecision(stage, pairs);
    say('twenty cases in flight …');
    const throughput = await compareThroughput(stage, pairs);
    say('idle cases …');
    const idle = await countIdle(stage, idleCases);
    await pause(100);
    return { ...counters, ...heap, ...decision, ...throughput, ...idle };
  } finally {
    await stage.close();
  }
}

export function sayFigures(figures: Figures): string {
  const rows = bounds.map(({ key, most, least, what }) => {
    const value = Number(figures[key]);
    const held = (most === undefined || value <= most) && (least === undefined || value >= least);
    const bound = most === undefined ? `at least ${least}` : `at most ${most}`;
    return `${held ? '✓' : '✗'} ${value.toFixed(2).padStart(8)}  ${bound.padEnd(14)}  ${what} [${key}]`;
  });
  const { events, transitions, appWriteTransactions } = figures.repairCase;
  return [
    ...rows,
    `  A whole CS19 repair with its effects: ${events} events, ${transitions} transitions, ${appWriteTransactions} write transactions.`,
  ].join('\n');
}
