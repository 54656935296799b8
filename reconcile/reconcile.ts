/** Reads, compares, on request repairs, and compares again. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '../db/database.ts';
import { markForOperators, unmarkForOperators } from '../db/record.ts';
import type { Carrier, Told } from '../desk/index.ts';
import { compareCase, type Comparison } from './compare.ts';
import { nameOf, type Difference, type Note } from './difference.ts';
import { keptHistory } from './history.ts';
import { repairCase } from './repair.ts';
import { readStored } from './stored.ts';

export type Reconciler = Carrier;

export interface ReconcileOptions {
  readonly repair?: boolean;
  /** How often a case that differs is looked at before it is reported: a decision may be on its way into the record. */
  readonly looks?: number;
  readonly pauseMs?: number;
}

export interface CaseReport {
  readonly number: string;
  /** What is left, after the repair if there was one. */
  readonly differences: readonly Difference[];
  readonly repaired: readonly Difference[];
  readonly notes: readonly Note[];
  /** Why a repair did not succeed. */
  readonly failures: readonly string[];
}

export async function reconcileCase(
  at: Reconciler,
  number: string,
  { repair = false, looks = 3, pauseMs = 1_000 }: ReconcileOptions = {},
): Promise<CaseReport> {
  const found = await look(at, number, looks, pauseMs);
  const failures = repair && found.differences.length > 0 ? await repairCase(at, number, found.told, found.differences) : [];
  const left = repair && found.differences.length > 0 ? await look(at, number, looks, pauseMs) : found;
  await mark(at.db, number, left.differences);
  const remaining = new Set(left.differences.map(nameOf));
  return {
    number,
    differences: left.differences,
    repaired: found.differences.filter((d) => !remaining.has(nameOf(d))),
    notes: left.notes,
    failures,
  };
}

/** Many cases, a few at a time, each report as it is ready. */
export async function* reconcileAll(
  at: Reconciler,
  numbers: readonly string[],
  options: ReconcileOptions = {},
  atOnce = 8,
): AsyncGenerator<CaseReport> {
  const underWay = new Map<string, Promise<CaseReport>>();
  for (const number of numbers) {
    underWay.set(number, reconcileCase(at, number, options));
    if (underWay.size >= atOnce) yield await first(underWay);
  }
  while (underWay.size > 0) yield await first(underWay);
}

async function first(underWay: Map<string, Promise<CaseReport>>): Promise<CaseReport> {
  const report = await Promise.race(underWay.values());
  underWay.delete(report.number);
  return report;
}

async function look(
  at: Reconciler,
  number: string,
  looks: number,
  pauseMs: number,
): Promise<Comparison & { readonly told: Told | undefined }> {
  for (let left = looks; ; left -= 1) {
    // The store first: it holds only what a history held before, so nothing that comes in between looks like an extra.
    const stored = await readStored(at.db, number);
    const told = await keptHistory(at.engine.client, number);
    const comparison = compareCase(stored, told);
    if (comparison.differences.length === 0 || left <= 1) return { ...comparison, told };
    await pause(pauseMs);
  }
}

const NOBODY_DECIDES = 'no run decides this case any more: ';

/** Shows a case nobody decides to operators, and takes the mark away when a run has it again. */
async function mark(db: Db, number: string, differences: readonly Difference[]): Promise<void> {
  const ended = differences.find((d) => d.kind === 'run-ended' || d.kind === 'run-lost');
  if (ended === undefined) await unmarkForOperators(db, number, NOBODY_DECIDES);
  else await markForOperators(db, number, `${NOBODY_DECIDES}${ended.what ?? 'gone'}`);
}
