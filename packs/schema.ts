/** The form of `pack.yaml`. What the parts say about each other is checked in `references.ts`. */
import { z } from 'zod';
import { MoneyError, parseYuan } from '../domain/money.ts';
import { businessHours, dayEnd } from './business-hours-schema.ts';
import { catchUp, chains, closeRequires, coordinator, link, promise, quietHours, severities } from './case-schema.ts';
import { duties } from './duty-schema.ts';
import { ladder } from './ladder-schema.ts';
import { limit } from './limit-schema.ts';
import { clause, id, label, stepName, text } from './words.ts';

/** Yuan as written, fen as read. */
const money = z.union([z.number(), z.string()], { error: 'an amount in yuan such as 1000.00' }).transform((yuan, context) => {
  try {
    return parseYuan(yuan, { positive: true });
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error;
    context.addIssue({ code: 'custom', message: 'an amount above zero in yuan with at most two decimals, such as 1000.00' });
    return z.NEVER;
  }
});

const role = z.strictObject({ ...label, aliases: z.array(text).default([]), clause });

const tierTable = z.strictObject({
  sum: z.enum(['case', 'item']),
  rows: z.array(z.strictObject({ id, upTo: money.optional(), below: money.optional(), clause, chain: z.array(link).min(1) })).min(1),
});

const switchValue = z.union([z.string().min(1), z.number(), z.boolean()], { error: 'a text, a number, true or false' });

const packSwitch = z
  .strictObject({
    ...label,
    clause,
    value: switchValue.optional(),
    money: money.optional(),
    role: id.optional(),
    options: z.array(text).min(2).optional(),
  })
  .refine((s) => [s.value, s.money, s.role].filter((v) => v !== undefined).length === 1, {
    error: 'exactly one of value, money (yuan) and role',
  });

/** What every field has; types that only registers know are added there. */
export const plainField = {
  name: id,
  ...label,
  required: z.boolean().optional(),
  requiredWhen: z.strictObject({ field: id, equals: z.union([z.string(), z.boolean()]).optional() }).optional(),
  options: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9-]*$/), z.tuple([text, text])).optional(),
  past: z.literal(true, { error: 'true, or nothing' }).optional(),
};

const field = z.strictObject({
  ...plainField,
  type: z.enum([
    'text',
    'boolean',
    'money',
    'instant',
    'integer',
    'choice',
    'role',
    'roles',
    'choices',
    'person',
    'hash',
    'number-of-case',
    'id',
    'ids',
    'files',
    'date',
    'decimal',
  ]),
  fact: z.boolean().optional(),
});

export const packSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens, such as s3-cs19'),
  version: z.string({ error: 'three numbers in a text, such as 1.0.0' }).regex(/^\d+\.\d+\.\d+$/, 'three numbers, such as 1.0.0'),
  title: z.strictObject(label),
  /** Written as one id; read as the whole line of bases. */
  extends: z.array(z.string()).optional(),
  source: text,
  numberPrefix: z.string().regex(/^[A-Z][A-Z0-9]{1,9}$/, 'two to ten capital letters and digits, such as CS19'),
  calendar: text,
  businessHours: businessHours.optional(),
  dayEnd: dayEnd.optional(),
  generalManager: id,
  default: z.literal(true, { error: 'true, or nothing' }).optional(),
  coordinator,
  responseLimit: promise,
  closureLimit: promise,
  severities: severities.optional(),
  chains: chains.default({}),
  closeRequires: closeRequires.default({}),
  quietHours: quietHours.optional(),
  catchUp: catchUp.optional(),
  roles: z.record(id, role),
  kinds: z.record(
    id,
    z.strictObject({ ...label, workflow: id, form: id, by: z.array(id).min(1).optional(), closure: z.literal('none').optional() }),
  ),
  ladders: z.record(id, ladder),
  limits: z.record(id, limit),
  tiers: z.record(id, tierTable).default({}),
  switches: z.record(id, packSwitch).default({}),
  forms: z.record(id, z.strictObject({ ...label, fields: z.array(field) })),
  steps: z.record(
    stepName,
    z.strictObject({
      ...label,
      by: z.array(id).min(1),
      form: id,
      clause,
      limit: id.optional(),
      requiredForms: z.array(id).min(1).optional(),
    }),
  ),
  ...duties,
});

/** A pack as written, with defaults filled and money in fen. */
export type RawPack = z.output<typeof packSchema>;
