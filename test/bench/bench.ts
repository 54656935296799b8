/** The benchmark as a whole: counters exact, times as ratios of one run, on the development server. */
import { setTimeout as pause } from 'node:timers/promises';
import { benchBulk, type BulkFigures } from './bulk.ts';
import { countDeadlines } from './deadlines.ts';
import { benchImport, type ImportFigures } from './import.ts';
import { compareDecision } from './decision.ts';
import { compareThroughput, countCases, countIdle, measureHeap } from './legs.ts';
import { timeDossier } from './prints.ts';
import { benchSearch, type SearchFigures } from './search.ts';
import { setStage, type Stage } from './stage.ts';
import { compareWatch } from './watch.ts';
import { timeWhatIf } from './whatif.ts';

const sizes = {
  quick: { pairs: 5, idleCases: 100, entries: 100_000 },
  full: { pairs: 11, idleCases: 1_000, entries: 1_000_000 },
};
/** Recorded cases that a candidate pack is tried on, in either tier. */
const PAST_CASES = 10_000;

type Deadlines = ReturnType<typeof countDeadlines>;
type Watch = Awaited<ReturnType<typeof compareWatch>>;
export type Figures = Awaited<ReturnType<typeof benchCases>> &
  Deadlines &
  Watch &
  BulkFigures &
  SearchFigures &
  ImportFigures &
  Awaited<ReturnType<typeof timeDossier>>;

/** Open cases that a loaded year moves. */
const BULK_CASES = 10_000;

/** Due within one minute. */
const WATCHED = 2_000;

/** What must hold (docs/performance.md). Counters fail exactly; a ratio is judged by its median. */
const bounds: readonly { key: keyof Figures; most?: number; least?: number; what: string }[] = [
  { key: 'millionDeadlinesSeconds', most: 5, what: 'seconds for a million deadlines of every kind, spread over two years' },
  { key: 'eventsPerDecision', most: 7, what: 'history events per decision, whole reference case' },
  { key: 'transitionsRatio', most: 1.2, what: 'state transitions against a bare workflow' },
  { key: 'appWriteTransactionsPerCase', most: 18, what: 'write transactions of ours per reference case' },
  { key: 'heapKiBPerCase', most: 80, what: 'KiB of heap per cached case' },
  { key: 'idleCommitsPerCase', most: 0, what: 'database commits per idle open case' },
  { key: 'decisionRatioP50', most: 2, what: 'decision over HTTP until readable, against a bare update (p50)' },
  { key: 'watchedEarly', most: 0, what: 'of 2,000 deadlines due within one minute: broken early' },
  { key: 'watchedLost', most: 0, what: '… lost' },
  { key: 'watchedDoubled', most: 0, what: '… broken or escalated twice' },
  { key: 'watchLatenessRatio', most: 1 / 15, what: '… lateness until readable (p99), against a cron job every 60 s' },
  { key: 'bulkLost', most: 0, what: 'of 10,000 open cases told of a loaded year, a worker killed in between: not told' },
  { key: 'bulkTwice', most: 0, what: '… told twice' },
  { key: 'importLost', most: 0, what: 'of 10,000 rows into a register, one in a hundred bad: good ones lost or bad ones taken' },
  { key: 'importRatio', least: 0.08, what: '… rows per second, index and history included, against a bare loop of inserts' },
  { key: 'importMiB', most: 150, what: '… MiB of memory above that before' },
  { key: 'throughputRatio', least: 0.6, what: 'cases per second at 20 in flight, against bare updates' },
  { key: 'searchRatio', most: 1.3, what: 'page of a search among a hundred times (quick: ten times) as many entries as 10,000' },
  { key: 'dossierCpuSeconds', most: 2, what: 'seconds of CPU for a dossier of 200 events, the slowest of five' },
  { key: 'whatIfSeconds', most: 60, what: 'seconds of what-if over 10,000 recorded cases, audit included' },
];

export type Tier = keyof typeof sizes | 'deadlines' | 'watch' | 'bulk' | 'search' | 'prints' | 'import';

/**
 * All figures of a tier; `deadlines` needs no server and a second or two, `watch` and `bulk` some minutes of a
 * machine of its own, `search` and `import` a database alone.
 * @param cases of bulk, or entries of search; default: those of the tier */
export async function bench(tier: Tier, say: (line: string) => void, cases?: number): Promise<Partial<Figures>> {
  if (tier === 'prints') return timeDossier();
  if (tier === 'watch') return benchWatch(say);
  if (tier === 'bulk') return benchBulk(cases ?? BULK_CASES, say);
  if (tier === 'search') return benchSearch(cases ?? sizes.full.entries, say);
  if (tier === 'import') return benchImport(say);
  say('a million deadlines …');
  const deadlines = countDeadlines();
  if (tier === 'deadlines') return deadlines;
  say('a dossier of 200 events …');
  const figures = { ...deadlines, ...(await timeDossier()), ...(await benchCases(tier, say)) };
  const search = await benchSearch(sizes[tier].entries, say);
  return { ...figures, ...search, ...(tier === 'full' ? await benchBulk(BULK_CASES, say) : {}) };
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
    // Last, since two thousand open cases would weigh on the other legs.
    const watch = tier === 'full' ? await watchOn(stage, say) : {};
    return { ...counters, ...heap, ...decision, ...throughput, ...idle, ...watch, ...tried };
  } finally {
    await stage.close();
  }
}

async function benchWatch(say: (line: string) => void): Promise<Watch> {
  const stage = await setStage();
  try {
    return await watchOn(stage, say);
  } finally {
    await stage.close();
  }
}

function watchOn(stage: Stage, say: (line: string) => void): Promise<Watch> {
  say(`${WATCHED} deadlines within a minute …`);
  return compareWatch(stage, WATCHED);
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
  return [...rows, ...sayRepair(figures), ...sayBulk(figures), ...sayWatch(figures), ...saySearch(figures)].join('\n');
}

function sayRepair({ repairCase }: Partial<Figures>): string[] {
  if (repairCase === undefined) return [];
  const { events, transitions, appWriteTransactions } = repairCase;
  return [
    `  A whole CS19 repair with its effects: ${events} events, ${transitions} transitions, ${appWriteTransactions} write transactions.`,
  ];
}

function sayBulk({ bulkCases, bulkSeconds, bulkDoneAtTheKill }: Partial<Figures>): string[] {
  if (bulkCases === undefined) return [];
  return [`  ${bulkCases} open cases told of a loaded year in ${bulkSeconds} s, a worker killed after ${bulkDoneAtTheKill} of them.`];
}

function saySearch({ searchPages, searchEntries }: Partial<Figures>): string[] {
  return (searchPages ?? []).map(
    ({ what, small, large }) =>
      `  ${what}: ${small.ms} ms, ${small.rows} rows of 10,000 entries; ${large.ms} ms, ${large.rows} rows of ${searchEntries}.`,
  );
}

function sayWatch({ watched, watchLatenessMs: ours, cronLatenessMs: cron }: Partial<Figures>): string[] {
  if (watched === undefined || ours === undefined || cron === undefined) return [];
  return [
    `  ${watched} deadlines: readable ${ours.p50} ms after they were due (p50), ${ours.p99} ms (p99), acted on after ${ours.actedP99} ms (p99);`,
    `  a cron job over the same rows found them after ${cron.p50} ms and ${cron.p99} ms.`,
  ];
}
