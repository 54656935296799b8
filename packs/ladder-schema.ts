/** The form of ladders in `pack.yaml`: who is told of a deadline, and when, before it and after it. */
import { z } from 'zod';
import type { Rung } from '../domain/pack.ts';
import { clause, id } from './words.ts';

const whole = (from: number, to: number) => {
  const error = `a whole number from ${from} to ${to}`;
  return z.int({ error }).min(from, { error }).max(to, { error });
};

const timed = z
  .strictObject({
    role: id,
    when: z.enum(['before', 'after']).exactOptional(),
    percent: whole(1, 1000).exactOptional(),
    workdays: whole(1, 250).exactOptional(),
    hours: whole(1, 8784).exactOptional(),
    repeatEveryWorkdays: whole(1, 250).exactOptional(),
    afterWorkdays: whole(0, 250).exactOptional(),
  })
  .superRefine((rung, context) => {
    const spans = [rung.percent, rung.workdays, rung.hours].filter((span) => span !== undefined).length;
    if (rung.when !== undefined && spans !== 1)
      context.addIssue({
        code: 'custom',
        path: ['when'],
        message: `exactly one of percent, workdays and hours beside when (there are ${spans})`,
      });
    if (rung.when === undefined && spans > 0) context.addIssue({ code: 'custom', path: ['when'], message: 'before or after' });
    if (rung.when !== undefined && rung.afterWorkdays !== undefined)
      context.addIssue({ code: 'custom', path: ['afterWorkdays'], message: 'to say it once: { when: after, workdays: <number> }' });
    if (rung.when === 'before' && (rung.percent ?? 0) > 99)
      context.addIssue({ code: 'custom', path: ['percent'], message: 'a whole number from 1 to 99 before the deadline' });
    if (rung.when === 'before' && rung.repeatEveryWorkdays !== undefined)
      context.addIssue({ code: 'custom', path: ['repeatEveryWorkdays'], message: 'to repeat only rungs at the breach or after it' });
  });

const rung = z.union([id.transform((role): Rung => ({ role })), timed], {
  error: (issue) =>
    typeof issue.input === 'object' && issue.input !== null
      ? 'a role, or { role: <role>, when: before or after, and one of percent, workdays, hours; repeatEveryWorkdays: <number> }'
      : 'a role, or { role: <role>, when: before or after, … }',
});

const rungs = z.array(rung).min(1);

/** With its clause, or a plain list, which is a proposal: the texts name nobody who hears of a breach (C10). */
export const ladder = z.union([rungs.transform((list) => ({ clause: 'proposal', rungs: list })), z.strictObject({ clause, rungs })], {
  error: 'a list of roles, or { clause: <clause or proposal>, rungs: [...] }',
});
