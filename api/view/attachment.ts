/** An attachment as it is listed. */
import type { z } from 'zod';
import { parseBeijing } from '../../domain/time.ts';
import { text, time, whole, words } from '../http/cells.ts';
import type { Columns } from '../http/list.ts';
import type { attachment } from '../schemas/files.ts';
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

/** Of a list of attachments. */
export const attachmentColumns: Columns<z.output<typeof attachment>> = {
  hash: text('散列值', 'hash'),
  size: whole('字节', 'bytes'),
  type: text('类型', 'type'),
  name: text('文件名', 'name'),
  id: text('编号', 'id'),
  note: text('说明', 'note'),
  documentHash: text('所属表单', 'form'),
  by: text('附件人', 'by'),
  at: time('时间', 'time'),
  secrecy: words('密级', 'secrecy'),
  withdrawn: [
    { zh: '撤回人', en: 'withdrawn by', type: 'text', of: (gone) => gone?.by },
    { zh: '撤回时间', en: 'withdrawn', type: 'instant', of: (gone) => gone && parseBeijing(gone.at) },
    { zh: '撤回原因', en: 'why it was withdrawn', type: 'text', of: (gone) => gone?.reason },
  ],
};
