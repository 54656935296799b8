/** What the routes of secrecy labels take and answer. */
import { z } from 'zod';
import { choice, known, text, time } from '../../http/cells.ts';
import type { Columns } from '../../http/list.ts';
import { SECRECY } from '../../plugins/auth.ts';
import { instant } from '../../schemas/common.ts';
import { LABEL_DECISIONS } from '../../view/codes.ts';

export const change = z.object({
  id: z.string(),
  document: z.string().optional(),
  attachment: z.string().optional(),
  from: z.string(),
  to: z.string(),
  reason: z.string().nullable().describe('Of a lowering'),
  askedBy: z.string(),
  askedAt: instant,
  decision: z.enum(['approve', 'reject']).nullable().describe('Null: a second person has not decided yet'),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
});
const named = Object.fromEntries(SECRECY.labels.map((one) => [one.id, one]));
export const changeColumns: Columns<z.output<typeof change>> = {
  id: text('编号', 'id'),
  document: text('表单', 'form'),
  attachment: text('附件', 'attachment'),
  from: known('原密级', 'from', named),
  to: known('改为', 'to', named),
  reason: text('原因', 'reason'),
  askedBy: text('申请人', 'asked by'),
  askedAt: time('申请时间', 'asked'),
  decision: choice('决定', 'decision', LABEL_DECISIONS),
  decidedBy: text('决定人', 'decided by'),
  decidedAt: time('决定时间', 'decided'),
};
const label = z.string().min(1).max(64);
const reason = z.string().min(1).max(500).optional().describe('Needed to lower it');
export const attachmentId = z.string().regex(/^\d{1,15}$/, 'the id of an attachment');
export const document = z.string().regex(/^[0-9a-f]{64}$/, '64 hex digits');
export const ofCase = z
  .strictObject({ label, reason, document: document.optional(), attachment: attachmentId.optional() })
  .refine((body) => body.document === undefined || body.attachment === undefined, 'a document or an attachment, not both');
export const ofEntry = z.strictObject({ label, reason, attachment: attachmentId.optional() });
export const decide = z.strictObject({ decision: z.enum(['approve', 'reject']) });
export const changeId = z.string().regex(/^\d{1,15}$/, 'the id of a change');
