import { z } from 'zod';
import { instant, instantIn, label } from './common.ts';
import { named } from './registry.ts';

export const auditId = z.string().regex(/^[0-9a-f]{32}$/, 'the id of an audit');
export const period = {
  from: instantIn.describe('Beginning of the period, inside'),
  to: instantIn.describe('End of the period, outside: `2026-12-31 24:00`'),
};
export const auditBody = z.strictObject(period);
named.add(auditBody, { id: 'OpenAudit' });

export const markBody = z.strictObject({
  indicator: z.string().max(20).describe('Such as `GB.P9`'),
  applicable: z.boolean(),
  points: z.number().int().min(0).max(1000).describe('0 where it is not applicable'),
  reason: z.string().trim().min(1).max(2000),
});
named.add(markBody, { id: 'AuditMark' });

const mark = z.object({ applicable: z.boolean(), points: z.number(), reason: z.string() });
const result = z.object({
  lines: z.array(z.object({ indicator: z.string(), ...label.shape, evidence: z.number(), of: z.number(), mark: mark.nullable() })),
  won: z.number(),
  of: z.number(),
  score: z.string().nullable().describe('Of 100, two decimals; null when nothing is applicable'),
  band: label.nullable(),
  open: z.array(z.string()).describe('Indicators without a mark'),
});
const times = { from: instant, to: instant };
export const evidenceItem = z.object({
  indicator: z.string(),
  ...label.shape,
  text: label,
  points: z.number(),
  evidence: z.number(),
});
named.add(evidenceItem, { id: 'AuditEvidence' });

export const auditView = z.object({
  id: z.string(),
  ...times,
  person: z.string(),
  at: instant,
  result,
  issued: z.object({ person: z.string(), at: instant }).nullable(),
});
named.add(auditView, { id: 'Audit' });

export const auditItem = z.object({ id: z.string(), ...times, person: z.string(), issued: z.boolean() });
