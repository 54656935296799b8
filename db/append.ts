/**
 * Everything that a batch of events changes, in one statement: round trips are what a decision costs. A statement is a
 * transaction of its own, or part of the caller's. Rows travel as JSON and take the shape of their tables.
 */
import { sql, type RawBuilder } from 'kysely';
import type { AnyEvent, Verdict } from '../domain/case/event.ts';
import { fold } from '../domain/case/reduce.ts';
import type { CaseState } from '../domain/case/state.ts';
import { placesNamed } from '../domain/place.ts';
import type { Db, Trx } from './database.ts';
import { asDutyBroken, dutyActs } from './duty-acts.ts';
import { chainHash } from './hash.ts';
import { noticeRows } from './notices.ts';
import { rollupDeltas } from './rollup.ts';
import { caseRow, clockRow, taskRow, touched } from './rows.ts';

/** Where the record of a case ends. */
export interface Head {
  readonly state: CaseState;
  readonly hash: string;
}

export interface Outcome {
  readonly key: string;
  readonly verdict: Verdict;
}

/**
 * Appends the events that follow `head`; returns the new head. @throws a duplicate key when somebody has appended since:
 * then nothing of it is written; DutyBroken likewise. @param outcast events that count as no act of a duty
 */
export async function append(
  db: Db | Trx,
  number: string,
  head: Head,
  fresh: readonly AnyEvent[],
  outcomes: readonly Outcome[],
  outcast?: ReadonlySet<number>,
): Promise<Head> {
  const state = fold(fresh, head.state);
  const events = chain(number, fresh, head.hash);
  const hash = events.at(-1)?.hash ?? head.hash;
  const { tasks, clocks } = touched(head.state, state);
  const file = { ...caseRow(state), state, head_hash: hash, needs_ops: null, updated_at: new Date() };
  const acts = fresh.flatMap((event) => dutyActs(state, event, outcast));
  const documents = [...new Set(fresh.flatMap(documentOf))];
  await sql`
    with places as (
      select places_with(${placesNamed(state.answers['open'] ?? {})}::text[]) at, ${overseersOf(number, fresh)} overseers
    ), e as (
      insert into event select * from jsonb_populate_recordset(null::event, ${json(events)})
    ), t as (
      insert into task select * from jsonb_populate_recordset(null::task, ${json(tasks.map((t) => taskRow(state, t)))})
      on conflict (case_number, task_id) do update set (status, holder, due_at, breached, closed_at)
        = (excluded.status, excluded.holder, excluded.due_at, excluded.breached, excluded.closed_at)
    ), k as (
      insert into clock select * from jsonb_populate_recordset(null::clock, ${json(clocks.map((k) => clockRow(state, k)))})
      on conflict (case_number, clock_id) do update set (hardness, due_at, provisional, status, fired_at, done_at, late_by_ms)
        = (excluded.hardness, excluded.due_at, excluded.provisional, excluded.status, excluded.fired_at, excluded.done_at, excluded.late_by_ms)
    ), n as (
      insert into outbox (case_number, seq, recipient, kind, body, status, created_at, not_before, persons)
      select case_number, seq, recipient, kind, body, status, created_at, not_before, persons_told_at(${state.pack.id}, recipient, created_at, (select at from places), (select overseers from places))
      from jsonb_populate_recordset(null::outbox, ${json(fresh.flatMap((event) => noticeRows(number, event)))})
    ), r as (
      insert into rollup select * from jsonb_populate_recordset(null::rollup, ${json(rollupDeltas(state, fresh))})
      on conflict (month, pack_id, kind) do update set
        opened = rollup.opened + excluded.opened, closed = rollup.closed + excluded.closed, decisions = rollup.decisions + excluded.decisions,
        breaches = rollup.breaches + excluded.breaches, escalations = rollup.escalations + excluded.escalations
    ), d as (
      insert into duty_act select * from jsonb_populate_recordset(null::duty_act, ${json(acts)}) on conflict do nothing
    ), i as (
      update inbox set outcome = o.verdict from jsonb_to_recordset(${json(outcomes)}) as o(key text, verdict jsonb)
      where inbox.key = o.key and inbox.outcome is null
    ), missing as (
      -- Every document an event names was received before it could be decided on. One that is not there was named past
      -- the desk: the history holds the event, so it is recorded, and operators are told.
      select min('document ' || named || ' is named by an event and not stored') as why
      from unnest(${documents}::text[]) named where not exists (select from document d where d.hash = named)
    )
    insert into case_file as file
    select row.* from missing, jsonb_populate_record(null::case_file, ${JSON.stringify(file)}::jsonb || jsonb_build_object('needs_ops', why, 'places', (select at from places))) as row
    on conflict (number) do update set
      (pack_version, pack_hash, severity, stage, status, reason, round, closed_at, next_due_at, breaches, escalations, escalated_to, seq, head_hash, state, updated_at, concerned_roles, concerned_persons, places)
        = (excluded.pack_version, excluded.pack_hash, excluded.severity, excluded.stage, excluded.status, excluded.reason, excluded.round, excluded.closed_at, excluded.next_due_at,
           excluded.breaches, excluded.escalations, excluded.escalated_to, excluded.seq, excluded.head_hash, excluded.state, excluded.updated_at,
           excluded.concerned_roles, excluded.concerned_persons, excluded.places),
      needs_ops = coalesce(excluded.needs_ops, file.needs_ops)
    -- Told where its result is asked for: PostgreSQL leaves out a SELECT of a WITH that nobody reads.
    returning pg_notify('redress_case', number)`
    .execute(db)
    .catch((error: unknown) => {
      throw asDutyBroken(error);
    });
  return { state, hash };
}

/** Who is told where nobody holds the role for the place: the overseers of the case, as its opening names them. */
export function overseersOf(number: string, events: readonly AnyEvent[]): RawBuilder<string[]> {
  const [first] = events;
  if (first?.kind === 'opened') return sql`${[...(first.data.overseers ?? [])]}::text[]`;
  return sql`array(select jsonb_array_elements_text(body #> '{data,overseers}') from event where case_number = ${number} and seq = 1)`;
}

const json = (rows: readonly unknown[]) => sql`${JSON.stringify(rows)}::jsonb`;

function chain(number: string, events: readonly AnyEvent[], previous: string) {
  let prev = previous;
  return events.map((event) => {
    const prev_hash = prev;
    prev = chainHash(prev_hash, number, event);
    return {
      case_number: number,
      seq: event.seq,
      kind: event.kind,
      occurred_at: new Date(event.occurredAt),
      recorded_at: new Date(event.recordedAt),
      person: event.actor?.person ?? null,
      clause: event.clause ?? null,
      key: event.key ?? null,
      body: event,
      prev_hash,
      hash: prev,
    };
  });
}

const documentOf = ({ data }: AnyEvent): string[] =>
  'documentHash' in data && typeof data.documentHash === 'string' ? [data.documentHash] : [];
