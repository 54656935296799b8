/** Secrecy labels of cases and entries against the changes that gave them. */
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';

export interface LabelFault {
  /** Number of a case, or `<register>/<id>`. */
  readonly record: string;
  readonly fault: 'label';
}

/** Those of forms and attachments have proofs of their own. */
export async function auditLabels(db: Db): Promise<LabelFault[]> {
  const { rows } = await sql<LabelFault>`
    select record, 'label' as fault from (
      select 'case' as of, number as record, label from case_file union all select 'entry', register || '/' || id, label from entry
    ) labelled left join lateral (
      select to_label from label_change c where c.of = labelled.of and c.record = labelled.record and decision = 'approve'
      order by decided_at desc, id desc limit 1
    ) given on true
    where label is distinct from to_label order by 1`.execute(db);
  return rows;
}
