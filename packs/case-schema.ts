/** The form of what `pack.yaml` says about cases as a whole: classes, closing, who coordinates, promises, notices. */
import { z } from 'zod';
import { clause, id, stepName, text } from './words.ts';

/** Lowest first; an order, so a list. */
export const severities = z.strictObject({ levels: z.array(id).min(2), clause });

/** By kind of case or by severity: what must be there before the case closes. */
export const closeRequires = z.record(
  id,
  z.strictObject({ steps: z.array(stepName).default([]), documents: z.array(id).default([]), clause }),
);

/** A list of roles, or roles with the steps they decide. */
export const coordinator = z.union(
  [
    z
      .array(id)
      .min(1)
      .transform((roles) => ({ roles, mayDecide: [], clause: undefined })),
    z.strictObject({ roles: z.array(id).min(1), mayDecide: z.array(stepName).default([]), clause }),
  ],
  { error: 'a list of roles, or { roles: [...], mayDecide: [<step>, ...], clause: <clause or proposal> }' },
);

/** A limit by name, or the words that there is none. */
export const promise = z.union([id, z.strictObject({ none: text })], {
  error: 'the name of a limit, or { none: none in the text }',
});

const clock = z
  .string({ error: 'a time of day in quotes, such as "21:00"' })
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day in quotes, such as "21:00"');

export const quietHours = z
  .strictObject({ from: clock, to: clock, daysOff: z.literal(true, { error: 'true, or nothing' }).exactOptional(), clause })
  .refine(({ from, to }) => from !== to, { error: 'hours that end at another time than they begin', path: ['to'] });

export const catchUp = z.strictObject({ value: z.enum(['all', 'highest', 'digest']), clause });

export const link = z.union([z.strictObject({ review: id }), z.strictObject({ approve: id })], {
  error: '{ review: <role> } or { approve: <role> }',
});

/** By severity: who decides, one after the other (`inOrder`) or all at once (`all`). */
export const chains = z.record(
  id,
  z.strictObject({ clause, mode: z.enum(['inOrder', 'all']).default('inOrder'), chain: z.array(link).min(1) }),
);
