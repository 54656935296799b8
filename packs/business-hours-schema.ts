/** Business hours as written in `pack.yaml`: `periods: ['09:00-12:00', '13:30-18:00']`, short days by date. */
import { z } from 'zod';
import { checkBusinessHours } from '../domain/business-hours.ts';

const form = { error: 'a time from-to such as 09:00-12:00, at most to 24:00' };

const period = z
  .string(form)
  .regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, form)
  .transform((said) => ({ from: minute(said.slice(0, 5)), to: minute(said.slice(6)) }));

function minute(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

export const businessHours = z
  .strictObject({ periods: z.array(period), shortDays: z.record(z.string(), z.array(period)).optional() })
  .transform(({ periods, shortDays }) => ({ periods, ...(shortDays === undefined ? {} : { shortDays }) }))
  .superRefine((hours, context) => {
    for (const { path, wrong, right } of checkBusinessHours(hours)) {
      context.addIssue({ code: 'custom', path: [...path], message: `${right} (${wrong})` });
    }
  });

/** Where limits of working days end: at the close of business or at 24:00 (C3). */
export const dayEnd = z.enum(['close-of-business', 'midnight'], { error: 'close-of-business or midnight' });
