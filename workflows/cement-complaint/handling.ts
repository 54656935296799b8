/** From the plan that stands to the answer of those concerned (二(二)4, 二(三)质检部9, 信息反馈(二)-(七)). */
import { refuse } from '../../domain/errors.ts';
import type { Case } from '../kit/case.ts';
import type { Effect, Intake, Opinion, Satisfaction } from './facts.ts';
import type { Matter } from './plan.ts';

/** The solution is carried out and tracked to its end [CEM.P10]; meanwhile engineering sees that it does not happen again. */
export async function carryOut(c: Case): Promise<void> {
  c.enter('carryOut');
  improve(c);
  await c.ask('carryOut');
}

/** A measure against recurrence, and its effect confirmed; without effect, another measure [CEM.P11]. */
function improve(c: Case): void {
  if (c.owes('improvement') || c.owes('improvementEffect') || c.state.known['improved'] === true) return;
  c.owe('improvement', {
    done: () =>
      c.owe<Effect>('improvementEffect', {
        done: ({ facts, unrecorded }) => {
          if (unrecorded || facts.effective) c.know({ improved: true }, '二(三)质检部7');
          else improve(c);
        },
      }),
  });
}

/**
 * The handler signs an explicit opinion and hands the material to the person in charge [CEM.P12]: with that it is handled, and
 * the superiors hear the result [CEM.P13 CEM.D5 CEM.Q1].
 */
export async function signOpinion(c: Case, { decision }: Matter): Promise<void> {
  c.enter('opinion');
  const { facts, occurredAt, unrecorded } = await c.ask<Opinion>('handlingOpinion', {
    guard: (answer) => (answer.facts['signed'] === true ? undefined : refuse('bad-facts', 'signed')),
  });
  if (!unrecorded) c.know({ personInCharge: facts.handedTo }, '信息反馈(六)');
  decision.made(occurredAt);
  if (!c.owes('reportToSuperiors')) c.owe('reportToSuperiors', { from: occurredAt });
}

/** Both sides are asked whether they are satisfied with the handling; the other side only where there is one [CEM.P14]. */
export async function bothSatisfied(c: Case, { respondent }: Intake, { decision }: Matter): Promise<boolean> {
  c.enter('satisfaction');
  const { facts, occurredAt, unrecorded } = await c.ask<Satisfaction>('satisfaction', {
    guard: (answer) =>
      respondent === true && answer.facts['respondentSatisfied'] === undefined ? refuse('bad-facts', 'respondentSatisfied') : undefined,
  });
  if (unrecorded || (facts.complainantSatisfied && facts.respondentSatisfied !== false)) return true;
  dissatisfied(c, occurredAt);
  decision.voided();
  return false;
}

/** Either of them is not: the company hears of it, and the work goes on [CEM.P15 CEM.D9]. */
function dissatisfied(c: Case, since: number): void {
  c.tell('companyLeader', 'dissatisfied', '信息反馈(三)');
  c.owe('reportToCompany', { from: since });
  c.nextRound();
}
