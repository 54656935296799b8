/** Whose cause it is, and what the customer hears when it is not ours (二(二)2). */
import { checkAnalysis, shown, type Findings } from '../../domain/cement/analysis.ts';
import type { Case } from '../kit/case.ts';
import type { Decision } from './decision.ts';
import type { Analysis, Explanation } from './facts.ts';
import { findProduct } from './first-response.ts';

/** Cause and responsibility; the departments named hear the result. Complaints of any cause go the same way [CEM.P4]. */
export async function analyse(c: Case): Promise<Analysis> {
  c.enter('analysis');
  const { facts, unrecorded } = await c.ask<Analysis>('analysis', {
    from: c.acceptedAt,
    guard: (answer) => checkAnalysis(answer.facts as unknown as Findings),
  });
  if (unrecorded) return { cause: 'other', ourFault: true, analysedBy: [] };
  c.know({ cause: facts.cause, ourFault: facts.ourFault }, '二(二)2');
  for (const department of facts.reportedTo ?? []) c.tell(department, 'investigation', '二(三)质检部5');
  if (facts.cause === 'quality') findProduct(c);
  return facts;
}

/**
 * Not our cause: explained with the appraisal and its grounds, further steps discussed, answered in writing. Until both have
 * been shown the explanation stays owed, and the case does not close [CEM.P4a].
 */
export async function explain(c: Case, decision: Decision): Promise<void> {
  c.lapse('departmentNotice', 'not our cause');
  c.enter('explanation');
  for (;;) {
    const { facts, occurredAt, unrecorded } = await c.ask<Explanation>('explanation');
    if (!unrecorded && !shown(facts)) continue;
    c.know({ outcome: 'not-our-cause' }, '二(二)2');
    c.tell('companyLeader', 'not-our-cause', '二(三)质检部9');
    return decision.made(occurredAt);
  }
}
