/** An entry of a register passed on to a role of a pack: noted for ever, and told by a notice in the same transaction. */
import { sql } from 'kysely';
import type { Instant } from '../domain/time.ts';
import type { Db } from './database.ts';
import { entryOpener, openOne, sealedReason } from './entry-body.ts';

export interface Pass {
  readonly register: string;
  readonly entry: string;
  readonly pack: string;
  readonly role: string;
  readonly reason: string;
}

export interface PassRow {
  readonly ordinal: number;
  readonly pack_id: string;
  readonly role: string;
  readonly reason: string;
  readonly person: string;
  readonly at: Date;
}

/** The key was used for another pass. */
export class PassKeyReused extends Error {}

/** The notice names the entry, never what it says. @throws PassKeyReused */
export function passOn(
  db: Db,
  pass: Pass,
  { key, by, at }: { readonly key: string; readonly by: string; readonly at: Instant },
): Promise<PassRow> {
  const { register, entry, pack, role, reason } = pass;
  return db.transaction().execute(async (trx) => {
    // One after the other for an entry: each gets an ordinal of its own.
    await trx
      .selectFrom('entry')
      .select('id')
      .where('register', '=', register)
      .where('id', '=', entry)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const known = await trx.selectFrom('entry_pass').selectAll().where('key', '=', key).executeTakeFirst();
    if (known !== undefined) {
      const same = known.register === register && known.entry_id === entry && known.pack_id === pack && known.role === role;
      const open = await entryOpener(trx, register, [entry]);
      const told = { ...known, reason: openOne(open, register, entry, known.reason) };
      if (!same || told.reason !== reason || known.person !== by) throw new PassKeyReused(key);
      return told;
    }
    const { rows } = await sql<{ next: number }>`
      select coalesce(max(ordinal), 0) + 1 as next from entry_pass where register = ${register} and entry_id = ${entry}`.execute(trx);
    const ordinal = rows[0]?.next ?? 1;
    const row = { ordinal, pack_id: pack, role, reason, person: by, at: new Date(at) };
    await trx
      .insertInto('entry_pass')
      .values({ ...row, reason: (await sealedReason(trx, register, entry, reason)) ?? '', register, entry_id: entry, key })
      .execute();
    const body = JSON.stringify({ what: 'entry-passed-on', pass: ordinal });
    await sql`insert into outbox (case_number, seq, recipient, kind, body, status, created_at, persons, register, pack_id)
      values (${entry}, ${ordinal}, ${role}, 'passed', ${body}::jsonb, 'pending', ${row.at}, persons_told_at(${pack}, ${role}, ${row.at},
          (select places from entry where register = ${register} and id = ${entry}), '{}'), ${register}, ${pack})`.execute(trx);
    return row;
  });
}

/** In the order in which it was passed on; a few at most. */
export async function passesOf(db: Db, register: string, entry: string): Promise<PassRow[]> {
  const rows = await db
    .selectFrom('entry_pass')
    .select(['ordinal', 'pack_id', 'role', 'reason', 'person', 'at'])
    .where('register', '=', register)
    .where('entry_id', '=', entry)
    .orderBy('ordinal')
    .limit(200)
    .execute();
  const open = await entryOpener(db, register, [entry]);
  return rows.map((row) => ({ ...row, reason: openOne(open, register, entry, row.reason) }));
}
