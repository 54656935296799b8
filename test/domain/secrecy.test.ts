/** Secrecy labels as data, and who reads up to which. */
import { describe, expect, test } from 'vitest';
import { mayReadIn, maySee, type Reader, type Seen } from '../../domain/case/concern.ts';
import { entrySights } from '../../domain/register/sight.ts';
import { clearanceOf, higher, isLower, isVeiled, labelIn, upTo, type Secrecy } from '../../domain/secrecy.ts';
import { wordsOf } from '../../notices/words.ts';
import { loadSecrecy, loadSecrecyText } from '../../packs/secrecy/load.ts';

const shipped = loadSecrecy();
const secrecy: Secrecy = {
  ...shipped,
  packs: { p: { kinds: { special: 'secret' }, clearance: { head: 'topSecret', office: 'secret' } } },
  registers: { papers: 'sensitive' },
};
const reader = (roles: string[], more: Partial<Reader> = {}): Reader => ({ person: 'li', packs: { p: roles }, secrecy, ...more });
const aCase = (label: string | null, roles: string[] = ['clerk', 'office', 'head'], kind = 'repair'): Seen => ({
  ...{ pack: 'p', kind, label, places: [] },
  concern: { roles, persons: [] },
});

test('labels have an order and names [CNT.X1]', () => {
  expect(shipped.labels.map(({ zh }) => zh)).toEqual(['公开', '内部', '敏感', '秘密', '机密']);
  expect(upTo(secrecy, 'sensitive')).toEqual(['public', 'internal', 'sensitive']);
  expect([higher(secrecy, 'secret', 'internal'), isLower(secrecy, 'internal', 'secret'), isLower(secrecy, 'secret', 'secret')]).toEqual(['secret', true, false]); // prettier-ignore
  // A label that is known no more is read by nobody.
  expect([higher(secrecy, 'gone', 'topSecret'), upTo(secrecy, 'gone')]).toEqual(['gone', []]);
  expect(labelIn(secrecy, 'secret')).toMatchObject({ zh: '秘密', en: 'secret' });
});

test('the clearance of a role, or of the person where that is higher', () => {
  expect(clearanceOf(secrecy, ['p'], 'clerk', undefined)).toBe('internal');
  expect(clearanceOf(secrecy, ['p'], 'clerk', 'secret')).toBe('secret');
  expect(clearanceOf(secrecy, ['p'], 'head', 'internal')).toBe('topSecret');
  expect(clearanceOf(secrecy, ['p'], 'head', 'no label')).toBe('topSecret');
  // A pack that extends another: its own word first, then the base's.
  expect(clearanceOf(secrecy, ['mine', 'p'], 'office', undefined)).toBe('secret');
  expect(clearanceOf(secrecy, ['constructor'], 'toString', undefined)).toBe('internal');
});

describe('a case', () => {
  test.each([
    ['of no label of its own', reader(['clerk']), aCase(null), true],
    ['raised above the role', reader(['clerk']), aCase('secret'), false],
    ['raised, to whoever is cleared', reader(['office']), aCase('secret'), true],
    ['raised, to a person who is cleared', reader(['clerk'], { clearance: 'secret' }), aCase('secret'), true],
    ['of a kind that is secret by itself', reader(['clerk']), aCase(null, undefined, 'special'), false],
    ['of such a kind, lowered', reader(['clerk']), aCase('internal', undefined, 'special'), true],
    ['by a role that reads it and is not concerned', reader(['clerk', 'office']), aCase('secret', ['clerk']), false],
    ['by the role of somebody absent that reads it', reader(['clerk'], { standsIn: { p: ['office'] } }), aCase('secret'), true],
    ['of a label that nobody knows', reader(['head']), aCase('gone'), false],
    [
      'of a pack that extends one, by the role of the base',
      { ...reader([]), packs: { mine: ['office'] }, bases: { mine: ['p'] } },
      { ...aCase('secret'), pack: 'mine' },
      true,
    ],
    ['where nothing is known of labels', { person: 'li', packs: { p: ['head'] } }, aCase('internal'), false],
  ])('%s', (_, who, theCase, sees) => {
    expect(maySee(who, theCase)).toBe(sees);
  });

  test('by a delegation: while a decision waits that it covers, up to what both the role and the delegate read', () => {
    const stands = (role: string, steps?: string[]) => [{ pack: 'p', person: 'an', role, places: null, delegation: steps === undefined ? {} : { steps } }]; // prettier-ignore
    const waiting = (label: string | null, more: object = {}): Seen =>
      ({ ...aCase(label, ['head']), tasks: { a: { step: 's', by: ['head'], status: 'open', proposal: {}, ...more } } }) as unknown as Seen;
    const by = (roles: string[], more: Partial<Reader> = {}) => reader(roles, { stands: stands('head'), ...more });
    for (const [who, what, sees] of [
      [by(['clerk']), waiting(null), true],
      [by(['clerk']), aCase(null, ['head']), false],
      [by(['clerk']), waiting(null, { status: 'done' }), false],
      [by(['clerk']), waiting(null, { by: ['office'] }), false],
      [by(['clerk']), waiting(null, { holder: 'bo' }), false],
      [by(['clerk']), waiting(null, { holder: 'an' }), true],
      [by(['clerk']), waiting(null, { proposal: undefined }), false],
      [by(['clerk'], { stands: stands('head', ['t']) }), waiting(null), false],
      [by(['clerk']), waiting('secret'), false],
      [by(['office']), waiting('secret'), true],
      [by(['office']), waiting('topSecret'), false],
      [by([]), waiting(null), false],
    ] as const)
      expect(maySee(who, what)).toBe(sees);
  });

  test('papers in it are read by the role by which it is seen', () => {
    expect(mayReadIn(reader(['clerk']), aCase(null), 'internal')).toBe(true);
    expect(mayReadIn(reader(['clerk']), aCase(null), 'secret')).toBe(false);
    expect(mayReadIn(reader(['clerk', 'office']), aCase(null, ['clerk']), 'secret')).toBe(false);
    expect(mayReadIn(reader(['office']), aCase(null), 'secret')).toBe(true);
  });
});

test('entries carry the label of their register; what everybody reads is read up to the general clearance', () => {
  const def = { id: 'papers', write: { p: ['clerk'] }, read: { p: ['office'] } };
  expect(entrySights(reader(['clerk']), def)).toEqual([{ labels: ['public', 'internal'], usual: false }]);
  expect(entrySights(reader(['office']), def)).toMatchObject([{ usual: true }]);
  expect(entrySights(reader(['other']), def)).toEqual([]);
  expect(entrySights(reader([]), { ...def, id: 'rules', read: 'everybody' })).toEqual([{ labels: ['public', 'internal'], usual: true }]);
});

test('a notice about a secret record says its number and that there is something', () => {
  const about = { label: null, register: null, pack: 'p', caseKind: 'repair' };
  expect(isVeiled(secrecy, about)).toBe(false);
  expect(isVeiled(secrecy, { ...about, label: 'sensitive' })).toBe(true);
  expect(isVeiled(secrecy, { ...about, caseKind: 'special' })).toBe(true);
  expect(isVeiled(secrecy, { ...about, register: 'papers' })).toBe(true);
  expect(isVeiled(secrecy, { ...about, label: 'gone' })).toBe(true);
  const words = wordsOf({ number: 'N-1', kind: 'veiled', recipients: [], body: {} }, undefined, 'zh', 0);
  expect(words).toEqual({ title: '有事待查看 · N-1', lines: [] });
});

test('what is wrong in the file is named with its line', () => {
  const text = (more: string): string => `id: secrecy
version: 1.0.0
labels: [{ id: a, zh: 甲, en: a }, { id: b, zh: 乙, en: b }]
records: a
clearance: a
veiled: b
packs: { s3-cs19: { clearance: { b: [generalManager] }, kinds: { b: [repair] } } }
${more}`;
  expect(loadSecrecyText(text(''), 'x').packs['s3-cs19']).toEqual({ kinds: { repair: 'b' }, clearance: { generalManager: 'b' } });
  expect(() => loadSecrecyText(text('').replace('veiled: b', 'veiled: c'), 'x')).toThrow('there is no label "c"');
  expect(() => loadSecrecyText(text('').replace('[generalManager]', '[king]'), 'x')).toThrow('"king" is no role');
  expect(() => loadSecrecyText(text('').replace('[repair]', '[repair, repair]'), 'x')).toThrow('named twice');
  expect(() => loadSecrecyText(text('registers: { b: [nowhere] }'), 'x')).toThrow('"nowhere" is no register');
});
