/** Where roles are held, and what that means for a case. */
import { describe, expect, test } from 'vitest';
import { maySee, rolesAt, type Reader } from '../../domain/case/concern.ts';
import { placeParts, placesNamed } from '../../domain/place.ts';

const reader: Reader = {
  person: 'li',
  packs: { p: ['sales', 'service'] },
  only: { p: { service: ['estates/west', 'outlets/o1'] } },
  standsIn: { p: ['finance'] },
  standsInOnly: { p: { finance: ['estates/east'] } },
};
const of = (places: string[], roles: string[], persons: string[] = []) => ({
  ...{ pack: 'p', kind: 'k', label: null },
  places,
  concern: { roles, persons },
});

describe('a role for a place', () => {
  test.each([
    ['of its place', of(['estates/west', 'units/w1'], ['service']), true],
    ['of another place', of(['estates/east'], ['service']), false],
    ['without a place', of([], ['service']), false],
    ['by a role that is held for all', of(['estates/east'], ['sales']), true],
    ['by somebody absent whose role is of this place', of(['estates/east'], ['finance']), true],
    ['by somebody absent whose role is of another', of(['estates/west'], ['finance']), false],
  ])('sees a case %s', (_, theCase, sees) => {
    expect(maySee(reader, theCase)).toBe(sees);
  });

  test('whoever acted in a case and has nothing at its place any more does not see it', () => {
    const { packs, only = {} } = reader;
    const moved = { person: 'li', packs: { p: packs['p']!.slice(1) }, only };
    expect(maySee(moved, of(['estates/west'], [], ['li']))).toBe(true);
    expect(maySee(moved, of(['estates/east'], [], ['li']))).toBe(false);
    expect(maySee(moved, { ...of(['estates/east'], []), concern: undefined })).toBe(false);
  });

  test('roles at a place', () => {
    expect(rolesAt(reader, 'p', ['estates/west'])).toEqual(['sales', 'service']);
    expect(rolesAt(reader, 'p', [])).toEqual(['sales']);
    expect(rolesAt(reader, 'other', ['estates/west'])).toEqual([]);
  });
});

test('what a form names of places', () => {
  expect(placesNamed({ unit: 'w1', outlet: 'o1', estate: '', building: 3, channel: 'hotline' })).toEqual(['units/w1', 'outlets/o1']);
  expect(placeParts('units/a/b')).toEqual(['units', 'a/b']);
});
