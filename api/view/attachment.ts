/** An attachment as it is listed. */
import type { AttachmentRow } from '../../db/read/files.ts';
import { iso } from './instants.ts';

export function attachmentView(row: AttachmentRow) {
  const { withdrawn_at: at, withdrawn_by: by, withdrawn_reason: reason } = row;
  return {
    id: row.id,
    hash: row.hash,
    size: Number(row.size),
    type: row.type,
    name: row.name,
    note: row.note,
    documentHash: row.document_hash,
    by: row.person,
    at: iso(row.at.getTime()),
    withdrawn: at === null ? null : { by: by ?? '', at: iso(at.getTime()), reason: reason ?? '' },
  };
}
