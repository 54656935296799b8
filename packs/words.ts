/** Parts that every schema here uses. */
import { z } from 'zod';

/** A text that says something. */
export const text = z
  .string({ error: (issue) => (issue.input === undefined ? 'a text' : 'a text; put it in quotes') })
  .trim()
  .min(1);

/** An id of the pack: role, limit, form, ladder … */
export const id = z.string().regex(/^[A-Za-z][A-Za-z0-9]*$/, 'a name of letters and digits that begins with a letter');

/** Where a value comes from: the document's clause, or `proposal` where its text is silent. */
export const clause = z.string({ error: 'a clause in quotes, or proposal' }).min(1);

export const label = { zh: text, en: text };

/** A step, or a part of one: `survey`, `estimate.approve`. */
export const stepName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)?$/, 'the name of a step, such as survey or estimate.approve');
