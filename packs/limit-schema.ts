/** The form of one limit in `pack.yaml`: its rule, how hard it binds, its ladder and where it comes from. */
import { z } from 'zod';
import { clause, id, label, text } from './words.ts';

const about = {
  ...label,
  hardness: z.enum(['hard', 'soft']),
  ladder: id,
  clause,
  /** Row of the requirements catalogue. */
  requirement: text,
  /** `text` stands in the procedure, `proposal` fills a silence. */
  source: z.enum(['text', 'proposal']),
};

const count = (max: number) => {
  const error = `a whole number from 1 to ${max}`;
  return z.int({ error }).min(1, { error }).max(max, { error });
};
const period = z.enum(['quarter', 'half-year', 'year']);

export const limit = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('hours'), n: count(8784), ...about }),
    z.strictObject({ kind: z.literal('workdays'), n: count(1000), ...about }),
    z.strictObject({ kind: z.literal('same-workday'), ...about }),
    z.strictObject({ kind: z.literal('days'), n: count(3660), roll: z.boolean(), ...about }),
    z.strictObject({ kind: z.literal('months'), n: count(1200), ...about }),
    z.strictObject({ kind: z.literal('years'), n: count(100), ...about }),
    z.strictObject({ kind: z.literal('period'), period, ...about }),
    z.strictObject({ kind: z.literal('period+workdays'), period, n: count(250), ...about }),
    z.strictObject({ kind: z.literal('next-month-day'), day: count(28), ...about }),
    z.strictObject({ kind: z.literal('mid-december'), day: count(31), ...about }),
  ],
  { error: 'one of: hours, workdays, same-workday, days, months, years, period, period+workdays, next-month-day, mid-december' },
);
