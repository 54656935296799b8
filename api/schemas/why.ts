import { z } from 'zod';
import { clock, task } from './cases.ts';
import { instant } from './common.ts';
import { named } from './registry.ts';

export const why = z.object({ clock, lines: z.array(z.string()), rule: z.record(z.string(), z.unknown()) });

export const known = z.object({
  number: z.string(),
  at: instant,
  seq: z.number().int().describe('Last event that had been recorded'),
  stage: z.string(),
  status: z.enum(['open', 'closed']),
  round: z.number().int(),
  breaches: z.number().int(),
  clocks: z.array(z.object({ clock, lines: z.array(z.string()).describe('Line by line, in the language asked for') })),
  money: z
    .array(
      z.object({
        what: z.enum(['tier', 'auditor', 'orderClass', 'fund', 'retention']),
        lines: z.array(z.string()).describe('Line by line, in the language asked for'),
      }),
    )
    .describe(
      'Why this tier and these approvers, this auditor, this class; what is left and would be deducted, for who may see the account',
    ),
  tasks: z.array(task).describe('Open tasks'),
  told: z.array(
    z.object({
      at: instant,
      kind: z.string(),
      roles: z.array(z.string()),
      clock: z.string().nullable(),
      what: z.string().nullable().describe('Name of a notice of the procedure'),
    }),
  ),
});
named.add(known, { id: 'Known' });
