import { z } from 'zod';
import { actor, instant, label, secrecy, yuan } from './common.ts';
import { decisionMade } from './decisions.ts';
import { named } from './registry.ts';

export const caseSummary = z.object({
  number: z.string(),
  pack: z.string(),
  kind: z.string(),
  severity: z.string(),
  stage: z.string(),
  status: z.enum(['open', 'closed']),
  reason: z.string().nullable(),
  round: z.number().int(),
  openedAt: instant,
  closedAt: instant.nullable(),
  nextDueAt: instant.nullable().describe('Earliest due instant among running clocks'),
  nextDueProvisional: z.boolean().describe('It reaches into a year whose days off are not known yet'),
  breaches: z.number().int(),
  escalations: z.number().int(),
  escalatedTo: z.string().nullable(),
  unit: z.string().nullable(),
  secrecy,
  needsOperators: z.boolean(),
  seq: z.number().int(),
});
named.add(caseSummary, { id: 'CaseSummary' });

export const clock = z.object({
  id: z.string(),
  limit: z.string(),
  label: label.nullable(),
  clause: z.string().nullable(),
  hardness: z.enum(['hard', 'soft']),
  round: z.number().int(),
  startAt: instant,
  dueAt: instant,
  due: z.string().describe('As people say it: `2026-10-15 24:00:00`, Beijing'),
  provisional: z.boolean(),
  status: z.enum(['running', 'met', 'breached', 'excused', 'stopped']),
  doneAt: instant.nullable(),
  lateByMs: z.number().int().nullable(),
  noticedAt: instant.nullable().describe('When a breach was recorded'),
  outageMs: z.number().int().nullable().describe('How long a breach went unnoticed because the system was out'),
  moves: z.array(z.object({ from: instant, to: instant, consentAt: instant })),
  recomputed: z.array(z.object({ from: instant, to: instant })).describe('By a newer pack or calendar'),
});
named.add(clock, { id: 'Clock' });

export const task = z.object({
  id: z.string(),
  step: z.string(),
  label: label.nullable(),
  clause: z.string().nullable(),
  roles: z.array(z.string()),
  round: z.number().int(),
  optional: z.boolean().describe('May be done, is not owed'),
  escalation: z.boolean(),
  holder: z.string().nullable(),
  openedAt: instant,
  dueAt: instant.nullable(),
  breached: z.boolean(),
  provisional: z.boolean().describe('Its due instant reaches into a year whose days off are not known yet'),
  proposal: z.object({ name: z.string(), version: z.number().int(), hash: z.string(), amount: yuan.nullable() }).nullable(),
  deciders: z
    .array(
      z.object({
        person: z.string(),
        name: z.string(),
        role: z.string(),
        for: z.string().nullable().describe('The person in whose place they may decide'),
        delegation: z.string().nullable().describe('By which delegation; null: their own role, or as a substitute'),
      }),
    )
    .optional()
    .describe('Of approvals and escalations of one case: who may decide now'),
});
named.add(task, { id: 'Task' });

export const proposal = z.object({
  name: z.string(),
  version: z.number().int(),
  hash: z.string(),
  amount: yuan.nullable().describe('Null where no money is decided on'),
  sum: yuan.nullable().describe('What the tier was chosen by'),
  mode: z.enum(['inOrder', 'all']).describe('all: every link is asked at once and must approve'),
  tier: z.string(),
  chain: z.array(z.object({ act: z.enum(['review', 'approve']), role: z.string() })),
  by: z.array(z.string()).describe('Who drew it up: they may not decide it'),
  outcome: z.enum(['approved', 'rejected', 'superseded']).nullable(),
  decisions: z.array(
    z.object({
      version: z.number().int(),
      act: z.enum(['review', 'approve']),
      decision: z.enum(['approve', 'reject']),
      actor: z.object({
        person: z.string(),
        role: z.string(),
        for: z.string().optional().describe('The person in whose place they decided'),
        delegation: z.string().optional().describe('By which delegation'),
        emergency: z.string().optional().describe('Break-glass: by which emergency grant'),
      }),
      at: instant,
    }),
  ),
});
named.add(proposal, { id: 'Proposal' });

export const facts = z.record(z.string(), z.unknown()).describe('As recorded: amounts in fen, instants in epoch milliseconds');

export const caseView = caseSummary.extend({
  packVersion: z.string(),
  packHash: z.string(),
  calendar: z.string(),
  calendarVersion: z.string(),
  of: z.string().nullable().describe('The case this one is a duplicate of'),
  responseDue: clock.nullable().describe('The case’s first promise in this round'),
  closureDue: clock.nullable(),
  clocks: z.array(clock),
  tasks: z.array(task).describe('Open tasks'),
  next: z.array(z.string()).describe('Steps that may be done now'),
  proposals: z.array(proposal),
  decisions: z.array(decisionMade).describe('What people have put their name to; the texts: `GET …/decisions`'),
  known: facts,
  answers: z.record(z.string(), facts).describe('Latest facts of each step'),
  withheld: z
    .array(z.string())
    .describe('Steps whose form carries a label above the reader’s; since the first of them `known` and amounts are left out, too'),
});
named.add(caseView, { id: 'Case' });

export const eventView = z.object({
  seq: z.number().int(),
  kind: z.string(),
  occurredAt: instant.describe('When it happened, as a person states it'),
  recordedAt: instant.describe('When the system learnt it'),
  clause: z.string().nullable(),
  actor: actor.nullable(),
  past: z.boolean(),
  outside: z.boolean().describe('Its message came to the case past the desk: nobody vouches for who said it'),
  forged: z.string().nullable().describe('Why its message is not the desk’s, although it claims to be; then no effect is carried out'),
  data: facts,
  withheld: z.boolean().describe('Something of it stands in a form above the reader’s label, or may rest on one, and is left out'),
  hash: z.string().nullable().describe('Link of the hash chain; null from the first withheld event on'),
});
named.add(eventView, { id: 'Event' });
export const eventPage = z.object({
  items: z.array(eventView),
  next: z.number().int().nullable().describe('`after` of the next page; null = this is the last'),
});
