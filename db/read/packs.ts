/** Versions of packs as their readers see them. */
import { sql } from 'kysely';
import type { Pack } from '../../domain/pack.ts';
import type { Db } from '../database.ts';
import { subjects, withReasons } from '../personal.ts';

export interface PackVersionRow {
  readonly hash: string;
  readonly id: string;
  readonly version: string;
  readonly status: 'proposed' | 'active' | 'withdrawn' | 'rejected';
  readonly active_from: Date | null;
  readonly withdrawn_at: Date | null;
  readonly reason: string | null;
  readonly case_number: string | null;
  readonly created_at: Date;
}

const columns = ['hash', 'id', 'version', 'status', 'active_from', 'withdrawn_at', 'reason', 'case_number', 'created_at'] as const;

/** Every version of a pack, newest first. */
export async function versionsOf(db: Db, id: string): Promise<PackVersionRow[]> {
  const rows = await db
    .selectFrom('pack_version')
    .select([...columns, 'reason_case'])
    .where('id', '=', id)
    .orderBy('created_at', 'desc')
    .orderBy('version', 'desc')
    .execute();
  return withReasons(db, rows, ({ reason_case: number }) => subjects.case(number ?? ''));
}

/** Hash of the version in force at an instant: of those approved (`but` for one), the one that began last. */
export async function activeHash(db: Db, id: string, at: number, but = ''): Promise<string | undefined> {
  const row = await db
    .selectFrom('pack_version')
    .select('hash')
    .where('id', '=', id)
    .where('status', '=', 'active')
    .where('hash', '<>', but)
    .where('active_from', '<=', new Date(at))
    .orderBy('active_from', 'desc')
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.hash;
}

/** Hash of the newest version that was ever in force, for names that are still shown when none is. */
export async function latestHash(db: Db, id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('pack_version')
    .select('hash')
    .where('id', '=', id)
    .orderBy(sql`active_from is null`)
    .orderBy('active_from', 'desc')
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.hash;
}

export async function packByHash(db: Db, hash: string): Promise<Pack | undefined> {
  return (await db.selectFrom('pack_version').select('content').where('hash', '=', hash).executeTakeFirst())?.content;
}

/** Hash of an approved version that has begun, by its name. */
export async function approvedHash(db: Db, id: string, version: string, at: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('pack_version')
    .select('hash')
    .where('id', '=', id)
    .where('version', '=', version)
    .where('status', '=', 'active')
    .where('active_from', '<=', new Date(at))
    .executeTakeFirst();
  return row?.hash;
}

/** A version by its name; of several (one was rejected, say) the one that came furthest. */
export async function packByVersion(db: Db, id: string, version: string): Promise<Pack | undefined> {
  const row = await db
    .selectFrom('pack_version')
    .select('content')
    .where('id', '=', id)
    .where('version', '=', version)
    .orderBy(sql`status = 'rejected'`)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.content;
}
