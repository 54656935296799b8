import { z } from 'zod';
import { instant, instantIn, packId } from './common.ts';
import { named } from './registry.ts';

const person = z.string().min(1).max(64);

export const absenceBody = z.strictObject({
  person: person.optional().describe('Default: me. Somebody else: by a coordinator or the general manager of `pack`'),
  substitute: person.describe('Who decides in their place and is told in their place; nobody stands in for a substitute in turn'),
  from: instantIn,
  until: instantIn.describe('Exclusive: `2026-03-20 24:00` is the whole of the 20th'),
  pack: packId.optional().describe('Only there; default: everywhere'),
  role: z.string().max(64).optional().describe('Only in this role of `pack`'),
  reason: z.string().max(500).optional(),
});
named.add(absenceBody, { id: 'EnterAbsence' });

export const absence = z.object({
  id: z.string(),
  person: z.string(),
  substitute: z.string(),
  from: instant,
  until: instant,
  pack: z.string().nullable(),
  role: z.string().nullable(),
  reason: z.string().nullable(),
  enteredBy: z.string(),
  enteredAt: instant,
  endedAt: instant.nullable().describe('Back earlier than said'),
});
named.add(absence, { id: 'Absence' });
