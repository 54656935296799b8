/** Rows beside the chains against the proofs that their tables kept when they were written (`db/held.ts`), and the proofs' own chains. */
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { proved } from '../db/held.ts';

export interface ProofFault {
  readonly table: string;
  /** What the row is about: the name of the chain. */
  readonly thing: string;
  /** Which row; of a fault of the chain itself, which place. */
  readonly row: string;
  readonly fault:
    /** The row is not as it was written last. */
    | 'altered'
    /** It was there, and is not. */
    | 'missing'
    /** It was put there past the table's trigger. */
    | 'unproved'
    /** The chain of proofs has a hole, a proof that was changed, or one that does not follow the one before. */
    | 'proof-missing'
    | 'proof-altered'
    | 'proof-unlinked';
}

export interface ProofAudit {
  readonly rows: number;
  readonly faults: readonly ProofFault[];
}

/** @param tables those that have proofs */
export async function auditProofs(db: Db, tables = proved): Promise<ProofAudit> {
  const faults: ProofFault[] = [];
  let rows = 0;
  for (const [table, by, named] of tables) {
    const found = await sql<{ thing: string; row: string; fault: ProofFault['fault'] | null }>`
      with now as (
        select row_thing(r, ${by}, ${named}) as thing, row_values(r, ${named}) as named, row_digest(r) as digest
        from ${sql.table(table)} t, to_jsonb(t) r
      ), proved as (
        select distinct on (thing, named) thing, named, digest from row_proof where of = ${table} order by thing, named, seq desc
      )
      select coalesce(n.thing, p.thing) as thing, coalesce(n.named, p.named) as row,
        case when n.named is null then 'missing' when p.named is null or p.digest = '' then 'unproved' when n.digest <> p.digest then 'altered' end as fault
      from now n full join proved p on p.thing = n.thing and p.named = n.named
      where n.named is not null or p.digest <> '' order by 1, 2`.execute(db);
    rows += found.rows.length;
    for (const { thing, row, fault } of found.rows) if (fault !== null) faults.push({ table, thing, row, fault });
  }
  return { rows, faults: [...faults, ...(await faultsOfChains(db, tables.map(([table]) => table)))] }; // prettier-ignore
}

async function faultsOfChains(db: Db, tables: readonly string[]): Promise<ProofFault[]> {
  const { rows } = await sql<ProofFault>`
    with proof as (
      select of, thing, seq, named, digest, prev_hash, hash, row_number() over w as place, coalesce(lag(hash) over w, repeat('0', 64)) as before
      from row_proof where of = any(${[...tables]}::text[]) window w as (partition by of, thing order by seq)
    )
    select of as table, thing, seq::text as row, fault from proof, lateral (values
      (case when seq <> place then 'proof-missing' end),
      (case when prev_hash <> before then 'proof-unlinked' end),
      (case when hash <> row_proof_hash(prev_hash, of, thing, named, digest) then 'proof-altered' end)) as found(fault)
    where fault is not null order by of, thing, seq`.execute(db);
  return rows;
}
