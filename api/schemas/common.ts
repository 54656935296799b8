/** Pieces of several routes. Times go out as ISO 8601 with +08:00, money as yuan with two decimals, both as text. */
import { z } from 'zod';
import { PLACE_FIELDS, type Places } from '../../domain/place.ts';
import { dayFromDate, parseBeijing, startOfDay, TimeError, withinEntered } from '../../domain/time.ts';

/** An instant as people write it; becomes epoch milliseconds. */
export const instantIn = z
  .string()
  .max(40)
  .transform((text, context) => {
    try {
      return withinEntered(parseBeijing(text), text);
    } catch (error) {
      if (!(error instanceof TimeError)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
      return z.NEVER;
    }
  })
  .describe('`2026-03-09 09:20` (Beijing) or ISO 8601 with a zone; `24:00` is the end of the day');

/** A Beijing day. */
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a day such as 2026-03-09')
  .transform((text, context) => {
    try {
      const found = dayFromDate(text);
      withinEntered(startOfDay(found), text);
      return found;
    } catch (error) {
      if (!(error instanceof TimeError)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
      return z.NEVER;
    }
  });

export const instant = z.string().describe('ISO 8601, +08:00');
export const yuan = z.string().describe('Yuan with two decimals, such as `12300.00`');
export const label = z.object({ zh: z.string(), en: z.string() });
export const secrecy = label.extend({ id: z.string() }).describe('Its secrecy label');
export const actor = z.object({
  person: z.string(),
  name: z.string().nullable(),
  role: z.string(),
  for: z.string().optional().describe('The person in whose place they acted'),
  delegation: z.string().optional().describe('By which delegation; absent: as the substitute of somebody absent'),
  emergency: z.string().optional().describe('Break-glass: by which emergency grant'),
});

/** A case number as it is typed: no more than what can be one. */
export const caseNumber = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{2,63}$/, 'a case number such as CS19-2026-000001');
export const stepId = z.string().regex(/^[A-Za-z][A-Za-z0-9.]{0,63}$/, 'a step such as estimate.approve');
export const taskId = z.string().regex(/^[A-Za-z][A-Za-z0-9.#-]{0,79}$/, 'a task such as survey#1');
export const packId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'a pack such as s3-cs19');

/** `limit` and `cursor` of every list. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z
    .string()
    .max(500)
    .regex(/^[A-Za-z0-9_-]+$/)
    .optional()
    .describe('`next` of the page before'),
};
export const next = z.string().nullable().describe('Cursor of the next page; null = this is the last');

/** `?open=true`; only the two words. */
export const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** Of notices. */
export const alsoRead = z.enum(['true', 'false']).default('false').describe('Also those that were read');

/** An entry of a register that is a place. */
export const place = z.object({
  kind: z.enum(Object.values(PLACE_FIELDS)),
  id: z.string().min(1).max(64),
});
/** Of roles that are held for some places alone. */
export const placesOfRoles = z
  .array(z.object({ pack: z.string(), role: z.string(), places: z.array(z.string()) }))
  .describe('Roles that are held for these places alone (`estates/XQ-1`); what is not here is held for all');

export const onlyView = (only: Places): z.output<typeof placesOfRoles> =>
  Object.entries(only).flatMap(([pack, roles]) => Object.entries(roles).map(([role, places]) => ({ pack, role, places: [...places] })));
