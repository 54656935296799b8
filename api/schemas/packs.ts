import { z } from 'zod';
import { label } from './common.ts';
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
export const packList = z.object({ items: z.array(packSummary) });

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
