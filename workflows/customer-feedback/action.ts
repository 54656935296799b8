/** Corrective and preventive action after a feedback (4.1.4, 4.3.2b): a case of its own. */
import { isoBeijing } from '../../domain/time.ts';
import type { Answered, Case } from '../kit/case.ts';
import { openBeside, seeCase } from '../stages/linked.ts';
import type { Action } from './facts.ts';

/** Where necessary a corrective and preventive action, a case of its own; one for the feedback [FB.P6 FB.F2 FB.R10]. */
export function actOn(c: Case, { facts, actor }: Answered<Action>): void {
  if (facts.correctiveAction !== true || c.state.known['correctiveAction'] === true) return;
  c.know({ correctiveAction: true }, '4.1.4');
  const { owner, dueAt } = facts;
  const form = { ...(owner === undefined ? {} : { owner }), ...(dueAt === undefined ? {} : { dueAt: isoBeijing(dueAt) }) };
  openBeside(c, 'capa', actor, { form: { ...form, finding: seeCase(c.state.number) } });
}
