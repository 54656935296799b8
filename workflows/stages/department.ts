/** Responsible department: own handling, or passed on with a named person and a clock of its own (3.4.2). */
import type { RoleId } from '../../domain/pack.ts';
import type { Case } from '../kit/case.ts';

/**
 * The responsible department is found, which may be one's own [CS19.P3], or it is passed on to another with a person named
 * [CS19.P4]. A department has three working days from receiving the information to report back [CS19.D2]; a tracker stays with
 * the service department either way [CS19.X12]. Passing it on to another department ends the first one's duty.
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
