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

/** The most a limit of a kind may count; the least is 1. */
const MOST = {
  hours: 8784,
  'business-hours': 2000,
  workdays: 1000,
  days: 3660,
  weeks: 520,
  months: 1200,
  years: 100,
  'period+workdays': 250,
} as const;

/** What would be right instead of this `n`; undefined when it is. */
export function remedyOfCount(kind: keyof typeof MOST, n: unknown): string | undefined {
  return count(MOST[kind]).safeParse(n).error?.issues[0]?.message;
}

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
    z.strictObject({ kind: z.literal('hours'), n: count(MOST.hours), ...about }),
    z.strictObject({ kind: z.literal('business-hours'), n: count(MOST['business-hours']), ...about }),
    z.strictObject({ kind: z.literal('workdays'), n: count(MOST.workdays), ...about }),
    z.strictObject({ kind: z.literal('same-workday'), ...about }),
    z.strictObject({ kind: z.literal('days'), n: count(MOST.days), roll: z.boolean(), ...about }),
    z.strictObject({ kind: z.literal('weeks'), n: count(MOST.weeks), roll: z.boolean(), ...about }),
    z.strictObject({ kind: z.literal('months'), n: count(MOST.months), ...about }),
    z.strictObject({ kind: z.literal('years'), n: count(MOST.years), ...about }),
    z.strictObject({ kind: z.literal('period'), period, ...about }),
    z.strictObject({ kind: z.literal('period+workdays'), period, n: count(MOST['period+workdays']), ...about }),
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
