/** The form of what a procedure owes apart from its cases: schedules, reports, notices to authorities, retention, reopening. */
import { z } from 'zod';
import { survey } from './survey-schema.ts';
import { clause, id, label, stepName, text } from './words.ts';

const period = z.enum(['week', 'month', 'quarter', 'half-year', 'year']);
const roles = z.array(id).min(1);
const cited = { ...label, clause, requirement: text };

const schedule = z.strictObject({
  ...cited,
  every: period,
  by: roles,
  with: roles.exactOptional(),
  limit: id.exactOptional(),
  until: id.exactOptional(),
});

const report = z
  .strictObject({
    ...cited,
    every: period.exactOptional(),
    each: z.enum(['case', 'event', 'round']).exactOptional(),
    from: roles,
    to: roles,
    limit: id.exactOptional(),
  })
  .refine(({ every, each }) => (every === undefined) !== (each === undefined), {
    error: 'either every: <period> or each: case, event or round',
    path: ['every'],
  });

const reopening = z.strictObject({
  step: stepName,
  field: id.exactOptional(),
  equals: z.union([z.string(), z.boolean()], { error: 'true, false or an option of the field' }).exactOptional(),
  clause,
});

const retention = z.union(
  [
    z.strictObject({ none: text }),
    z.strictObject({ years: z.int().min(1).max(100).exactOptional(), file: z.literal('yearly').exactOptional(), clause }),
  ],
  { error: '{ none: none in the text }, or { years: <number>, file: yearly, clause: <clause or proposal> }' },
);

export const duties = {
  schedules: z.record(id, schedule).exactOptional(),
  reports: z.record(id, report).exactOptional(),
  surveys: z.record(id, survey).exactOptional(),
  reopenOn: z.array(reopening).min(1).exactOptional(),
  authorityNotices: z.record(id, z.strictObject({ ...cited, decidedBy: id, limit: id.exactOptional() })).exactOptional(),
  retention: retention.exactOptional(),
};
