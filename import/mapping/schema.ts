/** The form of a mapping file. What it says about pack and register is checked in `check.ts`. */
import { z } from 'zod';
import { clockFormat } from '../tell/time.ts';

const text = z.string({ error: (issue) => (issue.input === undefined ? 'a text' : 'a text; put it in quotes') }).min(1);
const column = z.string({ error: 'the heading of a column' }).trim().min(1);
const scalar = z.union([z.string(), z.number(), z.boolean()], { error: 'a text, a number, true or false' });
const name = z.string().regex(/^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9]*)?$/, 'a name of letters and digits');

const format = z.string({ error: 'a time such as DD-MM-YYYY HH:mm' }).refine((value) => clockFormat(value) !== undefined, {
  error: 'a time with YYYY, MM, DD, HH and mm, or hh, mm and A; such as MM/DD/YYYY hh:mm:ss A',
});

/** Which rows count: those with one of these values, or those in which a counter has risen. */
const condition = z.union([z.array(text).min(1), z.literal('rises')], { error: 'a list of values in quotes, or rises' });
const moment = z.strictObject({ at: column, when: z.record(column, condition).default({}) });

/** Where a form's field comes from. */
const source = z.union(
  [
    z.strictObject({ value: scalar }),
    z.strictObject({ column, values: z.record(z.string(), scalar).optional(), otherwise: scalar.optional() }),
    z.strictObject({ columns: z.array(column).min(1), join: z.string().default(', ') }),
  ],
  { error: '{ value: … }, { column: …, values: …, otherwise: … } or { columns: […], join: … }' },
);
const form = z.record(name, source).default({});

export const momentNames = ['opened', 'resolved', 'reopened', 'closed'] as const;

const told = z
  .strictObject({
    step: name,
    /** The moment at which it was done; left out: at that of the step before it. */
    at: z.enum(momentNames).optional(),
    /** The register does not hold what the form asks for: no verdict by the step's own limit. */
    unrecorded: z.literal(true).optional(),
    rounds: z.enum(['first', 'later']).optional(),
    form,
  })
  .refine((step) => step.at !== undefined || step.unrecorded === true, { error: 'either at: <moment> or unrecorded: true' });

export const mappingSchema = z.strictObject({
  register: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens, such as hotline-2024')
    .max(40),
  title: text.optional(),
  pack: text,
  kind: name,
  file: z
    .strictObject({
      encoding: z.enum(['utf-8', 'gb18030', 'utf-16le', 'utf-16be']).optional(),
      delimiter: z.enum([',', ';', '\t', '|']).optional(),
      sheet: text.optional(),
    })
    .default({}),
  /** `case`: each row is a case. `event`: each row is one change of a case, rows with the same key belong together. */
  rows: z.enum(['case', 'event']),
  key: column,
  /** Time of a change, by which the rows of a case are put in order; left out: as they stand in the file. */
  order: column.optional(),
  unknown: z.array(z.string({ error: 'a text; put it in quotes' })).default([]),
  times: z.strictObject({
    format: z.union([format, z.array(format).min(1)]),
    zone: z
      .string()
      .regex(/^[+-](0\d|1[0-4]):[0-5]\d$/, 'a fixed offset such as +08:00; summer time cannot be seen from a register')
      .default('+08:00'),
  }),
  shiftWeeks: z.int().min(-5200).max(5200).default(0),
  /** Values a column may have; a row with another is bad. */
  expect: z.record(column, z.array(text).min(1)).default({}),
  moments: z.strictObject({ opened: moment, resolved: moment.optional(), reopened: moment.optional(), closed: moment.optional() }),
  assigned: z.strictObject({ person: column, at: column, step: name, as: z.enum(['pseudonym', 'id']).default('pseudonym') }).optional(),
  form,
  tell: z.strictObject({
    round: z.array(told).min(1),
    satisfied: z.array(told).default([]),
    dissatisfied: z.array(told).default([]),
    end: z.array(told).default([]),
  }),
  /** What becomes of a case one of whose rows is bad. */
  badRow: z.enum(['leaveOut', 'holdCase']).default('leaveOut'),
});

export type Mapping = z.output<typeof mappingSchema>;
export type Source = z.output<typeof source>;
export type Told = z.output<typeof told>;
export type Moment = z.output<typeof moment>;
export type MomentName = (typeof momentNames)[number];
