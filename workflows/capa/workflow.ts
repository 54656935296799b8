/** Corrective and preventive action, 《纠正和预防措施报告》: a case of its own that any pack may have (S1-FINDINGS, S4 4.1.4). */
import { barredFrom } from '../../domain/authority/duties.ts';
import { checkAssignment, checkVerification } from '../../domain/capa.ts';
import type { Instant } from '../../domain/time.ts';
import type { Answered, Case } from '../kit/case.ts';
import type { Closing, OpenCase } from '../kit/messages.ts';
import { runCase } from '../kit/run.ts';
import type { Assignment, Effect, Verification } from './facts.ts';

export async function capa(input: OpenCase): Promise<Closing> {
  return runCase(input, correctAndPrevent);
}

/** Owner, due date, evidence, verification, and a later look at the effect, which may open it again [FIND.X1 FB.F2]. */
async function correctAndPrevent(c: Case): Promise<void> {
  let owed = assigned(c.opening<Partial<Assignment>>()) ?? (await assign(c, c.acceptedAt));
  for (;;) {
    const { facts, occurredAt } = await carryOut(c, owed);
    if (facts.carriedOut === false) {
      owed = await assign(c, occurredAt); //                                         not done: owner and date anew
      continue;
    }
    c.enter('effectCheck');
    const checked = await c.ask<Effect>('effectCheck', { from: facts.effectCheckAt ?? occurredAt }); // not before that date
    c.know({ effective: checked.facts.effective ?? true });
    if (checked.facts.effective !== false) return;
    c.nextRound(); //                                                                no effect: opened again
    owed = await assign(c, checked.occurredAt);
  }
}

/** The meeting that asked for it has named owner and date; otherwise somebody does. */
function assigned({ facts: { owner, dueAt }, occurredAt }: Answered<Partial<Assignment>>): Assignment | undefined {
  return owner === undefined || dueAt === undefined || dueAt <= occurredAt ? undefined : { owner, dueAt };
}

async function assign(c: Case, from: Instant): Promise<Assignment> {
  c.enter('assignment');
  const { facts } = await c.ask<Assignment>('actionOwner', {
    from,
    guard: ({ facts: named, occurredAt }) => checkAssignment(named as unknown as Partial<Assignment>, occurredAt),
  });
  return facts;
}

/** By its owner with evidence, by the date; then somebody else verifies it. */
async function carryOut(c: Case, { owner, dueAt }: Assignment): Promise<Answered<Verification>> {
  c.know({ owner, dueAt });
  c.enter('action');
  const done = await c.ask('correctiveAction', { by: [owner], clock: c.watch('correctiveAction', { dueAt, of: [owner] }) });
  c.enter('verification');
  return c.ask<Verification>('verification', {
    from: done.occurredAt,
    notBy: barredFrom('action', 'verify', [{ act: 'carry-out', persons: [done.actor.person] }]),
    guard: ({ facts, occurredAt }) => checkVerification(facts as unknown as Verification, occurredAt),
  });
}
