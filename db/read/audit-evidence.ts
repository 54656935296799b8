/** How often the record proves what a check list asks, within a period. */
import { sql, type RawBuilder } from 'kysely';
import type { Checklist, Evidence, RegisterEvidence, StepEvidence } from '../../domain/audit/checklist.ts';
import { dateOf, dayOf, isoBeijing, type Instant } from '../../domain/time.ts';
import type { Db, Trx } from '../database.ts';
import { inFamily } from './family.ts';

/** `from` inside, `to` outside. */
export interface Period {
  readonly from: Instant;
  readonly to: Instant;
}

/** By indicator. One statement an indicator; each counts what lies in the period and nothing else. */
export async function evidenceFor(db: Db | Trx, list: Checklist, period: Period): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { id, evidence } of list.indicators) {
    counts[id] = 0;
    for (const source of evidence) counts[id] += await countOf(db, source, period);
  }
  return counts;
}

async function countOf(db: Db | Trx, source: Evidence, period: Period): Promise<number> {
  const query = 'step' in source ? ofStep(source, period) : 'kind' in source ? ofKind(source.kind, period) : ofRegister(source, period);
  const { rows } = await sql<{ n: number }>`${query}`.execute(db);
  return rows[0]?.n ?? 0;
}

/** Judged by when it happened, not when it was entered. The same name of a step means something else in another pack. */
function ofStep({ step, packs, where = {}, agreed }: StepEvidence, { from, to }: Period): RawBuilder<unknown> {
  const facts = sql`e.body -> 'data' -> 'facts'`;
  const fair =
    agreed === undefined
      ? sql`true`
      : sql`(coalesce((${facts} ->> ${agreed[0]})::numeric, 0) = 0 or coalesce((${facts} ->> ${agreed[1]})::boolean, false))`;
  return sql`select count(*)::int as n from event e join case_file c on c.number = e.case_number
    where e.kind = 'submitted' and e.body -> 'data' ->> 'step' = ${step}
    and ${packs === undefined ? sql`true` : inFamily('c.pack_id', packs)} and c.reason is distinct from 'opened-in-error'
    and e.occurred_at >= ${new Date(from)} and e.occurred_at < ${new Date(to)}
    and ${facts} @> ${JSON.stringify(where)}::jsonb and ${fair}`;
}

function ofKind(kind: string, { from, to }: Period): RawBuilder<unknown> {
  return sql`select count(*)::int as n from case_file where kind = ${kind} and reason is distinct from 'opened-in-error'
    and opened_at >= ${new Date(from)} and opened_at < ${new Date(to)}`;
}

function ofRegister(
  { register, rows, on, during, standing, where = {}, filled = [], notAfter, atLeast }: RegisterEvidence,
  period: Period,
): RawBuilder<unknown> {
  const body = sql.ref('item.body');
  const text = (field: string): RawBuilder<string> => sql<string>`(${body} ->> ${field})`;
  const conditions: RawBuilder<unknown>[] = [sql`${body} @> ${JSON.stringify(where)}::jsonb`];
  for (const field of filled) conditions.push(sql`coalesce(${text(field)}, '') not in ('', '[]')`);
  if (notAfter !== undefined) conditions.push(sql`${text(notAfter[0])} <= ${text(notAfter[1])}`);
  if (atLeast !== undefined) conditions.push(sql`${text(atLeast[0])}::numeric >= ${text(atLeast[1])}::numeric`);
  if (on !== undefined) conditions.push(sql`${within(text(on), period)}`);
  if (during !== undefined) conditions.push(meets(text, during, period));
  if (standing === true)
    return sql`select count(distinct item.id)::int as n from (${heldIn(register, period)}) item where ${sql.join(conditions, sql` and `)}`;
  if (on === undefined && during === undefined) conditions.push(writtenIn(period));
  const items =
    rows === undefined
      ? sql`select e.in_force_body as body`
      : sql`select value as body from jsonb_array_elements(coalesce(e.in_force_body -> ${rows}, '[]'))`;
  return sql`select count(*)::int as n from entry e cross join lateral (${items}) item
    where e.register = ${register} and e.in_force_body is not null and e.status <> 'withdrawn' and ${sql.join(conditions, sql` and `)}`;
}

/** Days and instants are written so that their order is that of their texts: both begin with the day, instants are all +08:00. */
const dayFrom = ({ from }: Period): string => dateOf(dayOf(from));
const lastDay = ({ to }: Period): string => dateOf(dayOf(to - 1));

function within(date: RawBuilder<string>, period: Period): RawBuilder<unknown> {
  return sql`left(${date}, 10) between ${dayFrom(period)} and ${lastDay(period)}`;
}

/** It has begun before the period ends and has not ended before it begins. A day lasts to its end, an instant is exclusive. */
function meets(
  text: (field: string) => RawBuilder<string>,
  [from, until]: readonly [string, string?],
  period: Period,
): RawBuilder<unknown> {
  const start = text(from);
  const begun = sql`case when length(${start}) = 10 then ${start} <= ${lastDay(period)} else ${start} < ${isoBeijing(period.to)} end`;
  if (until === undefined) return begun;
  const end = text(until);
  return sql`${begun} and (${end} is null or case when length(${end}) = 10 then ${end} >= ${dayFrom(period)} else ${end} > ${isoBeijing(period.from)} end)`;
}

function writtenIn({ from, to }: Period): RawBuilder<unknown> {
  return sql`exists (select from entry_version v where v.register = e.register and v.id = e.id and v.version = 1
    and v.at >= ${new Date(from)} and v.at < ${new Date(to)})`;
}

/** Versions that held at some time of the period: from when they were written until the next one was, or the entry was withdrawn. */
function heldIn(register: string, { from, to }: Period): RawBuilder<unknown> {
  return sql`select h.id, h.body from (
      select id, body::jsonb as body, at, lead(at) over (partition by id order by version) as next
      from entry_version where register = ${register}) h
    left join lateral (select min(a.at) as at from entry_act a
      where a.register = ${register} and a.id = h.id and a.act = 'withdraw') gone on true
    where h.at < ${new Date(to)} and coalesce(least(h.next, gone.at), 'infinity') > ${new Date(from)}`;
}
