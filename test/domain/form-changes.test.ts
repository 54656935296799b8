/** Drafts and versions: what is missing, what is wrong, what was changed. */
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { draftState } from '../../domain/draft.ts';
import { formChanges } from '../../domain/form-changes.ts';
import type { FormField } from '../../domain/form.ts';

describe('changes of a sheet', () => {
  test('are named by field, with what stood there', () => {
    expect(formChanges({ a: '1', b: ['x'], c: true }, { a: '2', b: ['x'], d: 3 })).toEqual([
      { field: 'a', before: '1', after: '2' },
      { field: 'd', before: null, after: 3 },
      { field: 'c', before: true, after: null },
    ]);
  });

  const sheet = fc.dictionary(
    fc.constantFrom('a', 'b', 'c', '__proto__', 'toString'),
    fc.oneof(fc.string(), fc.boolean(), fc.array(fc.string())),
  );
  test.prop([sheet, sheet])('applied to the earlier one they give the later one', (before, after) => {
    const result = new Map(Object.entries(before));
    for (const { field, after: value } of formChanges(before, after)) {
      if (value === null) result.delete(field);
      else result.set(field, value as string);
    }
    expect(result).toEqual(new Map(Object.entries(after)));
    expect(formChanges(before, before)).toEqual([]);
  });
});

describe('a draft', () => {
  const fields: FormField[] = [
    { name: 'summary', type: 'text', required: true, zh: '摘要', en: 'summary' },
    { name: 'amount', type: 'money', required: true, zh: '金额', en: 'amount' },
    { name: 'reason', type: 'text', requiredWhen: { field: 'refused', equals: true }, zh: '理由', en: 'reason' },
    { name: 'refused', type: 'boolean', zh: '拒绝', en: 'refused' },
  ];
  const state = (form: Record<string, unknown>) => {
    const { missing, wrong } = draftState(fields, form, { role: () => undefined });
    return { missing: missing.map((p) => p.path), wrong: wrong.map((p) => p.path) };
  };

  test.each([
    [{}, ['summary', 'amount'], []],
    [{ summary: '  ', amount: '8.00' }, ['summary'], []],
    [{ summary: 'x', amount: 'eight', more: 1 }, [], ['more', 'amount']],
    [{ summary: 'x', amount: '8.00', refused: true }, ['reason'], []],
    [{ summary: 'x', amount: '8.00' }, [], []],
  ])('%j', (form, missing, wrong) => {
    expect(state(form)).toEqual({ missing, wrong });
  });
});
