/** An attachment as it is listed. */
import type { AttachmentRow } from '../../db/read/files.ts';
import { iso } from './instants.ts';
import type { secrecyOfEntry } from './secrecy.ts';

type Secrecy = ReturnType<typeof secrecyOfEntry>;

/** @param secrecy by the labels of its own */
export function attachmentView(row: AttachmentRow, secrecy: (...own: (string | null)[]) => Secrecy) {
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
    secrecy: secrecy(...row.labels),
    withdrawn: at === null ? null : { by: by ?? '', at: iso(at.getTime()), reason: reason ?? '' },
  };
}
