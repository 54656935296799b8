/** The benchmark as a whole: counters exact, times as ratios of one run, on the development server. */
import { setTimeout as pause } from 'node:timers/promises';
import { countDeadlines } from './deadlines.ts';
import { compareDecision } from './decision.ts';
import { compareThroughput, countCases, countIdle, measureHeap } from './legs.ts';
import { setStage } from './stage.ts';
import { timeWhatIf } from './whatif.ts';

const sizes = { quick: { pairs: 5, idleCases: 100 }, full: { pairs: 11, idleCases: 1_000 } };
/** Recorded cases that a candidate pack is tried on, in either tier. */
const PAST_CASES = 10_000;

type Deadlines = ReturnType<typeof countDeadlines>;
export type Figures = Awaited<ReturnType<typeof benchCases>> & Deadlines;

/** What must hold (docs/performance.md). Counters fail exactly; a ratio is judged by its median. */
const bounds: readonly { key: keyof Figures; most?: number; least?: number; what: string }[] = [
  { key: 'millionDeadlinesSeconds', most: 5, what: 'seconds for a million deadlines of every kind, spread over two years' },
  { key: 'eventsPerDecision', most: 7, what: 'history events per decision, whole reference case' },
  { key: 'transitionsRatio', most: 1.2, what: 'state transitions against a bare workflow' },
  { key: 'appWriteTransactionsPerCase', most: 18, what: 'write transactions of ours per reference case' },
  { key: 'heapKiBPerCase', most: 80, what: 'KiB of heap per cached case' },
  { key: 'idleCommitsPerCase', most: 0, what: 'database commits per idle open case' },
  { key: 'decisionRatioP50', most: 2, what: 'decision over HTTP until readable, against a bare update (p50)' },
  { key: 'throughputRatio', least: 0.6, what: 'cases per second at 20 in flight, against bare updates' },
  { key: 'whatIfSeconds', most: 60, what: 'seconds of what-if over 10,000 recorded cases, audit included' },
];

export type Tier = keyof typeof sizes | 'deadlines';

/** All figures of a tier; `deadlines` needs no server and a second or two. */
export async function bench(tier: Tier, say: (line: string) => void): Promise<Partial<Figures>> {
  say('a million deadlines …');
  const deadlines = countDeadlines();
  return tier === 'deadlines' ? deadlines : { ...deadlines, ...(await benchCases(tier, say)) };
}

async function benchCases(tier: keyof typeof sizes, say: (line: string) => void) {
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
    say('what-if over ten thousand recorded cases …');
    const tried = await timeWhatIf(stage, PAST_CASES);
    return { ...counters, ...heap, ...decision, ...throughput, ...idle, ...tried };
  } finally {
    await stage.close();
  }
}

/** One line a figure that was taken, with whether its bound is met. */
export function sayFigures(figures: Partial<Figures>): string {
  const taken = bounds.filter(({ key }) => figures[key] !== undefined);
  const rows = taken.map(({ key, most, least, what }) => {
    const value = Number(figures[key]);
    const held = (most === undefined || value <= most) && (least === undefined || value >= least);
    const bound = most === undefined ? `at least ${least}` : `at most ${most}`;
    return `${held ? '✓ met    ' : '✗ not met'} ${value.toFixed(2).padStart(8)}  ${bound.padEnd(14)}  ${what} [${key}]`;
  });
  if (figures.repairCase === undefined) return rows.join('\n');
  const { events, transitions, appWriteTransactions } = figures.repairCase;
  return [
    ...rows,
    `  A whole CS19 repair with its effects: ${events} events, ${transitions} transitions, ${appWriteTransactions} write transactions.`,
  ].join('\n');
}
