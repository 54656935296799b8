/** Where each chain of the record ends: of every case, every day's journal, every entry of a register, and of the proofs of rows. */
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
    (select distinct on (case_number) case_number as chain, seq, hash from event order by case_number, seq desc)
    union all (select distinct on (chain) 'journal ' || chain, seq, hash from journal order by chain, seq desc)
    union all (select distinct on (register, id) 'entry ' || register || ' ' || id, version, hash from entry_version order by register, id, version desc)
    union all (select distinct on (of, thing) 'rows ' || of || ' ' || thing, seq, hash from row_proof order by of, thing, seq desc)`.execute(
    db,
  );
  return rows;
}

/** The hash at a place of a chain; a chain or place that is not there is left out. */
export async function hashesAt(db: Db, places: readonly { readonly chain: string; readonly seq: number }[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ chain: string; seq: number; hash: string }>`
    with place as (
      select chain, seq, split_part(chain, ' ', 1) as kind, split_part(chain, ' ', 2) as part, regexp_replace(chain, '^[^ ]* [^ ]* ', '') as rest
      from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as p(chain text, seq integer)
    )
    select p.chain, p.seq, e.hash from place p join event e on e.case_number = p.chain and e.seq = p.seq
    union all select p.chain, p.seq, j.hash from place p join journal j on p.kind = 'journal' and j.chain = p.part and j.seq = p.seq
    union all select p.chain, p.seq, v.hash from place p
      join entry_version v on p.kind = 'entry' and v.register = p.part and v.id = p.rest and v.version = p.seq
    union all select p.chain, p.seq, r.hash from place p
      join row_proof r on p.kind = 'rows' and r.of = p.part and r.thing = p.rest and r.seq = p.seq`.execute(db);
  return new Map(rows.map(({ chain, seq, hash }) => [`${chain} ${seq}`, hash]));
}
