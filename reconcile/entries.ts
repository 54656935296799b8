/** Entries of registers: the chain of each one's versions, and what its row says against them and the acts upon it. */
import { sql } from 'kysely';
import { entryHash } from '../db/entry-chain.ts';
import type { Db } from '../db/database.ts';
import { GENESIS } from '../db/hash.ts';

export interface EntryFault {
  readonly register: string;
  readonly id: string;
  readonly version: number;
  readonly fault:
    /** No such version, though there is a later one or the entry's row names it. */
    | 'missing'
    /** Content and hash do not belong together. */
    | 'altered'
    /** Not chained to the version before. */
    | 'unlinked'
    /** The entry's row says something else than its versions and acts, or one of both is gone. */
    | 'row';
}

export interface EntryAudit {
  readonly versions: number;
  readonly faults: readonly EntryFault[];
}

const PAGE = 2_000;

export async function auditEntries(db: Db): Promise<EntryAudit> {
  const faults: EntryFault[] = [];
  let versions = 0;
  let last: { readonly register: string; readonly id: string; readonly version: number; readonly hash: string } | undefined;
  for (;;) {
    const { register = '', id = '', version = 0 } = last ?? {};
    const page = await db
      .selectFrom('entry_version')
      .selectAll()
      .where(sql<boolean>`(register, id, version) > (${register}, ${id}, ${version})`)
      .orderBy('register')
      .orderBy('id')
      .orderBy('version')
      .limit(PAGE)
      .execute();
    for (const row of page) {
      const before = last?.register === row.register && last.id === row.id ? last : undefined;
      const say = (fault: EntryFault['fault']): void =>
        void faults.push({ register: row.register, id: row.id, version: row.version, fault });
      if (row.version !== (before?.version ?? 0) + 1) say('missing');
      else if (row.prev_hash !== (before?.hash ?? GENESIS)) say('unlinked');
      if (entryHash(row.prev_hash, row) !== row.hash) say('altered');
      last = row;
    }
    versions += page.length;
    if (page.length < PAGE) break;
  }
  return { versions, faults: [...faults, ...(await faultsOfRows(db))] };
}

/** What was altered may be no JSON any more. */
const parsed = sql`case when pg_input_is_valid(body, 'jsonb') then body::jsonb end`;

/** Without an act of its version an entry is a draft, or holds where its register asks for no approval. */
async function faultsOfRows(db: Db): Promise<EntryFault[]> {
  const { rows } = await sql<EntryFault>`
    select coalesce(e.register, v.register) as register, coalesce(e.id, v.id) as id, coalesce(v.version, e.version) as version, 'row' as fault
    from entry e
    full join (select distinct on (register, id) *, ${parsed} as said from entry_version order by register, id, version desc) v
      on v.register = e.register and v.id = e.id
    left join lateral (select act, at from entry_act a where a.register = e.register and a.id = e.id and a.version = e.version
      order by ordinal desc limit 1) a on true
    left join lateral (select max(version) as version from entry_act a where a.register = e.register and a.id = e.id and a.act = 'approve') approved on true
    left join lateral (select ${parsed} as said from entry_version f where f.register = e.register and f.id = e.id and f.version = e.in_force) f on true
    where (e.version, e.body, e.written_by) is distinct from (v.version, v.said, v.person)
      or e.changed_at <> coalesce(a.at, v.at)
      or e.in_force_body is distinct from f.said
      or case coalesce(a.act, 'none')
        when 'withdraw' then (e.status, e.in_force) is distinct from ('withdrawn', null::integer)
        when 'none' then not (e.status = 'draft' and e.in_force is not distinct from approved.version
          or e.status = 'inForce' and approved.version is null and e.in_force = e.version)
        else (e.status, e.in_force) is distinct from (
          case a.act when 'submit' then 'submitted' when 'review' then 'reviewed' when 'approve' then 'inForce' when 'reject' then 'rejected' end,
          approved.version) end
    order by 1, 2`.execute(db);
  return rows;
}
