/** Takes notices from the outbox and makes deliveries of them, each with a job in the queue: in one transaction, so that none is lost or doubled. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db, Trx } from '../db/database.ts';
import { makeDeliveries, markDispatched, takePending, takeUnqueued, type NewDelivery, type PendingNotice } from '../db/deliveries.ts';
import type { Instant } from '../domain/time.ts';
import { takes, type Configured } from './settings.ts';

export const TASK = 'redress-notice';
const AT_ONCE = 200;
/** A group's robot takes about twenty messages a minute: more than this many at once become one. */
const DIGEST_FROM = 5;
/** About three days of growing intervals. */
const ATTEMPTS = 20;

/** @param db as the owner: the queue's schema is its own. Returns how many notices were taken. */
export async function dispatch(db: Db, channels: readonly Configured[], at: Instant): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const notices = await takePending(trx, at, AT_ONCE);
    await makeDeliveries(trx, channels.flatMap((channel) => deliveriesBy(channel, notices)), at); // prettier-ignore
    await markDispatched(trx, notices.map(({ id }) => id), at); // prettier-ignore
    await enqueue(trx, await takeUnqueued(trx, AT_ONCE * channels.length));
    return notices.length;
  });
}

/** Mail: one to each person. Chat and webhooks: one to the group, many at once together. Pure. */
export function deliveriesBy({ id, settings }: Configured, notices: readonly PendingNotice[]): NewDelivery[] {
  const taken = notices.filter((notice) => takes(settings, notice));
  if (settings.kind === 'mail')
    return taken.flatMap((notice) =>
      notice.persons.map((person) => ({ messageId: messageId(id, [notice], person), notices: [notice.id], channel: id, person })),
    );
  const one = (some: readonly PendingNotice[]): NewDelivery => ({
    messageId: messageId(id, some),
    notices: some.map((n) => n.id),
    channel: id,
    person: null,
  });
  return settings.kind !== 'webhook' && taken.length > DIGEST_FROM ? [one(taken)] : taken.map((notice) => one([notice]));
}

/** The same for the same notices, channel and person: case, seq and recipient name a notice, its step and rung with it. */
function messageId(channel: string, notices: readonly PendingNotice[], person = ''): string {
  const what = notices.map(({ number, seq, recipient }) => `${number} ${seq} ${recipient}`).join('\n');
  return createHash('sha256').update(`${channel}\n${person}\n${what}`, 'utf8').digest('hex').slice(0, 40);
}

async function enqueue(trx: Trx, deliveries: readonly string[]): Promise<void> {
  for (const id of deliveries) {
    await sql`select graphile_worker.add_job(${TASK}, payload := ${JSON.stringify({ delivery: id })}::json, job_key := ${`delivery:${id}`}, max_attempts := ${ATTEMPTS})`.execute(
      trx,
    );
  }
}
