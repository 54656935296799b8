import { z } from 'zod';
import { caseNumber, instant, instantIn, packId, stepId, taskId, yuan } from './common.ts';
import { named } from './registry.ts';

const person = z.string().min(1).max(64);
const role = z.string().min(1).max(64);
/** It is kept in the clear. */
const reason = z.string().min(1).max(500).describe('Names no customer');

export const delegationBody = z.strictObject({
  delegate: person.describe('Who may decide in my place; they cannot pass it on'),
  pack: packId,
  roles: z.array(role).min(1).max(50).optional().describe('Of mine in `pack`; default: all I hold there'),
  steps: z.array(stepId).min(1).max(50).optional().describe('Decisions, such as `estimate.approve`; default: all'),
  ceiling: z.string().max(20).optional().describe('Yuan, inclusive: above it the delegate may not decide'),
  from: instantIn,
  until: instantIn.describe('Exclusive'),
  reason,
});
named.add(delegationBody, { id: 'EnterDelegation' });

export const delegation = z.object({
  id: z.string(),
  principal: z.string(),
  delegate: z.string(),
  pack: z.string(),
  roles: z.array(z.string()).nullable(),
  steps: z.array(z.string()).nullable(),
  ceiling: yuan.nullable(),
  from: instant,
  until: instant,
  reason: z.string(),
  enteredAt: instant,
  endedAt: instant.nullable(),
  endedBy: z.string().nullable(),
});
named.add(delegation, { id: 'Delegation' });

export const emergencyBody = z.strictObject({
  case: caseNumber,
  task: taskId.describe('An open decision of the case'),
  person: person.optional().describe('Who is to decide; default: me. They must be able to see the case'),
  until: instantIn.describe('At most the hours that the pack allows (switch `emergencyHours`, 24)'),
  reason,
});
named.add(emergencyBody, { id: 'AskEmergencyGrant' });
export const grantBody = z.strictObject({ reason });
export const reviewBody = z.strictObject({
  rightDone: z.boolean().describe('What was decided by it was right to be decided so'),
  finding: reason,
});

export const emergencyGrant = z.object({
  id: z.string(),
  case: z.string(),
  pack: z.string(),
  task: z.string(),
  step: z.string(),
  role: z.string(),
  person: z.string(),
  askedBy: z.string(),
  askedAt: instant,
  reason: z.string(),
  eligible: z.array(z.string()).describe('Who could have decided when it was asked for'),
  until: instant,
  grantedBy: z.string().nullable(),
  grantedAt: instant.nullable(),
  grantReason: z.string().nullable(),
  endedBy: z.string().nullable().describe('Who has taken it back'),
  endedAt: instant.nullable(),
  endReason: z.string().nullable(),
  used: z.array(z.number().int()).describe('Events of the case that rest on it'),
  reviewDueAt: instant.nullable(),
  reviewOverdue: z.boolean(),
  reviewedBy: z.string().nullable(),
  reviewedAt: instant.nullable(),
  rightDone: z.boolean().nullable(),
  finding: z.string().nullable(),
});
named.add(emergencyGrant, { id: 'EmergencyGrant' });
/** In somebody's inbox. */
export const emergencyToDo = emergencyGrant.extend({ waitsFor: z.enum(['grant', 'review']).describe('What I may do with it now') });
/** With a decision that rests on it. */
export const emergencyOfDecision = emergencyGrant.pick({
  id: true,
  askedBy: true,
  askedAt: true,
  reason: true,
  grantedBy: true,
  grantedAt: true,
  grantReason: true,
  reviewedBy: true,
  reviewedAt: true,
  rightDone: true,
  finding: true,
});
