/** The form of one limit in `pack.yaml`: its rule, how hard it binds, its ladder and where it comes from. */
import { z } from 'zod';
import { START_EVENTS } from '../domain/pack.ts';
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
  /** Where it starts when it is judged needed only later (CEM.X5). */
  arms: z.enum(['receipt', 'judged']).optional(),
  /** The event that starts it, where the procedure leaves the choice. */
  startsAt: z.enum(START_EVENTS).optional(),
  /** Whether it goes on or starts anew when the matter is handed over. */
  onHandOver: z.enum(['continue', 'restart']).optional(),
};

const MONTH_DAY = { error: 'a day of the year as MM-DD, in quotes, such as "12-31"' };

const count = (max: number) => {
  const error = `a whole number from 1 to ${max}`;
  return z.int({ error }).min(1, { error }).max(max, { error });
};
const period = z.enum(['week', 'month', 'quarter', 'half-year', 'year']);
export const monthDay = z
  .string(MONTH_DAY)
  .regex(/^(0[13578]|1[02])-(0[1-9]|[12]\d|3[01])$|^(0[469]|11)-(0[1-9]|[12]\d|30)$|^02-(0[1-9]|[12]\d)$/, MONTH_DAY);

export const limit = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('hours'), n: count(8784), ...about }),
    z.strictObject({ kind: z.literal('business-hours'), n: count(2000), ...about }),
    z.strictObject({ kind: z.literal('workdays'), n: count(1000), ...about }),
    z.strictObject({ kind: z.literal('same-workday'), ...about }),
    z.strictObject({ kind: z.literal('days'), n: count(3660), roll: z.boolean(), ...about }),
    z.strictObject({ kind: z.literal('weeks'), n: count(520), roll: z.boolean(), ...about }),
    z.strictObject({ kind: z.literal('months'), n: count(1200), ...about }),
    z.strictObject({ kind: z.literal('years'), n: count(100), ...about }),
    z.strictObject({ kind: z.literal('period'), period, ...about }),
    z.strictObject({ kind: z.literal('period+workdays'), period, n: count(250), ...about }),
    z.strictObject({ kind: z.literal('window'), opens: monthDay.optional(), closes: monthDay, ...about }),
    z.strictObject({ kind: z.literal('month-day'), day: count(31), ...about }),
    z.strictObject({ kind: z.literal('next-month-day'), day: count(28), ...about }),
    z.strictObject({ kind: z.literal('mid-december'), day: count(31), ...about }),
  ],
  {
    error:
      'one of: hours, business-hours, workdays, same-workday, days, weeks, months, years, period, period+workdays, window, month-day, next-month-day, mid-december',
  },
);
