/** What an emergency grant is good for. */
import { expect, test } from 'vitest';
import { grantFor, type EmergencyGrant } from '../../domain/authority/emergency.ts';
import { EDITION } from '../../domain/case/edition.ts';
import type { TaskState } from '../../domain/case/state.ts';

const task = { id: 'estimate.approve#2', step: 'estimate.approve', by: ['manager'], escalation: false, proposal: { name: 'estimate' } } as unknown as TaskState; // prettier-ignore
const grant: EmergencyGrant = { id: '1', role: 'manager', step: 'estimate.approve', asked: 'a', granted: 'b' };

test.each([
  ['the task that it names', { ...grant, task: task.id }, EDITION, true],
  ['another task of the step', { ...grant, task: 'estimate.approve#1' }, EDITION, false],
  ['none, where it names none', grant, EDITION, false],
  ['any of its step, in a case of before the seventh edition', grant, 6, true],
  ['that too where the case does not say its edition', grant, undefined, true],
  ['no task of another role', { ...grant, task: task.id, role: 'sales' }, EDITION, false],
] as const)('it is good for %s', (_, given, edition, good) => {
  expect(grantFor([given], task, edition === undefined ? {} : { edition }) !== undefined).toBe(good);
});
