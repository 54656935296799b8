/** What a delegation covers: its steps, and money up to its ceiling. */
import { expect, test } from 'vitest';
import { coverage } from '../../domain/authority/delegation.ts';
import type { CaseState, TaskState } from '../../domain/case/state.ts';

const task = (proposal?: object): TaskState => ({ step: 'estimate.approve', by: ['manager'], escalation: proposal === undefined, ...(proposal && { proposal }) }) as unknown as TaskState; // prettier-ignore
const state = (sum?: number): Pick<CaseState, 'proposals'> => ({ proposals: { estimate: { ...(sum !== undefined && { sum }) } } }) as unknown as CaseState; // prettier-ignore
const estimate = (amount?: number) => task({ name: 'estimate', version: 1, ...(amount !== undefined && { amount }) });
const upTo = { id: '1', ceiling: 80_000 };

test.each([
  ['at the ceiling', estimate(80_000), undefined, 'covers'],
  ['a fen above', estimate(80_001), undefined, 'above'],
  ['the sum above', estimate(1), 80_001, 'above'],
  ['no amount', estimate(), undefined, 'above'],
  ['no amount of its own, though a sum below', estimate(), 10, 'above'],
  ['an escalation, which has no proposal', task(), undefined, 'above'],
] as const)('a ceiling means money: %s', (_, of, sum, expected) => {
  expect(coverage(upTo, of, state(sum))).toBe(expected);
});

test('without a ceiling what has no amount is covered; another step never is', () => {
  expect(coverage({ id: '1' }, estimate(), state())).toBe('covers');
  expect(coverage({ id: '1' }, task(), state())).toBe('covers');
  expect(coverage({ ...upTo, steps: ['determination'] }, estimate(1), state())).toBe('other-step');
});
