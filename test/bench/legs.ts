/** The measurements. Counters are exact; times only stand as ratios to the floor of the same run, pair by pair. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import { runBare, runReference, runRepair } from './cases.ts';
import type { Stage } from './stage.ts';
import { DECISIONS } from './workflows.ts';

interface Counted {
  readonly events: number;
  readonly transitions: number;
}

async function counted({ client }: Stage, workflowId: string): Promise<Counted> {
  const description = await client.workflow.getHandle(workflowId).describe();
  return { events: description.historyLength, transitions: Number(description.raw.workflowExecutionInfo?.stateTransitionCount) };
}

/** One case at a time, each decision waited for: events, transitions and write transactions of one case. */
export async function countCases(stage: Stage) {
  await runReference(stage); // first run pays for connections
  const bare = await counted(stage, await runBare(stage));
  await stage.writes();
  const reference = await counted(stage, await runReference(stage));
  const appWriteTransactionsPerCase = await stage.writes();
  const repair = await runRepair(stage);
  await pause(500); // its closing follows its last effect
  return {
    eventsPerDecision: reference.events / DECISIONS,
    transitionsRatio: reference.transitions / bare.transitions,
    appWriteTransactionsPerCase,
    referenceCase: reference,
    bareCase: bare,
    repairCase: { ...(await counted(stage, repair)), appWriteTransactions: await stage.writes() },
  };
}

/** Open cases that wait for a deadline far off must cost the database nothing. */
export async function countIdle(stage: Stage, cases = 100, seconds = 10) {
  for (let n = 0; n < cases; n += 10) await Promise.all(Array.from({ length: 10 }, () => runRepair(stage, 0)));
  await pause(1_000);
  await stage.writes();
  await pause(seconds * 1_000);
  return { idleCases: cases, idleSeconds: seconds, idleCommitsPerCase: (await stage.writes()) / cases };
}

/** Cases per second with 20 in flight against bare updates, slices interleaved floor, system, system, floor. */
export async function compareThroughput(stage: Stage, pairs: number, cases = 40) {
  const slice = async (run: (s: Stage) => Promise<string>): Promise<number> => {
    const began = performance.now();
    let left = cases;
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        while (left-- > 0) await run(stage);
      }),
    );
    return cases / ((performance.now() - began) / 1_000);
  };
  await slice(runBare);
  await slice(runReference);
  const ratios: number[] = [];
  for (let n = 0; n < pairs; n += 1) {
    const [bareA, ownA] = [await slice(runBare), await slice(runReference)];
    const [ownB, bareB] = [await slice(runReference), await slice(runBare)];
    ratios.push((ownA + ownB) / (bareA + bareB));
  }
  return { throughputRatio: median(ratios), throughputRatios: ratios };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** In a process of its own, with the collector at hand: see `heap.ts`. */
export async function measureHeap(): Promise<{ heapKiBPerCase: number }> {
  const file = fileURLToPath(new URL('./heap.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', file], { maxBuffer: 1 << 20 });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { heapKiBPerCase: number };
}
