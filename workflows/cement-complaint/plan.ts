/** How a serious complaint, or one of principle, comes to the plan that stands (二(二)3, 信息反馈(四), 二(三)质检部6). */
import { refuse, type Refusal } from '../../domain/errors.ts';
import type { Answered, Case } from '../kit/case.ts';
import { Lapsed } from '../kit/errors.ts';
import type { Message } from '../kit/messages.ts';
import { toVersion } from '../stages/approval.ts';
import { minutesOf } from '../stages/meeting.ts';
import type { Decision } from './decision.ts';
import type { Agreement, BuilderAcceptance, Meeting, Solution } from './facts.ts';

/** What a plan needs to know of the case. */
export interface Matter {
  readonly decision: Decision;
  /** Quality is at fault at a construction site: the builder must accept the plan. */
  builderMustAccept(): boolean;
}

/**
 * Serious: the handling form, with the product's remedy by production [CEM.P5b CEM.P6], the solution that the two departments
 * found together [CEM.P7], the customer's agreement, the approval of all departments. What is refused anywhere goes back to the
 * solution; what the departments refused comes back within `nextVersion`.
 */
export async function agreedPlan(c: Case, matter: Matter): Promise<void> {
  c.enter('plan');
  if (c.state.answers['remedy'] === undefined) await c.ask('remedy');
  let refused = false;
  for (let given: Answered<Solution> | undefined; ;) {
    c.enter('plan');
    proposeToBuilder(c, matter);
    const solution: Answered<Solution> =
      given ?? (await c.ask<Solution>('solution', { within: refused ? 'nextVersion' : null, guard: bothDiscussed }));
    given = undefined;
    refused = false;
    if (!(await customerAgrees(c))) continue;
    c.enter('approval');
    const revision = mayRevise(c);
    const outcome = await approvedByAll(c, solution);
    c.lapse('solution', outcome);
    given = revision.solution;
    if (outcome === 'superseded' && given === undefined) throw new Lapsed('class changed');
    refused = outcome === 'rejected';
    if (outcome === 'approved' && (await stands(c, matter))) return;
  }
}

/** While the departments decide, the two that drew it up may put another version in its place. */
function mayRevise(c: Case): { solution?: Answered<Solution> } {
  const revision: { solution?: Answered<Solution> } = {};
  c.offer<Solution>(
    'solution',
    (answer) => {
      revision.solution = answer;
      c.lapse('solution.approve', 'superseded');
    },
    { once: true, after: c.now, guard: bothDiscussed },
  );
  return revision;
}

/**
 * Principle or major: the company meets; its minutes say the plan and whether the authorities are told, and its decision stands
 * in the place of the departments' approval [CEM.P5c CEM.T2]. Then the customer, as with a serious one.
 */
export async function meetingsPlan(c: Case, matter: Matter): Promise<void> {
  for (;;) {
    c.enter('meeting');
    proposeToBuilder(c, matter);
    const met = await c.ask<Meeting>('meeting', { guard: minutesOf() });
    c.know({ notifyAuthorities: met.facts.notifyAuthorities === true }, '信息反馈(四)');
    notifyAuthorities(c, met);
    c.enter('plan');
    if ((await customerAgrees(c)) && (await stands(c, matter))) return;
  }
}

/** The meeting said yes: the notice is owed, and the case does not close without it [CEM.Q5]. It said no: nothing is owed. */
function notifyAuthorities(c: Case, { facts, occurredAt }: Answered<Meeting>): void {
  if (facts.notifyAuthorities !== true) return c.lapse('authorityNotice', 'the meeting decided otherwise');
  if (c.state.answers['authorityNotice'] === undefined && !c.owes('authorityNotice')) c.owe('authorityNotice', { from: occurredAt });
}

function bothDiscussed({ facts }: Message): Refusal | undefined {
  const { discussedBy = [] } = facts as unknown as Partial<Solution>;
  const missing = ['generalManagement', 'market'].find((role) => !discussedBy.includes(role));
  return missing === undefined ? undefined : refuse('participant-missing', missing);
}

/** The solution is agreed with the customer before anybody decides on it [CEM.P8]. */
async function customerAgrees(c: Case): Promise<boolean> {
  const { facts, unrecorded } = await c.ask<Agreement>('customerAgreement');
  return unrecorded || facts.agreed;
}

/** All departments of the pack's list at once; one refusal voids all votes of the version [CEM.P9]. */
function approvedByAll(c: Case, solution: Answered<Solution>): Promise<'approved' | 'rejected' | 'superseded'> {
  const chain = c.rules.chains?.['serious'];
  if (chain === undefined) throw new RangeError(`pack ${c.rules.id} does not say who approves a serious complaint`);
  const { mode, clause, chain: links } = chain;
  return c.decide({
    name: 'solution',
    step: 'solution.approve',
    ...toVersion(solution, 'solution'),
    tier: { id: 'serious', clause, chain: links },
    ...(mode === undefined ? {} : { mode }),
  });
}

/** It is decided. At a site the builder accepts what was decided, else it is decided anew [CEM.X3]. */
async function stands(c: Case, { decision, builderMustAccept }: Matter): Promise<boolean> {
  decision.made(c.now);
  c.lapse('builderAcceptance', 'decided');
  if (!builderMustAccept()) return true;
  c.enter('builder');
  const { facts, unrecorded } = await c.ask<BuilderAcceptance>('builderAcceptance');
  if (unrecorded || facts.accepted) return true;
  decision.voided();
  return false;
}

/** What the builder says on site before the decision is a proposal: kept, and no acceptance of the plan. */
function proposeToBuilder(c: Case, { builderMustAccept }: Matter): void {
  if (!builderMustAccept() || c.state.known['builderProposal'] === true) return;
  c.lapse('builderAcceptance', 'asked anew');
  c.offer<BuilderAcceptance>('builderAcceptance', () => c.know({ builderProposal: true }, '二(三)质检部6'), { once: true, after: c.now });
}
