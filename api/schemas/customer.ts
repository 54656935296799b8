import { z } from 'zod';
import { instant, label } from './common.ts';
import { named } from './registry.ts';

export const trackingLink = z.object({
  id: z.string(),
  madeBy: z.string(),
  madeAt: instant,
  endsAt: instant,
  endedAt: instant.nullable().describe('Revoked, replaced or closed by too many wrong tails'),
  endedBy: z.string().nullable(),
  lockedUntil: instant.nullable(),
  reads: z.number().int().describe('How often it was used with the right tail'),
  readAt: instant.nullable(),
});
named.add(trackingLink, { id: 'TrackingLink' });

export const madeLink = z.object({
  id: z.string(),
  secret: z.string().describe('Told this once; only its hash is kept'),
  page: z.string().describe('The address for the customer; the secret stands after the #, which no server sees'),
  endsAt: instant,
});
named.add(madeLink, { id: 'MadeTrackingLink' });

const stage = label.extend({ since: instant });
export const tracking = z.object({
  number: z.string(),
  status: z.enum(['received', 'open', 'closed']).describe('`received`: not decided yet'),
  openedAt: instant.nullable(),
  round: z.number().int(),
  stage: label.extend({ since: instant.nullable() }),
  stages: z.array(stage).describe('In order, the present one last'),
  promises: z.array(
    z.object({
      what: label,
      dueAt: instant,
      provisional: z.boolean().describe('It may change when days off are announced'),
      late: z.boolean(),
      reason: label,
    }),
  ),
  contact: label.describe('Who calls the customer'),
  awaited: z
    .array(
      label.extend({
        what: z.enum(['opinion', 'consent']),
        request: z.string().optional().describe('Of a consent: what the answer names'),
        until: instant.optional().describe('Of a consent: the later time'),
        reason: z.string().optional().describe('Of a consent'),
      }),
    )
    .describe('What the customer is asked for'),
});
named.add(tracking, { id: 'Tracking' });

/** What a customer writes. */
export const wordsIn = z
  .string()
  .max(2_000)
  .refine((text) => text.trim() !== '' && text.isWellFormed() && !text.includes('\0'), 'some words');
export const grade = z.number().int().min(1).max(5).describe('5 is best');

export const customerOutcome = z.object({
  outcome: z
    .enum(['recorded', 'received', 'noted'])
    .describe('`recorded`: in the record of the case; `received`: going to be; `noted`: told to whoever looks after it'),
});
named.add(customerOutcome, { id: 'CustomerOutcome' });

export const intakes = z.object({
  items: z.array(
    label.extend({
      pack: z.string(),
      title: label,
      kind: z.string(),
      fields: z.array(
        label.extend({
          name: z.string(),
          type: z.string(),
          required: z.boolean(),
          options: z.array(label.extend({ value: z.string() })),
        }),
      ),
    }),
  ),
});

export const intakeReceipt = z.object({ status: z.enum(['decided', 'received']), number: z.string(), link: madeLink });
named.add(intakeReceipt, { id: 'IntakeReceipt' });

export const customerWord = z.object({
  id: z.string(),
  kind: z.enum(['solved', 'not-solved', 'message', 'photos', 'survey', 'consent']),
  round: z.number().int(),
  body: z.record(z.string(), z.unknown()),
  at: instant,
});
named.add(customerWord, { id: 'CustomerWord' });

export const consentAsked = z.object({
  id: z.string(),
  until: instant,
  reason: z.string(),
  complex: z.boolean(),
  askedBy: z.string(),
  askedAt: instant,
});
named.add(consentAsked, { id: 'ConsentAsked' });
export const consent = consentAsked.extend({
  consent: z.boolean().nullable().describe('Null: not answered'),
  words: z.string().nullable(),
  answeredAt: instant.nullable(),
});
