/** What the routes of secrecy labels take and answer. */
import { z } from 'zod';
import { instant } from '../../schemas/common.ts';

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
export const labels = z.object({ label: z.string(), changes: z.array(change) });
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
