/** Cases of a register that is a view, and what was filed in them: two statements a page, however many columns. */
import { sql, type RawBuilder } from 'kysely';
import type { CaseView, When } from '../../domain/case/views.ts';
import type { Instant } from '../../domain/time.ts';
import { withForms } from './documents.ts';
import type { Db } from '../database.ts';
import { inFamily } from './family.ts';
import { mySight, type Scope } from './scope.ts';

export interface ViewRow {
  readonly number: string;
  readonly pack_id: string;
  readonly kind: string;
  readonly severity: string;
  readonly stage: string;
  readonly status: 'open' | 'closed';
  readonly opened_at: Date;
  readonly closed_at: Date | null;
}

export interface ViewPage {
  readonly limit: number;
  /** From and, exclusive, to. */
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  readonly after?: { readonly at: number; readonly number: string } | undefined;
}

/** Newest first; one row more than `limit`, if there is one. Only cases that concern the reader. */
export async function casesInView(db: Db, scope: Scope, view: CaseView, { limit, from, to, after }: ViewPage): Promise<ViewRow[]> {
  const at = sql.ref(view.by === 'opened' ? 'case_file.opened_at' : 'case_file.closed_at');
  const conditions = [
    mySight(scope),
    sql<boolean>`(${sql.join(
      view.when.map((one) => holds(one, scope)),
      sql` or `,
    )})`,
    ...(view.by === 'closed' ? [sql<boolean>`case_file.status = 'closed'`] : []),
    ...(from === undefined ? [] : [sql<boolean>`${at} >= ${new Date(from)}`]),
    ...(to === undefined ? [] : [sql<boolean>`${at} < ${new Date(to)}`]),
    ...(after === undefined ? [] : [sql<boolean>`(${at}, case_file.number) < (${new Date(after.at)}, ${after.number})`]),
  ];
  return db
    .selectFrom('case_file')
    .select(['number', 'pack_id', 'kind', 'severity', 'stage', 'status', 'opened_at', 'closed_at'])
    .where(sql<boolean>`${sql.join(conditions, sql` and `)}`)
    .orderBy(view.by === 'opened' ? 'opened_at' : 'closed_at', 'desc')
    .orderBy('number', 'desc')
    .limit(limit + 1)
    .execute();
}

function holds({ packs, kinds, filed }: When, scope: Scope): RawBuilder<boolean> {
  const all = [
    ...(packs === undefined ? [] : [inFamily('case_file.pack_id', packs)]),
    ...(kinds === undefined ? [] : [sql`case_file.kind = any(${[...kinds]}::text[])`]),
    ...(filed === undefined ? [] : [wasFiled(filed, scope)]),
  ];
  return all.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(all, sql` and `)})`;
}

/** By the record, not by the latest answer: what was said in an earlier round was said. What a form says counts for whoever reads it. */
function wasFiled({ step, facts = {} }: NonNullable<When['filed']>, scope: Scope): RawBuilder<unknown> {
  const said = Object.entries(facts).map(([name, value]) => {
    const wanted = (Array.isArray(value) ? value : [value]).map(String);
    // One of several choices counts as well.
    return sql`(e.body -> 'data' -> 'facts' ->> ${name} = any(${wanted}::text[]) or e.body -> 'data' -> 'facts' -> ${name} ?| ${wanted}::text[])`;
  });
  return sql`exists (select from event e where e.case_number = case_file.number and ${stepOf} = ${step}
    ${said.length === 0 ? sql`` : sql` and ${sql.join(said, sql` and `)} and ${mySight(scope, labelOfFiled)}`})`;
}

const labelOfFiled = sql<
  string[]
>`array[(select l.label from document_label l where l.case_number = e.case_number and l.hash = e.body -> 'data' ->> 'documentHash')]`;

const stepOf = sql`case e.kind when 'opened' then 'open' when 'submitted' then e.body -> 'data' ->> 'step' end`;

export interface FiledForm {
  readonly number: string;
  readonly step: string;
  readonly form: Readonly<Record<string, unknown>>;
}

/** What was filed at these steps of these cases, in order: forms that the reader may see. */
export async function filedIn(db: Db, scope: Scope, numbers: readonly string[], steps: readonly string[]): Promise<FiledForm[]> {
  if (numbers.length === 0) return [];
  const { rows } = await sql<{ number: string; step: string; body: string; subject: string | null }>`
    select e.case_number as number, ${stepOf} as step, d.body, d.subject from event e
    join case_file on case_file.number = e.case_number
    join document d on d.hash = e.body -> 'data' ->> 'documentHash'
    where e.case_number = any(${[...numbers]}::text[]) and e.kind in ('opened', 'submitted') and ${stepOf} = any(${[...steps]}::text[])
      and ${mySight(scope, labelOfFiled)}
    order by e.case_number, e.seq`.execute(db);
  return (await withForms(db, rows)).map(({ number, step, form }) => ({ number, step, form }));
}
