/** Notices as they are read in the application: those of a person's roles and their own. */
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../database.ts';
import { aboutOf } from '../notices.ts';
import { holdings } from '../../domain/place.ts';
import { entryLabelled, mySight, type Scope } from './scope.ts';

export interface NoticeRow {
  readonly id: string;
  readonly case_number: string;
  readonly seq: number;
  readonly recipient: string;
  readonly kind: string;
  readonly body: Record<string, unknown>;
  readonly created_at: Date;
  readonly read_at: Date | null;
  readonly not_before: Date | null;
  readonly persons: string[] | null;
  /** Then it is about an entry, whose id is `case_number`. */
  readonly register: string | null;
  /** The step of the case it is about, when that is due, and whether it is open still; null = about none. */
  readonly about: { readonly step: string; readonly due: number | null; readonly open: boolean } | null;
}

export interface NoticePage {
  readonly limit: number;
  readonly all: boolean;
  /** Only older ones than this id. */
  readonly before?: string | undefined;
}

/** Newest first; one row more than `limit`, if there is one. Notices of an imported past are not shown. */
export async function noticesFor(db: Db, scope: Scope, { limit, all, before }: NoticePage): Promise<NoticeRow[]> {
  const conditions = [
    mine(scope),
    ...(all ? [] : [sql<boolean>`outbox.read_at is null`]),
    ...(before === undefined ? [] : [sql<boolean>`outbox.id < ${before}`]),
  ];
  return db
    .selectFrom('outbox')
    .leftJoin('case_file', (j) => j.onRef('case_file.number', '=', 'outbox.case_number').on('outbox.register', 'is', null))
    .select([
      'outbox.id',
      'outbox.case_number',
      'outbox.seq',
      'outbox.recipient',
      'outbox.kind',
      'outbox.body',
      'outbox.created_at',
      'outbox.read_at',
      'outbox.not_before',
      'outbox.persons',
      'outbox.register',
    ])
    .select(sql<NoticeRow['about']>`(select to_jsonb(a) from (${aboutOf('outbox', 'case_file')}) a)`.as('about'))
    .where(sql<boolean>`${sql.join(conditions, sql` and `)}`)
    .orderBy('outbox.id', 'desc')
    .limit(limit + 1)
    .execute();
}

/** Marks notices as read, for everybody of their role. Returns how many were; those of others are left alone. */
export async function markRead(db: Db, scope: Scope, ids: readonly string[]): Promise<number> {
  const { rows } = await sql`
    update outbox set read_at = now()
    where outbox.id = any(${[...ids]}::bigint[]) and outbox.read_at is null and exists (
      select from (values (1)) one left join case_file on case_file.number = outbox.case_number and outbox.register is null where ${mine(scope)})
    returning outbox.id`.execute(db);
  return rows.length;
}

function mine(scope: Scope): RawBuilder<boolean> {
  const places = sql`coalesce(case_file.places, (select entry.places from entry where entry.register = outbox.register and entry.id = outbox.case_number))`;
  const roles = holdings(scope.packs, scope.only).map(({ pack, roles: held, places: where }) => {
    const theirs = sql`coalesce(outbox.pack_id, case_file.pack_id) = ${pack} and outbox.recipient = any(${[...held]}::text[])`;
    if (where !== undefined) return sql`(${theirs} and ${places} && ${[...where]}::text[])`;
    // Who holds the role for the place is told; who holds it for all, only where nobody does.
    return sql`(${theirs} and not exists (select from person_role near where near.pack_id = ${pack} and near.role = outbox.recipient
      and near.place <> '' and near.place = any(${places})))`;
  });
  const own = sql`(outbox.recipient = ${`person:${scope.person}`} or outbox.persons @> array[${scope.person}])`;
  const labelled = sql`exists (select from entry where entry.register = outbox.register and entry.id = outbox.case_number and ${entryLabelled(scope)})`;
  // Who is told of an entry is a role that was named, cleared for its label; of a case they must be able to see it as well.
  return sql<boolean>`(outbox.status <> 'told' and ((outbox.register is not null and ${labelled}) or ${mySight(scope)}) and (${sql.join([own, ...roles], sql` or `)}))`;
}
