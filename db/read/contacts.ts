/** Contacts of a period, for what is compiled of them. */
import { sql } from 'kysely';
import type { EntryBody } from '../../domain/register/read-entry.ts';
import { isoBeijing, type Instant } from '../../domain/time.ts';
import type { ReadBy } from '../../domain/register/sight.ts';
import type { Db } from '../database.ts';
import { withBodies } from '../entry-body.ts';
import { entrySight, type Scope } from './scope.ts';

export interface ContactRow {
  readonly id: string;
  readonly body: EntryBody;
}

/** Entries that hold, by their time. `at` is kept as ISO text of one zone, so that texts are in the order of instants. */
export async function contactsOf(
  db: Db,
  { scope, def }: { readonly scope: Scope; readonly def: ReadBy },
  from: Instant,
  to: Instant,
  limit: number,
): Promise<ContactRow[]> {
  const { rows } = await sql<ContactRow>`select id, in_force_body as body from entry
    where register = ${def.id} and ${entrySight(scope, def)} and in_force_body ? 'at' and in_force_body ->> 'at' >= ${isoBeijing(from)} and in_force_body ->> 'at' < ${isoBeijing(to)}
    order by in_force_body ->> 'at', id limit ${limit}`.execute(db);
  return withBodies(db, def.id, rows);
}
