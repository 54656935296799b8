/** Who a token belongs to. Asked at every request, so that a role or token taken away is gone at once. */
import { sql } from 'kysely';
import type { Db } from '../database.ts';

export interface Identity {
  readonly person: string;
  readonly name: string;
  /** Pack id → roles held there. */
  readonly packs: Readonly<Record<string, readonly string[]>>;
}

/** @param tokenHash SHA-256 of the token, hex */
export async function identityOf(db: Db, tokenHash: string): Promise<Identity | undefined> {
  const { rows } = await sql<{ id: string; name: string; packs: Record<string, string[]> | null }>`
    select p.id, p.name,
      (select jsonb_object_agg(pack_id, roles) from
        (select pack_id, jsonb_agg(role order by role) roles from person_role where person = p.id group by pack_id) r) packs
    from api_token t join person p on p.id = t.person where t.hash = ${tokenHash}`.execute(db);
  const [row] = rows;
  return row === undefined ? undefined : { person: row.id, name: row.name, packs: row.packs ?? {} };
}
