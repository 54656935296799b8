/**
 * Two thousand deadlines within one minute: how long after its due instant each breach can be read in the store, beside a
 * cron job that looks every sixty seconds at a table with the same due instants.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Reply } from '../../desk/index.ts';
import type { Db } from '../../db/database.ts';
import type { Stage } from './stage.ts';

const HOUR_MS = 3_600_000;
const CRON_MS = 60_000;
/** From the first opening to the first due instant; the openings must be through by then. */
const LEAD_MS_EACH = 60;
const READ_EVERY_MS = 250;
/** Batches are not written in the order of what they tell. */
const OVERLAP_MS = 10_000;
const AT_ONCE = 10;

/** @param deadlines how many, spread evenly over a minute */
export async function compareWatch(stage: Stage, deadlines: number) {
  const first = Date.now() + Math.max(20_000, deadlines * LEAD_MS_EACH);
  const dues = Array.from({ length: deadlines }, (_, i) => first + Math.floor((i * 60_000) / deadlines));
  await openAll(stage, dues);
  if (Date.now() > first) throw new Error('the machine was too slow to open the cases before the first deadline');
  const last = dues.at(-1) ?? first;
  const [ours, cron] = await Promise.all([watchStore(stage.db, deadlines, last), cronJob(stage.db, dues)]);
  const escalations = await stage.db
    .selectFrom('event')
    .select((q) => q.fn.countAll<string>().as('n'))
    .where('kind', '=', 'escalated')
    .where(sql<boolean>`body -> 'data' ->> 'limit' = 'survey'`)
    .executeTakeFirstOrThrow();
  const all = [...ours.values()];
  const seen = new Set(all.map(({ dueAt }) => dueAt));
  const sorted = (values: number[]): number[] => values.toSorted((a, b) => a - b);
  const readable = sorted(all.map(({ seenAt, dueAt }) => seenAt - dueAt));
  const acted = sorted(all.map(({ recordedAt, dueAt }) => recordedAt - dueAt));
  return {
    watched: deadlines,
    watchedEarly: all.filter(({ recordedAt, dueAt }) => recordedAt <= dueAt).length,
    watchedLost: dues.filter((due) => !seen.has(due)).length,
    watchedDoubled: all.filter(({ times }) => times > 1).length + Math.max(0, Number(escalations.n) - ours.size),
    watchLatenessMs: { p50: percentile(readable, 50), p99: percentile(readable, 99), actedP99: percentile(acted, 99) },
    cronLatenessMs: { p50: percentile(cron, 50), p99: percentile(cron, 99) },
    watchLatenessRatio: percentile(readable, 99) / percentile(cron, 99),
  };
}

/** Each survey runs 24 clock hours (pack s3-cs19-demo), so the complaint is dated a day before its due instant. */
async function openAll({ desk }: Stage, dues: readonly number[]): Promise<void> {
  const left = [...dues];
  const opener = async (): Promise<void> => {
    for (let due = left.shift(); due !== undefined; due = left.shift()) {
      const key = randomUUID();
      let reply: Reply | undefined = await desk.open({
        key,
        who: { person: 'recordsClerk', roles: ['recordsClerk'] },
        pack: 's3-cs19-demo',
        kind: 'repair',
        form: { channel: 'hotline', provisionalEstimate: '800.00' },
        occurredAt: due - 24 * HOUR_MS,
      });
      // A machine with other work answers late: what was received is carried on.
      for (; reply?.status === 'received'; reply = await desk.statusOf(key)) await Promise.all([pause(500), desk.sweep()]);
      if (reply?.status !== 'decided') throw new Error(`not opened: ${JSON.stringify(reply)}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, opener));
}

interface Seen {
  readonly dueAt: number;
  readonly recordedAt: number;
  readonly seenAt: number;
  readonly times: number;
}

/** Reads the store as anybody could, until every breach is there, or two minutes after the last due instant. */
async function watchStore(db: Db, wanted: number, last: number): Promise<Map<string, Seen>> {
  const seen = new Map<string, Seen>();
  let after = 0;
  for (const until = last + 120_000; Date.now() < until && seen.size < wanted; await pause(READ_EVERY_MS)) {
    for (const one of await breaches(db, after)) {
      after = Math.max(after, one.recordedAt - OVERLAP_MS);
      if (!seen.has(one.number)) seen.set(one.number, { ...one, times: 1 });
    }
  }
  await pause(2_000); // a second one would come now
  const times = new Map<string, number>();
  for (const { number } of await breaches(db, 0)) times.set(number, (times.get(number) ?? 0) + 1);
  return new Map([...seen].map(([number, one]) => [number, { ...one, times: times.get(number) ?? 0 }]));
}

/** What was recorded after an instant: the watching must not cost what it watches. */
async function breaches(db: Db, after: number): Promise<(Omit<Seen, 'times'> & { readonly number: string })[]> {
  const rows = await db
    .selectFrom('event')
    .select(['case_number', 'recorded_at', sql<string>`body -> 'data' ->> 'dueAt'`.as('due')])
    .where('recorded_at', '>', new Date(after))
    .where('kind', '=', 'clock-breached')
    .where(sql<boolean>`body -> 'data' ->> 'limit' = 'survey'`)
    .execute();
  const seenAt = Date.now();
  return rows.map(({ case_number: number, recorded_at: recordedAt, due }) => ({
    number,
    dueAt: Number(due),
    recordedAt: new Date(recordedAt).getTime(),
    seenAt,
  }));
}

/** The ordinary way: every sixty seconds a statement looks for what has fallen due since. Returns how late each was found. */
async function cronJob(db: Db, dues: readonly number[]): Promise<number[]> {
  const late: number[] = [];
  for (let tick = Date.now() + CRON_MS, before = 0; late.length < dues.length; tick += CRON_MS) {
    await pause(Math.max(0, tick - Date.now()));
    const now = Date.now();
    const rows = await db
      .selectFrom('clock')
      .select('due_at')
      .where('limit_name', '=', 'survey')
      .where('due_at', '>', new Date(before))
      .where('due_at', '<=', new Date(now))
      .execute();
    const foundAt = Date.now();
    late.push(...rows.map((row) => foundAt - new Date(row.due_at).getTime()));
    before = now;
    if (now > (dues.at(-1) ?? now) + 2 * CRON_MS) break;
  }
  return late.toSorted((a, b) => a - b);
}

const percentile = (sorted: readonly number[], p: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * p) / 100) - 1)] ?? Number.NaN;
