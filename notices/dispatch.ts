/** Takes notices from the outbox and makes deliveries of them, each with a job in the queue: in one transaction, so that none is lost or doubled. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db, Trx } from '../db/database.ts';
import {
  makeDeliveries,
  markDispatched,
  takePending,
  takeUnqueued,
  toldBefore,
  type NewDelivery,
  type NoticedEvent,
  type PendingNotice,
  type Queued,
} from '../db/deliveries.ts';
import type { Instant } from '../domain/time.ts';
import { ATTEMPTS } from './deliver.ts';
import { takes, type Configured } from './settings.ts';

export const TASK = 'redress-notice';
const AT_ONCE = 200;
/** A group's robot takes about twenty messages a minute, and nobody reads so many mails: more than this many at once become one. */
const DIGEST_FROM = 5;
/** More do not fit the 4,096 bytes that a robot takes. */
const DIGEST_HOLDS = 20;

/** @param db in the role of notices, whose the queue is. Returns how many notices were taken. */
export async function dispatch(db: Db, channels: readonly Configured[], at: Instant): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const notices = await takePending(trx, at, AT_ONCE);
    const ids = notices.map(({ id }) => id);
    const before = new Set((await toldBefore(trx, ids)).map(({ channel, person, ...event }) => tellingOf(channel, person, event)));
    await makeDeliveries(trx, channels.flatMap((channel) => deliveriesBy(channel, notices, before)), at); // prettier-ignore
    await markDispatched(trx, ids, at);
    await enqueue(trx, await takeUnqueued(trx, AT_ONCE * channels.length));
    return notices.length;
  });
}

/**
 * Mail goes to each person, chat and webhooks to the group. Of one event each gets one message, whatever the number of roles it goes to; many at once
 * are gathered, but for programs, and but for escalations: these leave alone. Pure.
 * @param before what was told already, as `tellingOf` says it
 */
export function deliveriesBy(
  { id, settings }: Configured,
  notices: readonly PendingNotice[],
  before: ReadonlySet<string> = new Set(),
): NewDelivery[] {
  const taken = notices.filter((notice) => takes(settings, notice));
  const persons = settings.kind === 'mail' ? [...new Set(taken.flatMap((notice) => notice.persons))] : [null];
  return persons.flatMap((person) => {
    const mine = person === null ? taken : taken.filter((notice) => notice.persons.includes(person));
    const told = [...Map.groupBy(mine, eventOf).values()].filter((one) => !before.has(tellingOf(id, person, one[0]!)));
    const gathers = ([notice]: readonly PendingNotice[]): boolean => settings.kind !== 'webhook' && notice?.kind !== 'escalated';
    const gathered = told.filter(gathers);
    const messages = gathered.length > DIGEST_FROM ? [...told.filter((one) => !gathers(one)), ...chunks(gathered)] : told;
    return messages.map((message) => {
      const some = message.flat();
      return { messageId: messageId(id, person, some), notices: some.map((notice) => notice.id), channel: id, person };
    });
  });
}

function chunks(told: readonly PendingNotice[][]): PendingNotice[][][] {
  const from = Array.from({ length: Math.ceil(told.length / DIGEST_HOLDS) }, (_, index) => index * DIGEST_HOLDS);
  return from.map((first) => told.slice(first, first + DIGEST_HOLDS));
}

/** Case and seq name an event, its step and rung with it. */
const eventOf = ({ register, number, seq }: NoticedEvent): string => `${register ?? ''} ${number} ${seq}`;

/** Of one event, one channel tells one person once, be it alone or among others. */
const tellingOf = (channel: string, person: string | null, event: NoticedEvent): string => `${channel}\n${person ?? ''}\n${eventOf(event)}`;

/** The same for the same events, channel and person. */
function messageId(channel: string, person: string | null, notices: readonly PendingNotice[]): string {
  const what = [...new Set(notices.map(eventOf))].join('\n');
  return createHash('sha256')
    .update(`${channel}\n${person ?? ''}\n${what}`, 'utf8')
    .digest('hex')
    .slice(0, 40);
}

/** Each channel works at one delivery after another: one that hangs holds up none but its own. What is escalated goes first. */
async function enqueue(trx: Trx, deliveries: readonly Queued[]): Promise<void> {
  for (const { id, channel, urgent } of deliveries) {
    await sql`select graphile_worker.add_job(${TASK}, payload := ${JSON.stringify({ delivery: id })}::json, job_key := ${`delivery:${id}`},
      queue_name := ${channel}, priority := ${urgent ? -1 : 0}, max_attempts := ${ATTEMPTS})`.execute(trx);
  }
}

/** No attempt takes so long: whoever holds a job longer has died at it. */
const HELD_AT_MOST = '3 minutes';

/** What a process that died was sending is sent by another. */
export async function releaseDead(db: Db): Promise<void> {
  await sql`select graphile_worker.force_unlock_workers(held.by) from
    (select array_agg(distinct locked_by) as by from graphile_worker.jobs where locked_at < now() - ${HELD_AT_MOST}::interval) held
    where held.by is not null`.execute(db);
}
