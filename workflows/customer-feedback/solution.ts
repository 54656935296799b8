/** Answer, plan and decision: from the judgement to what the customer was told (4.3.2). */
import { refuse } from '../../domain/errors.ts';
import type { Instant } from '../../domain/time.ts';
import type { Case } from '../kit/case.ts';
import { Lapsed } from '../kit/errors.ts';
import { approveVersions, toVersion } from '../stages/approval.ts';
import { nothingElseOwed } from '../stages/nothing-owed.ts';
import type { FeedbackWay } from './class.ts';
import { acknowledged } from './duties.ts';

/** General: the business department answers and records; the answer is what it proposes [FB.P5a]. Returns when it answered. */
export async function answerDirectly(c: Case, plan: string): Promise<Instant> {
  c.enter('answer');
  const { occurredAt } = await c.ask('directAnswer');
  c.meet(plan, occurredAt);
  acknowledged(c, occurredAt);
  c.lapse('departmentOpinion', 'answered');
  return occurredAt;
}

/** Important information and complaints: judged, planned within ten working days, decided, carried out, told [FB.P8 FB.P9 FB.P10]. */
export async function solve(c: Case, way: FeedbackWay, plan: string): Promise<Instant> {
  if (!(await justified(c, way))) {
    const answered = await answerTactfully(c, way, plan);
    if (answered !== undefined) {
      way.settled = true;
      return answered;
    }
  }
  await plannedAndDecided(c, way, plan);
  c.enter('carryOut');
  const done = await c.ask('carryOut');
  c.enter('telling');
  const told = await c.ask('resultTold', { from: done.occurredAt }); //               尽快: recorded, not timed [FB.D4 FB.D5]
  return told.occurredAt;
}

/** Whether the demand is justified; a pack may leave the test out. */
async function justified(c: Case, way: FeedbackWay): Promise<boolean> {
  if (c.switch('validityTest') !== true) return true;
  c.enter('judgement');
  const { facts } = await c.ask<{ justified?: boolean }>('judgement');
  return judged(c, way, facts.justified ?? true);
}

function judged(c: Case, way: FeedbackWay, is: boolean): boolean {
  c.know({ justified: is }, '4.3.2');
  way.duties.serve();
  return is;
}

/** Not justified: a tactful answer, which meets the plan's limit (readings 16). Undefined: judged anew as justified, with a note. */
async function answerTactfully(c: Case, way: FeedbackWay, plan: string): Promise<Instant | undefined> {
  c.enter('tactfulAnswer');
  let anew = false;
  c.offer<{ justified: boolean; note?: true }>(
    'judgement',
    ({ facts }) => {
      if (!facts.justified) return;
      anew = judged(c, way, true);
      c.lapse('tactfulAnswer', 'judged anew', 'goes-on');
    },
    { once: true, after: c.now, guard: ({ facts }) => (facts['note'] === true ? undefined : refuse('note-missing', 'judgement')) },
  );
  try {
    const { occurredAt } = await c.ask('tactfulAnswer', {
      clock: plan,
      guard: ({ facts }) =>
        c.switch('notValidReply') === 'with-grounds' && facts['grounds'] !== true ? refuse('reason-missing', 'grounds') : undefined,
    });
    acknowledged(c, occurredAt);
    c.lapse('departmentOpinion', 'answered');
    return occurredAt;
  } catch (lapsed) {
    if (!anew || !(lapsed instanceof Lapsed) || c.state.reason !== undefined) throw lapsed;
    return undefined;
  } finally {
    if (c.state.reason === undefined) c.lapse('judgement', 'answered');
  }
}

/**
 * Proposed within ten working days of the receipt, met by the first version whatever becomes of it [FB.D2 FB.X9]; the general
 * manager decides on every plan, whatever its size, within a limit of its own [FB.T2 FB.X5]. Nobody takes that decision away
 * by lowering the class.
 */
async function plannedAndDecided(c: Case, way: FeedbackWay, plan: string): Promise<void> {
  c.enter('cause');
  await way.duties.causeKnown();
  way.stillOn();
  c.enter('plan');
  const first = await c.ask('plan', { clock: plan });
  way.settled = true;
  c.lapse('departmentOpinion', 'plan proposed');
  c.enter('decision');
  const { chain, clause } = c.rules.chains?.[c.state.severity] ?? { chain: [], clause: '4.3.2' };
  const tier = { id: c.state.severity, clause, chain };
  await approveVersions(c, 'plan', toVersion(first), {
    read: (answer) => toVersion(answer),
    chain: () => (chain.length === 0 ? undefined : { tier, within: 'generalManagerDecision' }),
  });
}

/** The form is completed, and with it the case closes [FB.P11 FB.A1 FB.F1]. The instant of a dissatisfied opinion: next round. */
export async function fileAndClose(c: Case, toldAt: Instant): Promise<Instant | undefined> {
  c.enter('filing');
  let again: Instant | undefined;
  c.offer<{ satisfied: boolean }>(
    'opinion',
    ({ facts, occurredAt }) => {
      if (facts.satisfied) return;
      again = occurredAt;
      c.lapse('filing', 'dissatisfied');
    },
    { once: true, after: toldAt },
  );
  try {
    await c.ask('filing', { from: toldAt, guard: () => nothingElseOwed(c, 'filing') });
  } catch (lapsed) {
    if (again === undefined || !(lapsed instanceof Lapsed) || c.state.reason !== undefined) throw lapsed;
  }
  if (again === undefined) c.lapse('opinion', 'filed');
  return again;
}
