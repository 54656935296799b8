import { z } from 'zod';
import { instant, packId } from './common.ts';
import { named } from './registry.ts';

const words = z
  .string()
  .trim()
  .min(1)
  .max(2_000)
  .refine((text) => text.isWellFormed() && !text.includes('\0'), 'no NUL and no half characters');
const word = z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,63}$/, 'an id such as generalManager');

export const passBody = z.strictObject({
  role: word.describe('A role of the pack: a department, or the general manager'),
  pack: packId.optional().describe('Default: the first pack that writes the register'),
  reason: words,
});
named.add(passBody, { id: 'PassOn' });

export const pass = z.object({
  ordinal: z.number().int(),
  pack: z.string(),
  role: z.string(),
  reason: z.string(),
  by: z.string(),
  at: instant,
});
named.add(pass, { id: 'Pass' });
export const passes = z.object({ items: z.array(pass) });

export const openFromBody = z.strictObject({
  pack: packId.optional().describe('Default: the first pack that writes the register'),
  kind: word,
  form: z.record(z.string().max(64), z.unknown()).default({}).describe('Fields that say more than the entry, or otherwise'),
});
named.add(openFromBody, { id: 'OpenFromEntry' });

export const contactGroup = z.object({
  customer: z.string(),
  customerFile: z.string().nullable(),
  channel: z.string(),
  notes: z.array(z.object({ id: z.string(), body: z.record(z.string(), z.unknown()) })),
});
named.add(contactGroup, { id: 'ContactGroup' });
