import { describe, expect, test } from 'vitest';
import { lackingForms, lackingToClose, stepFor } from '../../domain/case/closing.ts';
import { apply } from '../../domain/case/reduce.ts';
import { emptyCase, type CaseState, type TaskState } from '../../domain/case/state.ts';
import { loadPack } from '../../packs/load.ts';
import { carriedOut } from '../../workflows/stages/major.ts';

const step = (form?: string, requiredForms?: string[]) => ({
  by: ['sales'],
  clause: '1',
  ...(form === undefined ? {} : { form }),
  ...(requiredForms === undefined ? {} : { requiredForms }),
});
const rules = {
  closeRequires: { repair: ['completion', 'document:sheet'], major: ['report'] },
  steps: { 'plan.approve': step('sheet'), survey: step('sheet'), completion: step('own', ['sheet', 'own']), report: step() },
};
const state = (more: Partial<CaseState>): CaseState => ({ ...emptyCase, kind: 'repair', ...more });
const task = (one: string, more: Partial<TaskState> = {}): TaskState => ({
  id: `${one}#2`,
  step: one,
  by: ['sales'],
  round: 1,
  optional: false,
  escalation: false,
  status: 'open',
  openedAt: 0,
  segments: [],
  ...more,
});

describe('before a case closes', () => {
  test('the steps of its kind and of its severity at closing are answered, the forms filed [CS19.Q5 CS19.Q6]', () => {
    expect(lackingToClose(state({}), rules)).toEqual(['completion', 'document:sheet']);
    expect(lackingToClose(state({ severity: 'major' }), rules)).toEqual(['completion', 'document:sheet', 'report']);
    expect(lackingToClose(state({ answers: { completion: {}, survey: {} } }), rules)).toEqual([]);
    expect(lackingToClose(state({ answers: { survey: {} } }), rules, 'completion')).toEqual([]);
  });

  test('what was answered and is owed again is lacking; what is only offered again is not', () => {
    const answers = { completion: {}, survey: {}, report: {} };
    const open = (more: Partial<TaskState>) => state({ severity: 'major', answers, tasks: { a: task('report', more) } });
    expect(lackingToClose(open({}), rules)).toEqual(['report']);
    expect(lackingToClose(open({ optional: true }), rules)).toEqual([]);
    expect(lackingToClose(open({ status: 'lapsed' }), rules)).toEqual([]);
  });

  test('a form is seen to at the step that files it, a decision at none', () => {
    expect(stepFor('completion', rules)).toBe('completion');
    expect(stepFor('document:sheet', rules)).toBe('survey');
    expect(stepFor('plan.approve', rules)).toBeUndefined();
    expect(stepFor('document:none', rules)).toBeUndefined();
  });
});

test('the forms that a step requires are filed before it or by itself', () => {
  expect(lackingForms(state({}), rules, 'completion')).toEqual(['sheet']);
  expect(lackingForms(state({ answers: { survey: {} } }), rules, 'completion')).toEqual([]);
  expect(lackingForms(state({}), rules, 'report')).toEqual([]);
});

test('a case opens at the severity that its opening names; older ones opened at ordinary', () => {
  const data = { number: 'A', kind: 'k', facts: {}, pack: { id: 'p', version: '1', hash: 'h' }, calendar: { id: 'cn', version: '1' } };
  const opened = (more: object) =>
    apply(emptyCase, { seq: 1, kind: 'opened', occurredAt: 1, recordedAt: 1, data: { ...data, ...more } }).severity;
  expect(opened({ severity: 'light' })).toBe('light');
  expect(opened({})).toBe('ordinary');
});

test('what the flow of a major complaint owes is what its pack requires before closing', () => {
  const { rules: shipped } = loadPack('s3-cs19');
  expect(shipped.closeRequires!['major']!.toSorted()).toEqual(carriedOut.toSorted());
  expect(shipped.closeRequires!['difficult']).toEqual(['specialReport']);
  expect(shipped.coordinator).toContain('caseHandler');
  expect(shipped.steps['assign']!.by).toContain('caseHandler');
});
