/** What a message is received under is not ended meanwhile: whoever ends it waits for the receipt, whoever comes after finds it ended. */
import { sql } from 'kysely';
import type { Trx } from './database.ts';

export type Authority = 'delegation' | 'emergency';

/** What somebody decides by in a role that is not their own: ids of each. */
export type RestsOn = Readonly<Record<Authority, readonly string[]>>;

/** It ended before anything was received under it. */
export class AuthorityOver extends Error {
  readonly what: Authority;
  constructor(what: Authority, id: string) {
    super(`${what} ${id} is over`);
    this.what = what;
  }
}

/** Nobody ends them until the transaction is over. @throws AuthorityOver when one has ended already */
export async function holdAuthorities(trx: Trx, { delegation, emergency }: RestsOn): Promise<void> {
  for (const id of delegation) await sql`select pg_advisory_xact_lock_shared(${lockOf('delegation', id)})`.execute(trx);
  for (const id of emergency) await sql`select pg_advisory_xact_lock_shared(${lockOf('emergency', id)})`.execute(trx);
  const { rows } = await sql<{ what: Authority; id: string }>`
    select 'delegation' as what, delegation as id from delegation_end where delegation = any(${[...delegation]}::bigint[])
    union all select 'emergency', ask from emergency_end where ask = any(${[...emergency]}::bigint[])`.execute(trx);
  const [over] = rows;
  if (over !== undefined) throw new AuthorityOver(over.what, over.id);
}

/** Nothing is received under it until the transaction is over, and nobody else gives or ends it. */
export async function holdAlone(trx: Trx, what: Authority, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lockOf(what, id)})`.execute(trx);
}

const lockOf = (what: Authority, id: string) => sql`hashtextextended(${`${what}:${id}`}, 0)`;
