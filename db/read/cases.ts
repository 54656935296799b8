/** Lists of cases and one case. Every list is one statement by keyset; nothing counts, nothing skips. */
import { sql, type RawBuilder } from 'kysely';
import { sights, type Seen } from '../../domain/case/concern.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { Db } from '../database.ts';
import { holdsRole, mySight, type Scope } from './scope.ts';

export interface CaseRow {
  readonly number: string;
  readonly pack_id: string;
  readonly kind: string;
  readonly severity: string;
  readonly stage: string;
  readonly status: 'open' | 'closed';
  readonly reason: string | null;
  readonly round: number;
  readonly opened_at: Date;
  readonly closed_at: Date | null;
  readonly next_due_at: Date | null;
  readonly next_due_provisional: boolean;
  readonly breaches: number;
  readonly escalations: number;
  readonly escalated_to: string | null;
  readonly unit: string | null;
  readonly seq: number;
  readonly needs_ops: string | null;
  readonly updated_at: Date;
  readonly concerned_roles: string[] | null;
  readonly concerned_persons: string[] | null;
  readonly places: string[];
  readonly label: string | null;
  /** What the form that opened it carries of its own. Read for those who follow changes alone, as are its tasks. */
  readonly opening_label?: string | null;
  readonly tasks?: CaseState['tasks'] | null;
}

const columns = [
  'number',
  'pack_id',
  'kind',
  'severity',
  'stage',
  'status',
  'reason',
  'round',
  'opened_at',
  'closed_at',
  'next_due_at',
  'breaches',
  'escalations',
  'escalated_to',
  'seq',
  'needs_ops',
  'updated_at',
  'concerned_roles',
  'concerned_persons',
  'places',
  'label',
] as const;

/** Label that the form which opened the case carries of its own; null = none. */
const openingLabel = sql<string | null>`(select l.label from document_label l join event e on e.case_number = l.case_number and e.seq = 1
  and e.body -> 'data' ->> 'documentHash' = l.hash where l.case_number = case_file.number)`;

/** Whoever reads what opened the case. */
const readsOpening = (scope: Scope): RawBuilder<boolean> =>
  sql<boolean>`(${openingLabel} is null or ${mySight(scope, sql`array[${openingLabel}]`)})`;

/** As its opening names it, for whoever reads that. */
export const unitFor = (scope: Scope): RawBuilder<string | null> =>
  sql<string | null>`case when ${readsOpening(scope)} then case_file.unit end`;

/** The earliest due instant may still change when a year is loaded. */
const provisional = sql<boolean>`exists (select from clock k where k.case_number = case_file.number and k.status = 'running'
  and k.provisional and k.due_at = case_file.next_due_at)`;

export interface CaseFilter {
  readonly status?: 'open' | 'closed' | undefined;
  readonly stage?: string | undefined;
  readonly pack?: string | undefined;
  readonly kind?: string | undefined;
  readonly severity?: string | undefined;
  /** Number of an order, as the opening names it. */
  readonly order?: string | undefined;
  readonly overdue?: boolean | undefined;
  readonly escalated?: boolean | undefined;
  readonly mine?: boolean | undefined;
  /** Beginning of the number. */
  readonly prefix?: string | undefined;
}

/** Epoch milliseconds of the sort value (null = none due) and the number of the last row seen. */
export interface CaseAfter {
  readonly at: number | null;
  readonly number: string;
}

export interface CasePage {
  readonly sort: 'due' | 'opened';
  readonly limit: number;
  readonly after?: CaseAfter | undefined;
  readonly now: number;
}

/** One row more than `limit`, if there is one. `due`: next due first, none last; `opened`: newest first. */
export async function listCases(db: Db, scope: Scope, filter: CaseFilter, { sort, limit, after, now }: CasePage): Promise<CaseRow[]> {
  const conditions = [mySight(scope), ...filters(filter, scope, now), ...(after === undefined ? [] : [beyond(sort, after)])];
  const query = db
    .selectFrom('case_file')
    .select(columns)
    .select([provisional.as('next_due_provisional'), unitFor(scope).as('unit')])
    .where(sql<boolean>`${sql.join(conditions, sql` and `)}`)
    .limit(limit + 1);
  return sort === 'due'
    ? query
        .orderBy('next_due_at', (o) => o.asc().nullsLast())
        .orderBy('number')
        .execute()
    : query.orderBy('opened_at', 'desc').orderBy('number', 'desc').execute();
}

function beyond(sort: 'due' | 'opened', { at, number }: CaseAfter): RawBuilder<boolean> {
  const when = at === null ? null : new Date(at);
  if (sort === 'opened') return sql<boolean>`(opened_at, number) < (${when}, ${number})`;
  if (when === null) return sql<boolean>`(next_due_at is null and number > ${number})`;
  return sql<boolean>`((next_due_at, number) > (${when}, ${number}) or next_due_at is null)`;
}

function filters(filter: CaseFilter, scope: Scope, now: number): RawBuilder<boolean>[] {
  const equal = (['status', 'stage', 'kind', 'severity'] as const)
    .filter((name) => filter[name] !== undefined)
    .map((name) => sql<boolean>`${sql.ref(`case_file.${name}`)} = ${filter[name]}`);
  return [
    ...equal,
    ...(filter.pack === undefined ? [] : [sql<boolean>`case_file.pack_id = ${filter.pack}`]),
    ...(filter.order === undefined ? [] : [ofOrder(filter.order, scope)]),
    ...(filter.prefix === undefined ? [] : [sql<boolean>`starts_with(case_file.number, ${filter.prefix})`]),
    ...(filter.escalated === undefined ? [] : [sql<boolean>`(case_file.escalations > 0) = ${filter.escalated}`]),
    ...(filter.overdue === undefined ? [] : [sql<boolean>`${overdue(now)} = ${filter.overdue}`]),
    ...(filter.mine === undefined ? [] : [sql<boolean>`${mine(scope)} = ${filter.mine}`]),
  ];
}

/** As its opening names it, for whoever reads that. */
const ofOrder = (order: string, scope: Scope): RawBuilder<boolean> =>
  sql<boolean>`(case_file.state #>> '{answers,open,order}' = ${order} and ${readsOpening(scope)})`;

/** Open, and a deadline has passed: a running clock, or a broken one whose matter is still not done. */
function overdue(now: number): RawBuilder<boolean> {
  return sql<boolean>`(case_file.status = 'open' and (case_file.next_due_at < ${new Date(now)} or exists (
    select from clock k where k.case_number = case_file.number and k.status = 'breached' and k.done_at is null and not exists (
      select from jsonb_each(case_file.state -> 'tasks') t where t.value ->> 'clock' = k.clock_id and t.value ->> 'status' = 'lapsed'))))`;
}

function mine(scope: Scope): RawBuilder<boolean> {
  return sql<boolean>`exists (select from task t where t.case_number = case_file.number and t.status = 'open' and (not t.optional or t.escalation)
    and (t.holder = ${scope.person} or (t.holder is null and ${holdsRole('case_file.pack_id', 't.roles', scope)})))`;
}

export interface FoundCase {
  readonly state: CaseState;
  readonly needsOps: string | null;
  /** Where it belongs, with what those places lie in. */
  readonly places: readonly string[];
  /** Its own secrecy label; null: that of its kind. */
  readonly label: string | null;
  /** Labels that forms of it carry of their own, by hash. */
  readonly documents: Readonly<Record<string, string>>;
}

/** A case as its events have made it; undefined also for one that does not concern the reader. */
export async function findCase(db: Db, scope: Scope, number: string): Promise<FoundCase | undefined> {
  return (await findCases(db, scope, [number])).get(number);
}

/** As `findCase`, of several by one question: those that are there and concern the reader, by number. */
export async function findCases(db: Db, scope: Scope, numbers: readonly string[]): Promise<ReadonlyMap<string, FoundCase>> {
  if (numbers.length === 0) return new Map();
  const rows = await db
    .selectFrom('case_file')
    .select(['state', 'needs_ops', 'places', 'label'])
    .select(
      sql<
        FoundCase['documents']
      >`(select coalesce(jsonb_object_agg(hash, l.label), '{}') from document_label l where l.case_number = number)`.as('documents'),
    )
    .where('number', 'in', [...new Set(numbers)])
    .where(mySight(scope))
    .execute();
  return new Map(rows.map(({ needs_ops: needsOps, ...rest }) => [rest.state.number, { ...rest, needsOps }]));
}

/** Where the record of a case ends; undefined = no such case. */
export async function seqOfCase(db: Db, number: string): Promise<number | undefined> {
  const row = await db.selectFrom('case_file').select('seq').where('number', '=', number).executeTakeFirst();
  return row?.seq;
}

/** Pack of a case that concerns somebody; while its opening waits to be decided it concerns whoever opens it and the pack's overseers. */
export async function packOfCase(db: Db, scope: Scope, number: string): Promise<string | undefined> {
  const { rows } = await sql<{ pack: string | null }>`
    select coalesce(
      (select pack_id from case_file where number = ${number} and ${mySight(scope)}),
      (select command -> 'input' -> 'rules' ->> 'id' from inbox where case_number = ${number} and step = 'open' and outcome is null
        and (person = ${scope.person} or ${overseen(scope)}))) pack`.execute(db);
  return rows[0]?.pack ?? undefined;
}

/** One of the reader's roles, held for all places, oversees the cases of the pack under which the inbox row opens one. */
function overseen(scope: Scope): RawBuilder<boolean> {
  const rules = sql`inbox.command -> 'input' -> 'rules'`;
  const each = sights(scope)
    .filter(({ places, decides }) => places === undefined && decides === undefined)
    .map(
      ({ pack, roles }) =>
        sql`(${rules} ->> 'id' = ${pack} and (${rules} -> 'coordinator' || (${rules} -> 'generalManager')) ?| ${[...roles]}::text[])`,
    );
  return each.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(each, sql` or `)})`;
}

/** What is to be known of a row to say who may see it. */
export function seenOf({ pack_id: pack, kind, label, concerned_roles: roles, concerned_persons: persons, places, tasks }: CaseRow): Seen {
  return { pack, kind, label, places, tasks: tasks ?? {}, concern: roles === null || persons === null ? undefined : { roles, persons } };
}

/** The same of a case that was found. */
export function seenOfCase({ state, places, label }: FoundCase): Seen {
  return { pack: state.pack.id, kind: state.kind, concern: state.concern, places, label, tasks: state.tasks };
}

const tasks = sql<CaseState['tasks'] | null>`case_file.state -> 'tasks'`;

/** Several cases at once, for those who follow changes. */
export async function casesByNumber(db: Db, numbers: readonly string[]): Promise<CaseRow[]> {
  return db
    .selectFrom('case_file')
    .select(columns)
    .select(['unit', provisional.as('next_due_provisional'), openingLabel.as('opening_label'), tasks.as('tasks')])
    .where('number', 'in', [...numbers])
    .execute();
}

/** Cases changed after an instant, oldest change first, at most `limit`. */
export async function casesChangedSince(db: Db, scope: Scope, since: Date, limit: number): Promise<CaseRow[]> {
  return db
    .selectFrom('case_file')
    .select(columns)
    .select(['unit', provisional.as('next_due_provisional'), openingLabel.as('opening_label'), tasks.as('tasks')])
    .where('updated_at', '>', since)
    .where(mySight(scope))
    .orderBy('updated_at')
    .orderBy('number')
    .limit(limit)
    .execute();
}
