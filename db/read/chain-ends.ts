/** Where each chain of the record ends: of every case, and of every day's journal. */
import { sql } from 'kysely';
import type { Db } from '../database.ts';

export interface ChainEndRow {
  readonly chain: string;
  readonly seq: number;
  readonly hash: string;
}

/** In one snapshot. Read from the events themselves, not from the cases' rows. */
export async function chainEnds(db: Db): Promise<ChainEndRow[]> {
  const { rows } = await sql<ChainEndRow>`
    select distinct on (case_number) case_number as chain, seq, hash from event order by case_number, seq desc`.execute(db);
  const journals = await sql<ChainEndRow>`
    select distinct on (chain) 'journal ' || chain as chain, seq, hash from journal order by chain, seq desc`.execute(db);
  return [...rows, ...journals.rows];
}

/** The hash at a place of a chain; a chain or place that is not there is left out. */
export async function hashesAt(db: Db, places: readonly { readonly chain: string; readonly seq: number }[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ chain: string; seq: number; hash: string }>`
    select p.chain, p.seq, coalesce(e.hash, j.hash) as hash
    from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as p(chain text, seq integer)
    left join event e on e.case_number = p.chain and e.seq = p.seq
    left join journal j on 'journal ' || j.chain = p.chain and j.seq = p.seq
    where e.hash is not null or j.hash is not null`.execute(db);
  return new Map(rows.map(({ chain, seq, hash }) => [`${chain} ${seq}`, hash]));
}
