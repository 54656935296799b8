import { z } from 'zod';
import { problemCodes } from '../problems/catalogue.ts';
import { caseNumber, instantIn, packId, taskId } from './common.ts';
import { named } from './registry.ts';

/** Documentation of the header; `keyOf` judges it, because a missing key is a problem of its own. */
export const idempotent = z.looseObject({
  'idempotency-key': z
    .string()
    .optional()
    .describe('Required. 1 to 200 visible ASCII characters; the same key again gives the first outcome'),
  prefer: z.string().optional().describe('`respond-async`: do not wait for the verdict'),
});

/** As filled in; what it may hold the form of the step says (`/api/packs/{id}`). */
const form = z.record(z.string().max(64), z.unknown()).describe('Fields of the step’s form');

export const openBody = z.strictObject({
  pack: packId.optional().describe('Left out: the default pack'),
  kind: z.string().max(64),
  occurredAt: instantIn.optional(),
  form,
});
named.add(openBody, { id: 'OpenCase' });

export const submitBody = z.strictObject({
  task: taskId.optional().describe('Where the step alone could mean several tasks'),
  occurredAt: instantIn.optional().describe('When it happened; default: now'),
  form,
});
named.add(submitBody, { id: 'Submit' });

export const actBody = z.strictObject({ occurredAt: instantIn.optional(), form });
named.add(actBody, { id: 'Act' });

/** What became of a request. `decided`: in the record up to `seq`. `received`: kept, going to be decided. */
export const receipt = z.object({
  status: z.enum(['decided', 'received']),
  number: caseNumber,
  key: z.string(),
  seq: z.number().int().optional().describe('Last event of what it brought about; only when decided'),
});
named.add(receipt, { id: 'Receipt' });
export type Receipt = z.output<typeof receipt>;

export const requestStatus = z.object({
  status: z.enum(['decided', 'received', 'refused']),
  number: caseNumber,
  key: z.string(),
  seq: z.number().int().optional(),
  code: z.enum(problemCodes).optional().describe('Why it was refused'),
  title: z.string().optional(),
  detail: z.string().optional(),
});
named.add(requestStatus, { id: 'RequestStatus' });
