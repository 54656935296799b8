import { z } from 'zod';
import { caseNumber, instant, instantIn, label } from './common.ts';
import { named } from './registry.ts';

export const formField = z.object({
  name: z.string(),
  zh: z.string(),
  en: z.string(),
  type: z.string(),
  required: z.boolean(),
  requiredWhen: z.object({ field: z.string(), equals: z.union([z.string(), z.boolean()]).optional() }).nullable(),
  options: z.array(z.object({ value: z.string(), zh: z.string(), en: z.string() })),
});
named.add(formField, { id: 'FormField' });

export const form = label.extend({ id: z.string(), fields: z.array(formField) });
named.add(form, { id: 'Form' });

export const step = label.extend({
  id: z.string(),
  clause: z.string(),
  by: z.array(z.string()),
  limit: z.string().nullable(),
  form: z.string(),
});
named.add(step, { id: 'Step' });

export const packSummary = label.extend({ id: z.string(), version: z.string(), hash: z.string() });

export const packView = packSummary.extend({
  source: z.string(),
  calendar: z.string(),
  generalManager: z.string(),
  coordinator: z.array(z.string()),
  kinds: z.array(label.extend({ id: z.string(), form: z.string() })),
  roles: z.array(label.extend({ id: z.string(), clause: z.string(), aliases: z.array(z.string()) })),
  steps: z.array(step),
  forms: z.array(form),
  limits: z.array(
    label.extend({
      id: z.string(),
      clause: z.string(),
      hardness: z.enum(['hard', 'soft']),
      ladder: z.string(),
      source: z.string(),
      requirement: z.string(),
      rule: z.record(z.string(), z.unknown()),
    }),
  ),
  ladders: z.record(
    z.string(),
    z.array(
      z.object({
        role: z.string(),
        when: z.enum(['before', 'after']).optional(),
        percent: z.number().optional(),
        workdays: z.number().optional(),
        hours: z.number().optional(),
        repeatEveryWorkdays: z.number().optional(),
        afterWorkdays: z.number().optional(),
      }),
    ),
  ),
  tiers: z
    .record(z.string(), z.object({ sum: z.enum(['case', 'item']), rows: z.array(z.record(z.string(), z.unknown())) }))
    .describe('Bounds in fen: `upTo` includes its number, `below` does not'),
  switches: z.array(
    label.extend({
      id: z.string(),
      value: z.union([z.string(), z.number(), z.boolean()]),
      type: z.string(),
      clause: z.string(),
      options: z.array(z.string()),
    }),
  ),
});
named.add(packView, { id: 'Pack' });

export const packVersion = z.object({
  version: z.string(),
  hash: z.string(),
  standing: z
    .enum(['proposed', 'scheduled', 'active', 'superseded', 'withdrawn', 'rejected'])
    .describe('active: in force now; scheduled: approved, begins later; superseded: another has begun since'),
  activeFrom: instant.nullable().describe('null: not approved, or in force since the first start'),
  withdrawnAt: instant.nullable(),
  reason: z.string().nullable().describe('Of the case that approved or withdrew it'),
  case: z.string().nullable().describe('The case that proposed it; null = it came with a release'),
  createdAt: instant,
});
named.add(packVersion, { id: 'PackVersion' });

export const packVersionId = z.string().regex(/^(\d{1,6}\.\d{1,6}\.\d{1,6}|[0-9a-f]{64})$/, 'a version such as 1.1.0, or the hash of one');

export const difference = z.object({
  path: z.string(),
  from: z.unknown().optional().describe('Absent: the place is new'),
  to: z.unknown().optional().describe('Absent: the place is gone'),
});

export const proposalBody = z
  .strictObject({
    yaml: z.string().min(1).optional().describe('The candidate as the text of its pack.yaml'),
    pack: z.record(z.string(), z.unknown()).optional().describe('The candidate as the same content in JSON'),
    reason: z.string().min(1).max(20_000),
    activeFrom: instantIn.optional().describe('From when; default: the approval'),
    case: caseNumber.optional().describe('The open proposal that this is the next draft of'),
  })
  .refine((body) => (body.yaml === undefined) !== (body.pack === undefined), { error: 'either yaml or pack' });
named.add(proposalBody, { id: 'PackProposal' });

export const withdrawalBody = z.strictObject({
  reason: z.string().min(1).max(20_000),
  version: packVersionId.optional().describe('Default: the version in force'),
});
named.add(withdrawalBody, { id: 'PackWithdrawal' });
