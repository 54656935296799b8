import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readForm, type FormField } from '../../domain/form.ts';
import { MAX_TEXT } from '../../domain/read-field.ts';
import { resolveRole } from '../../domain/pack.ts';
import { parseBeijing } from '../../domain/time.ts';
import { loadPack } from '../../packs/load.ts';

const pack = loadPack('s3-cs19');
const resolver = { role: (name: string) => resolveRole(pack, name) };
const form = (id: string) => pack.forms[id]!.fields;
const read = (id: string, input: unknown) => readForm(form(id), input, resolver);
const problem = (fields: readonly FormField[], input: unknown) => {
  const result = readForm(fields, input, resolver);
  if (result.ok) throw new Error('was taken');
  return result.problems;
};
const one = (type: FormField['type'], extra: Partial<FormField> = {}): FormField[] => [
  { name: 'it', zh: '栏', en: 'field', type, fact: true, ...extra },
];
const fact = (fields: readonly FormField[], value: unknown) => {
  const result = readForm(fields, { it: value }, resolver);
  return result.ok ? result.facts['it'] : result.problems[0]!.code;
};

describe('a form', () => {
  test('becomes facts for the decision and a document for the record', () => {
    expect(
      read('intake', {
        channel: 'hotline',
        provisionalEstimate: '8,600.00',
        unit: 'DEMO-1-101',
        summary: '窗户漏水',
        telephone: null,
        address: '  ',
      }),
    ).toEqual({
      ok: true,
      facts: { channel: 'hotline', provisionalEstimate: 860_000, unit: 'DEMO-1-101' },
      document: { channel: 'hotline', provisionalEstimate: '8600.00', unit: 'DEMO-1-101', summary: '窗户漏水' },
    });
  });

  test('takes roles by id, Chinese name or alias, each once', () => {
    const result = read('survey', {
      trades: 'single',
      responsible: 'builder',
      signedBy: ['客户服务部', 'property', '小区物业处', '维修队长'],
      estimate: 500,
    });
    expect(result).toMatchObject({ ok: true, facts: { signedBy: ['customerService', 'property', 'teamLeader'], estimate: 50_000 } });
  });

  test('gives the wording of a text fact to the document only', () => {
    const result = read('decision', { decision: 'reject', reason: '单价过高' });
    expect(result).toEqual({ ok: true, facts: { decision: 'reject', reason: true }, document: { decision: 'reject', reason: '单价过高' } });
  });

  test('names all problems at once', () => {
    const problems = problem(form('survey'), { trades: 'triple', signedBy: ['customerService', '门卫'], estimate: -1, colour: 'red' });
    expect(problems.map(({ path, code }) => [path, code])).toEqual([
      ['colour', 'bad-facts'],
      ['trades', 'bad-facts'],
      ['signedBy[1]', 'bad-facts'],
      ['estimate', 'bad-amount'],
      ['responsible', 'bad-facts'],
    ]);
    expect(problems[1]).toMatchObject({ zh: '工种:应为以下之一:single、multi。', en: 'trades: must be one of: single, multi' + '.' });
  });

  test('needs a reason with a rejection only, and names what is missing by its code', () => {
    expect(problem(form('decision'), { decision: 'reject' })).toMatchObject([{ path: 'reason', code: 'reason-missing' }]);
    expect(problem(form('decision'), { decision: 'reject', reason: ' \n ' })).toMatchObject([{ path: 'reason', code: 'reason-missing' }]);
    expect(read('decision', { decision: 'approve' }).ok).toBe(true);
    expect(problem(form('builderConfirmation'), { confirmed: false })).toMatchObject([{ path: 'reason', code: 'reason-missing' }]);
    expect(read('builderConfirmation', { confirmed: true }).ok).toBe(true);
    expect(problem(form('withdraw'), {}).map((p) => p.code)).toEqual(['reason-missing', 'evidence-missing']);
  });

  test('with a condition on any value is required once the other field is filled', () => {
    const fields: FormField[] = [...one('text'), { name: 'how', zh: '方式', en: 'how', type: 'text', requiredWhen: { field: 'it' } }];
    expect(readForm(fields, {}, resolver).ok).toBe(true);
    expect(problem(fields, { it: 'x' })).toMatchObject([{ path: 'how' }]);
  });

  test('asks in a row of a table what it asks in a form, and says it once', () => {
    const columns: FormField[] = [
      { name: 'answer', zh: '评价', en: 'answer', type: 'boolean', required: true },
      { name: 'why', zh: '原因', en: 'why', type: 'text', requiredWhen: { field: 'answer', equals: false } },
    ];
    const table: FormField[] = [{ name: 'items', zh: '项目', en: 'items', type: 'rows', required: true, fields: columns }];
    expect(readForm(table, { items: [{ answer: true }, { answer: false, why: 'x' }] }, resolver).ok).toBe(true);
    expect(problem(table, { items: [{ answer: true }, { answer: false }] }).map(({ path }) => path)).toEqual(['items[1].why']);
    expect(problem(table, {}).map(({ path }) => path)).toEqual(['items']);
  });

  test.for([[null], [[]], ['text'], [7], [undefined]] as const)('that is no form is refused: %j', ([input]) => {
    expect(problem(form('intake'), input)).toMatchObject([{ path: '', code: 'bad-facts' }]);
  });

  test('is not fooled by names that every object has', () => {
    expect(problem(one('text'), JSON.parse('{"__proto__":{"it":"x"},"constructor":"x"}')).map((p) => p.path)).toEqual([
      '__proto__',
      'constructor',
    ]);
  });
});

describe('a field', () => {
  test.for([
    ['money', '1000.00', 100_000],
    ['money', 0, 'bad-amount'],
    ['money', '0.00', 'bad-amount'],
    ['money', '1.005', 'bad-amount'],
    ['money', true, 'bad-amount'],
    ['instant', '2026-03-09 09:20', parseBeijing('2026-03-09 09:20')],
    ['instant', '2026-03-09T01:20:00Z', parseBeijing('2026-03-09 09:20')],
    ['instant', '2026-03-09T09:20:00', 'bad-facts'],
    ['instant', '2026-02-30 09:20', 'bad-facts'],
    ['instant', 1_700_000_000_000, 'bad-facts'],
    ['boolean', false, false],
    ['boolean', 'true', 'bad-facts'],
    ['boolean', 1, 'bad-facts'],
    ['integer', 2, 2],
    ['integer', 2.5, 'bad-facts'],
    ['integer', '2', 'bad-facts'],
    ['integer', 2 ** 53, 'bad-facts'],
    ['hash', 'a'.repeat(64), 'a'.repeat(64)],
    ['hash', 'A'.repeat(64), 'bad-facts'],
    ['hash', 'a'.repeat(63), 'bad-facts'],
    ['id', 'survey#2.a', 'survey#2.a'],
    ['id', 'two words', 'bad-facts'],
    ['id', '王小明', 'bad-facts'],
    ['id', 'x'.repeat(65), 'bad-facts'],
    ['ids', ['a-1', 'b.2', 'a-1'], ['a-1', 'b.2']],
    ['ids', ['two words'], 'bad-facts'],
    ['ids', 'a-1', 'bad-facts'],
    ['ids', [], undefined],
    ['files', ['a'.repeat(64), 'b'.repeat(64), 'a'.repeat(64)], ['a'.repeat(64), 'b'.repeat(64)]],
    ['files', ['../etc/passwd'], 'bad-facts'],
    ['files', 'a'.repeat(64), 'bad-facts'],
    ['files', [], undefined],
    ['person', 'li.na', 'li.na'],
    ['person', '../etc', 'bad-facts'],
    ['number-of-case', 'CS19-2026-000001', 'CS19-2026-000001'],
    ['number-of-case', 'CS19 1', 'bad-facts'],
    ['role', '审计部', 'auditDepartment'],
    ['role', 'auditor', 'bad-facts'],
    ['role', ['finance'], 'bad-facts'],
    ['roles', ['财务计统部'], ['finance']],
    ['roles', 'finance', 'bad-facts'],
    ['roles', [], undefined],
    ['roles', [null], 'bad-facts'],
    ['text', 'x', true],
    ['text', 7, 'bad-facts'],
    ['text', 'a\0b', 'bad-facts'],
    ['text', 'a\ud800', 'bad-facts'],
    ['text', 'x'.repeat(MAX_TEXT), true],
    ['text', 'x'.repeat(MAX_TEXT + 1), 'bad-facts'],
  ] as const)('of type %s reads %j as %j', ([type, value, expected]) => expect(fact(one(type), value)).toEqual(expected));

  test('with choices takes those only', () => {
    expect(fact(one('choices', { options: ['a', 'b'] }), ['b', 'a', 'b'])).toEqual(['b', 'a']);
    expect(fact(one('choices', { options: ['a', 'b'] }), ['c'])).toBe('bad-facts');
    expect(fact(one('choice', { options: ['a', 'b'] }), 'a')).toBe('a');
    expect(fact(one('choice'), 'a')).toBe('bad-facts');
  });

  test('of text is kept in composed form', () => {
    const result = readForm(one('text'), { it: 'e\u0301' }, resolver);
    expect(result).toMatchObject({ ok: true, document: { it: '\u00e9' } });
  });
});

test('a document reads back to itself and the same facts', () => {
  const input = fc.record(
    {
      trades: fc.constantFrom('single', 'multi'),
      complex: fc.boolean(),
      signedBy: fc.uniqueArray(fc.constantFrom('客户服务部', 'property', '维修队长', '工程部'), { minLength: 1 }),
      responsible: fc.constantFrom('builder', 'company', 'unclear'),
      estimate: fc.oneof(
        fc.integer({ min: 1, max: 10 ** 9 }),
        fc.integer({ min: 1, max: 10 ** 9 }).map((fen) => fen / 100),
      ),
      findings: fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
    },
    { requiredKeys: ['trades', 'signedBy', 'responsible'] },
  );
  fc.assert(
    fc.property(input, (given) => {
      const first = read('survey', given);
      if (!first.ok) throw new Error(JSON.stringify(first.problems));
      expect(read('survey', first.document)).toEqual(first);
    }),
  );
});

test('what no eye could see is not filled in; a private character is refused', () => {
  expect(problem(one('text', { required: true }), { it: '\u200b\u2060' })).toMatchObject([
    { path: 'it', en: expect.stringContaining('must be filled') },
  ]);
  expect(problem(one('text'), { it: '\ue000x' })).toMatchObject([{ path: 'it' }]);
  expect(fact(one('text'), '龥𠮷')).toBe(true);
});
test.each(['1899-12-31', '2200-01-01', '0001-01-01'])('%s lies outside the years that are entered', (day) => {
  expect(problem(one('date'), { it: day })).toMatchObject([{ path: 'it', en: expect.stringContaining('1900-01-01') }]);
  expect(problem(one('instant'), { it: `${day} 00:01` })).toMatchObject([{ path: 'it', en: expect.stringContaining('1900-01-01') }]);
});
