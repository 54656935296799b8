/** Cause and responsibility of a complaint (4.1.3, 4.1.4). */
import { checkAnalysis } from '../../domain/customer-feedback/cause.ts';
import type { RoleId, StepId } from '../../domain/pack.ts';
import type { Instant } from '../../domain/time.ts';
import type { Case } from '../kit/case.ts';
import { minutesOf } from '../stages/meeting.ts';
import { actOn } from './action.ts';
import type { Action, Cause } from './facts.ts';

export const causeSteps: readonly StepId[] = ['causeAnalysis', 'negotiation', 'qualityMeeting'];

/** The business department calls the departments together, which judge cause and responsibility [FB.P5c FB.D6]. @throws Lapsed when it is not asked for any more */
export async function seekCause(c: Case): Promise<true> {
  const { facts, occurredAt } = await c.ask<Cause>('causeAnalysis', {
    guard: (answer) => {
      const { participants = [], absent = [] } = answer.facts as Partial<Cause>;
      return checkAnalysis(departmentsAsked(c), participants, absent);
    },
  });
  const { fault, department } = facts;
  if (fault !== undefined) c.know({ fault, ...(department === undefined ? {} : { responsibleDepartment: department }) }, '4.1.3');
  await Promise.all([negotiate(c, occurredAt), fault === 'company' ? meet(c, department, occurredAt) : undefined]);
  return true;
}

/** Once the cause is judged the office negotiates with the customer; the business department stays the channel [FB.R7 FB.X2]. */
async function negotiate(c: Case, judgedAt: Instant): Promise<void> {
  await c.ask('negotiation', { by: [String(c.switch('negotiator'))], from: judgedAt });
  c.tell(String(c.switch('customerChannel')), 'negotiated', '4.1.3');
}

/** Our fault: the office calls the quality analysis meeting, whose minutes name who owes what by when [FB.P6 FB.F6]. */
async function meet(c: Case, department: RoleId | undefined, judgedAt: Instant): Promise<void> {
  const guard = minutesOf({ invited: department === undefined ? [] : [department] });
  actOn(c, await c.ask<Action>('qualityMeeting', { from: judgedAt, guard }));
}

/** Whom the form went to when the feedback was classified. */
function departmentsAsked(c: Case): readonly RoleId[] {
  const asked = c.state.known['departments'];
  return Array.isArray(asked) ? asked : [];
}
