/** What became of the promises of some cases, as recorded: by limit, kept, broken, excused or without verdict. */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';

export interface LimitVerdicts {
  readonly limit: string;
  readonly kept: number;
  readonly broken: number;
  readonly excused: number;
  /** Stopped without verdict: the register does not know. */
  readonly unjudged: number;
  /** Not due yet. */
  readonly running: number;
}

export interface Recorded {
  readonly open: number;
  readonly closed: number;
  readonly escalations: number;
  readonly limits: readonly LimitVerdicts[];
}

export async function recordedOf(db: Db, numbers: readonly string[]): Promise<Recorded> {
  if (numbers.length === 0) return { open: 0, closed: 0, escalations: 0, limits: [] };
  const chosen = sql<boolean>`= any(${numbers})`;
  const files = await db
    .selectFrom('case_file')
    .select(['status', sql<number>`count(*)::int`.as('cases'), sql<number>`sum(escalations)::int`.as('escalations')])
    .where(sql<boolean>`number ${chosen}`)
    .groupBy('status')
    .execute();
  const clocks = await db
    .selectFrom('clock')
    .select(['limit_name', 'status', sql<number>`count(*)::int`.as('clocks')])
    .where(sql<boolean>`case_number ${chosen}`)
    .groupBy(['limit_name', 'status'])
    .orderBy('limit_name')
    .execute();
  const cases = (status: string): number => files.find((row) => row.status === status)?.cases ?? 0;
  const limits = [...new Set(clocks.map((row) => row.limit_name))].map((limit): LimitVerdicts => {
    const count = (status: string): number => clocks.find((row) => row.limit_name === limit && row.status === status)?.clocks ?? 0;
    return {
      limit,
      kept: count('met'),
      broken: count('breached'),
      excused: count('excused'),
      unjudged: count('stopped'),
      running: count('running'),
    };
  });
  return { open: cases('open'), closed: cases('closed'), escalations: files.reduce((sum, row) => sum + row.escalations, 0), limits };
}

const LOOK_EVERY_MS = 200;

/** A case closes a moment after its last message, once its dossier is filed. Returns those that have not within the time. */
export async function untilClosed(db: Db, numbers: readonly string[], withinMs = 30_000): Promise<string[]> {
  for (const until = Date.now() + withinMs; ; await pause(LOOK_EVERY_MS)) {
    const open = await stillOpen(db, numbers);
    if (open.length === 0 || Date.now() > until) return open;
  }
}

async function stillOpen(db: Db, numbers: readonly string[]): Promise<string[]> {
  if (numbers.length === 0) return [];
  const rows = await db
    .selectFrom('case_file')
    .select('number')
    .where(sql<boolean>`number = any(${numbers})`)
    .where('status', '=', 'open')
    .orderBy('number')
    .execute();
  return rows.map((row) => row.number);
}
