/** Responsible department: own handling, or passed on with a named person and a clock of its own (3.4.2). */
import type { RoleId } from '../../domain/pack.ts';
import type { Case } from '../kit/case.ts';

/**
 * A department has three working days from receiving the information to report back (3.4.2.2); a tracker stays with
 * the service department either way (X12). Passing it on to another department ends the first one's duty.
 */
export function passToDepartment(c: Case): void {
  c.offer<{ department: RoleId; person?: string }>(
    'route',
    ({ facts, occurredAt }) => {
      c.lapse('departmentFeedback', 'passed on');
      c.know({ department: facts.department, ...(facts.person === undefined ? {} : { departmentPerson: facts.person }) }, '3.4.2.1');
      c.tell(facts.department, 'passed-on', '3.4.2');
      c.owe('departmentFeedback', { by: [facts.department], within: 'departmentFeedback', from: occurredAt });
    },
    { inOrder: true },
  );
}
