/** Keys that are gone against what was erased: what nobody can read any more, somebody has erased by the rules. */
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';

export interface ErasureFault {
  readonly subject: string;
  readonly fault:
    /** Its key is gone, and no erasure says so. */
    | 'not-erased'
    /** It was erased, and has a key: a restore brought it back (`redress erase --again`), or somebody did. */
    | 'revived';
}

export async function auditErasures(db: Db): Promise<ErasureFault[]> {
  const { rows } = await sql<ErasureFault>`
    select coalesce(k.subject, e.subject) as subject, case when e.subject is null then 'not-erased' else 'revived' end as fault
    from (select subject from subject_key where erased_at is not null) k
    full join (select distinct subject from erasure) e on e.subject = k.subject
    where k.subject is null or e.subject is null order by 1`.execute(db);
  return rows;
}
