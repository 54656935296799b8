/** The heads of the departments concerned fix who deals with a complaint (6.8.3). */
import type { Case } from '../kit/case.ts';
import { minutesOf } from '../stages/meeting.ts';
import type { Heads } from './facts.ts';

/**
 * Called by marketing: the meeting fixes the accepting unit, the person responsible and the person in charge, and the department
 * that owes the plan [TS.P3]; its minutes say who took part, who was invited and did not come, and by when the plan is due.
 */
export async function headsMeet(c: Case): Promise<void> {
  c.enter('meeting');
  const { facts, unrecorded } = await c.ask<Heads>('meeting', {
    guard: (answer) => {
      const { department, invited = [] } = answer.facts as unknown as Heads;
      return minutesOf({ invited })({ ...answer, facts: { ...answer.facts, owner: department } });
    },
  });
  if (unrecorded) return;
  const { department, acceptingPerson, personInCharge } = facts;
  c.know({ department, acceptingPerson, personInCharge }, '6.8.3');
  c.tell(department, 'responsible-for-complaint', '6.8.3');
}
