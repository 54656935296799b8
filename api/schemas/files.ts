import { z } from 'zod';
import { instant, secrecy } from './common.ts';
import { named } from './registry.ts';

export const fileHash = z.string().regex(/^[0-9a-f]{64}$/, '64 hex digits');

export const storedFile = z.object({
  hash: fileHash.describe('SHA-256 of the bytes; what forms and attachments name'),
  size: z.number().int().describe('Bytes'),
  type: z.string().describe('By its bytes'),
  name: z.string().describe('As it was sent, made harmless'),
});
named.add(storedFile, { id: 'File' });
export const storedFiles = z.object({ items: z.array(storedFile) });

export const attachment = storedFile.extend({
  id: z.string(),
  note: z.string().nullable(),
  documentHash: z.string().nullable().describe('The filled form that names it; null = attached by itself'),
  by: z.string(),
  at: instant,
  secrecy,
  withdrawn: z.object({ by: z.string(), at: instant, reason: z.string() }).nullable(),
});
named.add(attachment, { id: 'Attachment' });

const words = z
  .string()
  .trim()
  .min(1)
  .max(2_000)
  .refine((text) => text.isWellFormed() && !text.includes('\0'), 'no NUL and no half characters')
  .transform((text) => text.normalize('NFC'));

export const attachBody = z.strictObject({
  file: fileHash.describe('Of a file that you have sent, or that is attached there already'),
  note: words.optional(),
});
named.add(attachBody, { id: 'Attach' });
export const withdrawBody = z.strictObject({ reason: words });
