/** Delegations: entered, ended, never changed. */
import { sql } from 'kysely';
import type { Fen } from '../domain/money.ts';
import type { Instant } from '../domain/time.ts';
import { holdAlone } from './authority-held.ts';
import type { Db } from './database.ts';
import { sealedText, subjects, withReasons } from './personal.ts';

export interface Delegation {
  readonly principal: string;
  readonly delegate: string;
  readonly pack: string;
  /** Absent: all that the principal holds there. */
  readonly roles?: readonly string[] | undefined;
  /** Absent: all decisions. */
  readonly steps?: readonly string[] | undefined;
  /** Fen, inclusive. */
  readonly ceiling?: Fen | undefined;
  readonly from: Instant;
  /** Exclusive. */
  readonly until: Instant;
  readonly reason: string;
}

export interface DelegationRow {
  readonly id: string;
  readonly principal: string;
  readonly delegate: string;
  readonly pack_id: string;
  readonly roles: string[] | null;
  readonly steps: string[] | null;
  readonly ceiling: string | null;
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly reason: string;
  readonly entered_at: Date;
  readonly ended_at: Date | null;
  readonly ended_by: string | null;
}

/** The key was used for another delegation. */
export class DelegationKeyReused extends Error {}

/** Returns it; the same key again that of the first. @throws DelegationKeyReused, or a foreign key's error when nobody is called so */
export async function enterDelegation(db: Db, asked: Delegation, key: string, at: Instant): Promise<DelegationRow> {
  const { principal, delegate, pack, roles, steps, ceiling, from, until, reason } = asked;
  const row = {
    ...{
      principal,
      delegate,
      pack_id: pack,
      roles: roles === undefined ? null : [...roles],
      steps: steps === undefined ? null : [...steps],
    },
    ...{ ceiling: ceiling ?? null, starts_at: new Date(from), ends_at: new Date(until), key, entered_at: new Date(at) },
    reason: await sealedText(db, subjects.person(principal), reason),
  };
  await db
    .insertInto('delegation')
    .values(row)
    .onConflict((c) => c.column('key').doNothing())
    .execute();
  const { rows } = await sql<
    DelegationRow & { same: boolean }
  >`select ${columns}, (d.principal, d.delegate, d.pack_id, d.starts_at, d.ends_at)
      = (${principal}, ${delegate}, ${pack}, ${row.starts_at}::timestamptz, ${row.ends_at}::timestamptz)
      and d.roles is not distinct from ${row.roles}::text[] and d.steps is not distinct from ${row.steps}::text[]
      and d.ceiling is not distinct from ${row.ceiling}::bigint as same
    from delegation d left join delegation_end e on e.delegation = d.id where d.key = ${key}`.execute(db);
  const [found] = await opened(db, rows);
  if (found?.same !== true || found.reason !== reason) throw new DelegationKeyReused(key);
  return found;
}

/** Over at once: what is received from now on does not rest on it. Again it changes nothing. @param clock read when nothing else can rest on it any more */
export async function endDelegation(db: Db, id: string, by: string, clock: () => Instant): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await holdAlone(trx, 'delegation', id);
    await trx
      .insertInto('delegation_end')
      .values({ delegation: id, ended_by: by, ended_at: new Date(clock()) })
      .onConflict((c) => c.doNothing())
      .execute();
  });
}

const columns = sql`d.id, d.principal, d.delegate, d.pack_id, d.roles, d.steps, d.ceiling, d.starts_at, d.ends_at, d.reason, d.entered_at,
  e.ended_at, e.ended_by`;

export async function findDelegation(db: Db, id: string): Promise<DelegationRow | undefined> {
  const { rows } = await sql<DelegationRow>`select ${columns} from delegation d left join delegation_end e on e.delegation = d.id
    where d.id = ${id}`.execute(db);
  return (await opened(db, rows))[0];
}

/** Those of a person, from either side, and of whole packs: what is not over first. At most 500. */
export async function delegationsOf(db: Db, person: string, packs: readonly string[], at: Instant): Promise<DelegationRow[]> {
  const { rows } = await sql<DelegationRow>`select ${columns} from delegation d left join delegation_end e on e.delegation = d.id
    where d.principal = ${person} or d.delegate = ${person} or d.pack_id = any(${[...packs]}::text[])
    order by (e.ended_at is null and d.ends_at > ${new Date(at)}) desc, d.id desc limit 500`.execute(db);
  return opened(db, rows);
}

const opened = <T extends DelegationRow>(db: Db, rows: readonly T[]): Promise<T[]> =>
  withReasons(db, rows, ({ principal }) => subjects.person(principal));
