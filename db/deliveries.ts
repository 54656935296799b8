/** Deliveries of notices: made once for each notice and channel, tried until they are through. */
import { sql } from 'kysely';
import type { Instant } from '../domain/time.ts';
import { opener, subjects } from './personal.ts';
import type { Db, Trx } from './database.ts';
import { aboutOf } from './notices.ts';
import type { DeliveryStatus } from './schema/notices.ts';

/** What gave rise to a notice: an event of a case, or, with `register`, a pass of the entry `number`. */
export interface NoticedEvent {
  readonly register: string | null;
  readonly number: string;
  readonly seq: number;
}

export interface PendingNotice extends NoticedEvent {
  readonly id: string;
  readonly kind: string;
  readonly pack: string;
  readonly recipient: string;
  /** Whom it reaches; of one to a person, that person. */
  readonly persons: readonly string[];
}

/** Notices that may leave now and of which nothing was made yet; held until the transaction ends, others skip them. */
export async function takePending(trx: Trx, at: Instant, limit: number): Promise<PendingNotice[]> {
  const { rows } = await sql<PendingNotice>`
    select o.id, o.register, o.case_number as number, o.seq, o.kind, coalesce(o.pack_id, f.pack_id) as pack, o.recipient,
      coalesce(o.persons, case when o.recipient like 'person:%' then array[substr(o.recipient, 8)] else '{}' end) as persons
    from outbox o left join case_file f on f.number = o.case_number and o.register is null
    where o.status = 'pending' and o.dispatched_at is null and (o.not_before is null or o.not_before <= ${new Date(at)})
    order by o.id limit ${limit} for update of o skip locked`.execute(trx);
  return rows;
}

/** Which channel has told whom of the events of these notices already, or is going to. */
export async function toldBefore(
  trx: Trx,
  ids: readonly string[],
): Promise<(NoticedEvent & { readonly channel: string; readonly person: string | null })[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<NoticedEvent & { channel: string; person: string | null }>`
    select distinct d.channel, d.person, o.register, o.case_number as number, o.seq from outbox p
    join outbox o on o.case_number = p.case_number and o.seq = p.seq and o.register is not distinct from p.register
    join delivery d on d.notices @> array[o.id] where p.id = any(${[...ids]}::bigint[])`.execute(trx);
  return rows;
}

export async function markDispatched(trx: Trx, ids: readonly string[], at: Instant): Promise<void> {
  if (ids.length === 0) return;
  await trx
    .updateTable('outbox')
    .set({ dispatched_at: new Date(at) })
    .where('id', 'in', ids)
    .execute();
}

export interface NewDelivery {
  readonly messageId: string;
  readonly notices: readonly string[];
  readonly channel: string;
  readonly person: string | null;
}

/** One of the same message id is there already: nothing is made. */
export async function makeDeliveries(trx: Trx, made: readonly NewDelivery[], at: Instant): Promise<void> {
  if (made.length === 0) return;
  await trx
    .insertInto('delivery')
    .values(
      made.map(({ messageId, notices, channel, person }) => ({
        message_id: messageId,
        notices: [...notices],
        channel,
        person,
        created_at: new Date(at),
      })),
    )
    .onConflict((c) => c.column('message_id').doNothing())
    .execute();
}

export interface Queued {
  readonly id: string;
  readonly channel: string;
  /** It tells of an escalation. */
  readonly urgent: boolean;
}

/** Deliveries that are not in the queue yet, new ones and those to be tried again, marked as queued. */
export async function takeUnqueued(trx: Trx, limit: number): Promise<Queued[]> {
  const { rows } = await sql<Queued>`
    update delivery set queued = true where id in
      (select id from delivery where not queued and status <> 'sent' order by id limit ${limit} for update skip locked)
    returning id, channel, exists (select from outbox o where o.id = any(delivery.notices) and o.kind = 'escalated') as urgent`.execute(
    trx,
  );
  return rows;
}

export interface DeliveryRow {
  readonly id: string;
  readonly messageId: string;
  readonly channel: string;
  readonly person: string | null;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly mail: string | null;
  readonly told: readonly {
    readonly number: string;
    readonly seq: number;
    /** Of a notice about an entry, whose id then is the number. */
    readonly register: string | null;
    readonly packHash: string | null;
    readonly pack: string | null;
    readonly caseKind: string | null;
    /** Secrecy label of its own that the record carries. */
    readonly label: string | null;
    /** The step it is about, when that is due, and whether it is open still. */
    readonly step: string | null;
    readonly dueAt: number | null;
    readonly open: boolean | null;
    readonly kind: string;
    readonly recipient: string;
    readonly body: Readonly<Record<string, unknown>>;
  }[];
}

export async function deliveryOf(db: Db, id: string): Promise<DeliveryRow | undefined> {
  const { rows } = await sql<DeliveryRow>`
    select d.id, d.message_id as "messageId", d.channel, d.person, d.status, d.attempts, c.mail,
      (select jsonb_agg(jsonb_build_object('number', o.case_number, 'seq', o.seq, 'register', o.register, 'packHash', f.pack_hash, 'pack', f.pack_id, 'caseKind', f.kind, 'label', coalesce(f.label, (select label from entry where entry.register = o.register and entry.id = o.case_number)), 'step', t.step, 'dueAt', t.due, 'open', t.open, 'kind', o.kind, 'recipient', o.recipient, 'body', o.body) order by o.id)
        from outbox o left join case_file f on f.number = o.case_number and o.register is null left join lateral (${aboutOf('o', 'f')}) t on true
        where o.id = any(d.notices)) as told
    from delivery d left join person_contact c on c.person = d.person where d.id = ${id}`.execute(db);
  const [row] = rows;
  if (row === undefined || row.person === null || row.mail === null) return row;
  const subject = subjects.person(row.person);
  return { ...row, mail: (await opener(db, [subject])).text(subject, row.mail) ?? null };
}

export async function noteAttempt(
  db: Db,
  id: string,
  { status, why, at }: { status: DeliveryStatus; why: string | null; at: Instant },
): Promise<void> {
  await db
    .updateTable('delivery')
    .set({ status, why, tried_at: new Date(at), attempts: sql`attempts + 1`, ...(status === 'sent' ? { sent_at: new Date(at) } : {}) })
    .where('id', '=', id)
    .execute();
}

/** To be tried again, from the beginning. False when there is no such delivery that is not through. */
export async function tryAgain(db: Db, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('delivery')
    .set({ status: 'waiting', queued: false, attempts: 0, why: null })
    .where('id', '=', id)
    .where('status', 'in', ['failed', 'stuck', 'given-up'])
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}
