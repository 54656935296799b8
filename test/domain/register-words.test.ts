/** Words of registers: whatever a naive filter finds has every gram that is sought; and what is read is read exactly. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayDecide, mayRead, mayWrite } from '../../domain/register/access.ts';
import type { RegisterDef } from '../../domain/register/definition.ts';
import { grams, gramsSought, searchable } from '../../domain/register/grams.ts';
import { indexOf, readEntry, searchText } from '../../domain/register/read-entry.ts';
import { loadRegistersText } from '../../packs/registers/load.ts';

const things = (more = '', fields = ''): RegisterDef =>
  loadRegistersText(
    `
id: company
version: 1.0.0
registers:
  things:
    zh: 物
    en: things
    clause: '1'
    prefix: W
    search: [name]
    write: { s3-cs19: [customerService] }
    ${more}
    fields:
      - { name: name, type: text, open: true, zh: 名称, en: name }
      - { name: size, type: decimal, zh: 大小, en: size }
      - { name: since, type: date, zh: 日期, en: since }
      - { name: items, type: rows, zh: 明细, en: items, fields: [{ name: part, type: text, required: true, open: true, zh: 部件, en: part }] }
      ${fields}
`,
    'x.yaml',
  ).get('things')!;

const letters = ['王', '小', '明', '公', '司', 'a', 'B', '1', '３', ' ', '-', '(', '𠮷', 'é'];
const text = fc.string({ unit: fc.constantFrom(...letters), maxLength: 12 });

test('whatever contains the word has every gram that is sought', () => {
  fc.assert(
    fc.property(text, text, text, (before, word, after) => {
      fc.pre(Array.from(searchable(word)).length >= 2);
      expect(grams(`${before}${word}${after}`)).toEqual(expect.arrayContaining(gramsSought(word)));
    }),
  );
});

test('two characters, four, and eight are found by one gram, and only where they stand side by side', () => {
  fc.assert(
    fc.property(text, fc.constantFrom(2, 4, 8), text, (name, size, given) => {
      const word = Array.from(searchable(given)).slice(0, size).join('');
      fc.pre(Array.from(word).length === size);
      expect(gramsSought(word)).toHaveLength(1);
      expect(grams(name).includes(gramsSought(word)[0]!)).toBe(searchable(name).includes(word));
    }),
  );
});

test('the index of an entry has what is sought in its words and its id, and one character begins an id', () => {
  const def = things();
  expect(indexOf(def, 'W-1', { name: '王小明' }, (word) => word)).toEqual(expect.arrayContaining(['^w', 'w1', '王小', '小明']));
  expect(gramsSought('Ｗ')).toEqual(['^w']);
  expect(searchText(def, { name: '（京A）' })).toBe('京a');
});

test('an entry that was read is read again to the same, whatever it holds', () => {
  const def = things();
  const entry = fc.record(
    {
      name: fc.string({ unit: 'grapheme', maxLength: 20 }),
      size: fc.tuple(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), fc.stringMatching(/^\d{1,6}$/)).map(([a, b]) => `${a}.${b}`),
      since: fc
        .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
        .map((d) => d.toISOString().slice(0, 10)),
      items: fc.array(fc.record({ part: fc.constantFrom('阀', 'pipe') }), { maxLength: 3 }),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(entry, (given) => {
      const reading = readEntry(def, given);
      fc.pre(reading.ok);
      if (!reading.ok) return;
      expect(readEntry(def, reading.body)).toEqual(reading);
      if (given.since !== undefined) expect(reading.body['since']).toBe(given.since);
      if (given.size === undefined) return;
      expect(tenMillionths(String(reading.body['size']))).toBe(tenMillionths(given.size));
    }),
  );
});

/** A decimal as a whole number, exactly. */
function tenMillionths(decimal: string): bigint {
  const [, sign, whole = '', part = ''] = /^(-?)(\d+)\.?(\d*)$/.exec(decimal) ?? [];
  return BigInt(whole + part.padEnd(7, '0')) * (sign === '-' ? -1n : 1n);
}

test('all that is wrong is said at once, with its place', () => {
  const reading = readEntry(things(), { size: '1e5', since: '2026-02-30', items: [{ part: '阀' }, {}], nome: 1 });
  const paths = reading.ok ? [] : reading.problems.map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(['size', 'since', 'nome', expect.stringMatching(/^items\[1\]/)]));
});

test('who reads, writes and decides is said by roles of packs; everybody else has no such register', () => {
  const def = things('review: { pack: s3-cs19, review: serviceManager, approve: generalManager }');
  const held = {
    writer: { 's3-cs19': ['customerService'] },
    colleague: { 's3-cs19': ['design'] },
    stranger: { 's2-cement': ['market'] },
    boss: { 's3-cs19': ['generalManager'] },
  };
  const who = (may: (one: Readonly<Record<string, readonly string[]>>) => boolean) =>
    Object.entries(held).flatMap(([name, one]) => (may(one) ? [name] : []));
  expect(who((one) => mayWrite(one, def))).toEqual(['writer']);
  expect(who((one) => mayRead(one, def))).toEqual(['writer', 'boss']);
  expect(who((one) => mayRead(one, things('read: everybody')))).toEqual(['writer', 'colleague', 'stranger', 'boss']);
  expect(who((one) => mayRead(one, things('read: { s2-cement: [market] }')))).toEqual(['writer', 'stranger']);
  expect(who((one) => mayDecide(one, def, 'approve'))).toEqual(['boss']);
});

test.each([
  [
    'a sealed text for everybody',
    'read: everybody',
    '- { name: remark, type: text, zh: 说明, en: remark }',
    'x.yaml:12 registers.things.read: shows everybody "remark", which is sealed; right would be `open: true` with the field, if it can tell nothing of a person; else',
  ],
  [
    'a table with a sealed text for everybody',
    'read: everybody',
    '- { name: steps, type: rows, zh: 步骤, en: steps, fields: [{ name: did, type: text, zh: 做法, en: did }] }',
    'shows everybody "steps"',
  ],
  ['a sealed further key', 'unique: [[remark]]', '- { name: remark, type: text, zh: 说明, en: remark }', '"remark" cannot be in a key'],
  [
    'a list narrowed by a sealed text',
    'filter: [remark]',
    '- { name: remark, type: text, zh: 说明, en: remark }',
    '"remark" cannot narrow a list',
  ],
  [
    'the former mark',
    '',
    '- { name: remark, type: text, personal: true, zh: 说明, en: remark }',
    'fields[4].personal: is true; right would be nothing: every text is sealed unless it says `open: true`',
  ],
  [
    'a number that is called open',
    '',
    '- { name: many, type: integer, open: true, zh: 数量, en: number }',
    'fields[4].open: does not go with type integer',
  ],
  [
    'an open telephone',
    '',
    '- { name: reach, type: text, open: true, zh: 手机, en: number }',
    '"reach" tells who somebody is; right would be to remove it',
  ],
  ['an open name of a person', '', '- { name: who, type: text, open: true, zh: 姓名, en: who }', '"who" tells who somebody is'],
  [
    'an open name beside a telephone',
    '',
    '- { name: staff, type: rows, zh: 人员, en: staff, fields: [{ name: name, type: text, open: true, zh: 称呼, en: called }, { name: telephone, type: text, zh: 电话, en: telephone }] }',
    'fields[4].fields[0].open: "name" tells who somebody is',
  ],
  [
    'a reviewer that the pack has not',
    'review: { pack: s3-cs19, review: cook, approve: generalManager }',
    '',
    'registers.things.review.review: the pack has no role "cook"',
  ],
  ['a reviewing pack that there is not', 'review: { pack: s9, review: cook, approve: cook }', '', 'review.pack: there is no pack "s9"'],
])('%s is refused with its place', (_, more, fields, said) => {
  expect(() => things(more, fields)).toThrow(said);
});
