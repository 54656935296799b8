/** What must hold when the dust has settled (I1-I8): nothing accepted lost or doubled, no deadline missed or early, store = history. */
import type { Client } from '@temporalio/client';
import { sql } from 'kysely';
import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '../../db/database.ts';
import { allCases } from '../../reconcile/cases.ts';
import { reconcileAll } from '../../reconcile/reconcile.ts';
import { TASK_QUEUE } from '../../workflows/kit/names.ts';
import type { Acked } from './load.ts';
import { testSealKey } from '../support/seal.ts';

export interface Findings {
  readonly decisions: number;
  readonly cases: number;
  readonly deadlines: number;
  readonly lost: string[];
  readonly doubled: string[];
  readonly deadlinesWrong: string[];
  readonly unsettled: number;
  readonly differences: string[];
  readonly open: string[];
}

export async function check(db: Db, client: Client, acked: readonly Acked[]): Promise<Findings> {
  const unsettled = await settle(db);
  const submitted = await db
    .selectFrom('event')
    .select(['case_number', 'seq', 'key', 'kind'])
    .where('kind', 'in', ['submitted', 'opened'])
    .execute();
  const byKey = Map.groupBy(submitted, (e) => e.key);
  const lost = acked.filter(({ key }) => !byKey.has(key)).map(({ number, step, key }) => `${number} ${step} ${key}`);
  const doubled = [...byKey].filter(([, events]) => events.length > 1).map(([key]) => String(key));
  const breaches = await sql<{ case_number: string; due: Date; fired: Date; times: string }>`
    select case_number, body->'data'->>'clock' as clock, to_timestamp((min(body->'data'->>'dueAt'))::bigint / 1000.0) as due,
      min(recorded_at) as fired, count(*) as times
    from event where kind = 'clock-breached' group by case_number, body->'data'->>'clock'`.execute(db);
  const missed = await sql<{ case_number: string }>`
    select c.case_number from clock c where (c.status = 'running' and c.due_at < now() - interval '30 seconds')
      or (c.status = 'met' and c.done_at > c.due_at)`.execute(db);
  const deadlinesWrong = [
    ...breaches.rows
      .filter((b) => Number(b.times) !== 1 || b.fired < b.due)
      .map((b) => `${b.case_number}: ${b.times} breaches, fired ${b.fired.toISOString()}`),
    ...missed.rows.map((m) => `${m.case_number}: missed`),
  ];
  const numbers = await allCases(db, client, TASK_QUEUE);
  const differences: string[] = [];
  for await (const report of reconcileAll({ db, engine: { client, taskQueue: TASK_QUEUE }, sealKeys: [testSealKey] }, numbers, {
    repair: false,
  })) {
    differences.push(...report.differences.map((d) => `${report.number}: ${JSON.stringify(d)}`));
  }
  const open = await db.selectFrom('case_file').select('number').where('status', '=', 'open').execute();
  return {
    decisions: acked.length,
    cases: numbers.length,
    deadlines: breaches.rows.length,
    lost,
    doubled,
    deadlinesWrong,
    unsettled,
    differences,
    open: open.map((c) => c.number),
  };
}

/** Sixty seconds after the last fault no request may be without an outcome, and closings have followed their last effect. */
async function settle(db: Db): Promise<number> {
  const left = async (): Promise<number> => {
    const { rows } = await sql<{ left: string }>`
      select (select count(*) from inbox where outcome is null) + (select count(*) from case_file where status = 'open') as left`.execute(
      db,
    );
    return Number(rows[0]?.left);
  };
  for (const until = Date.now() + 60_000; Date.now() < until && (await left()) > 0; await pause(500));
  return Number(
    (
      await db
        .selectFrom('inbox')
        .select(sql<string>`count(*)`.as('n'))
        .where('outcome', 'is', null)
        .executeTakeFirstOrThrow()
    ).n,
  );
}
