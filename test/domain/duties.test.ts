/** The table of duties, row by row. */
import { describe, expect, test } from 'vitest';
import { barredFrom, barring, duties } from '../../domain/authority/duties.ts';
import { behind, contributors, deedsOf } from '../../domain/authority/of-case.ts';
import { isRefusalCode } from '../../domain/errors.ts';

describe.each(duties)('$thing: $done, then $never', (duty) => {
  const { thing, done, never: then, code } = duty;
  const did = (...persons: string[]) => [{ act: done, persons }];

  test('never by the same person, with a code that says so in both languages', () => {
    expect(barring(thing, then, did('zhao'), 'zhao')).toBe(duty);
    expect(isRefusalCode(code)).toBe(true);
    expect(duty.zh).toMatch(/不得/);
    expect(duty.en).toMatch(/does not/);
  });
  test('by somebody else', () => expect(barring(thing, then, did('zhao'), 'qian')).toBeUndefined());
  test('whoever did it in the place of another has done it together with that one', () => {
    const deeds = did(...behind({ person: 'zhao', role: 'r', for: 'qian' }));
    for (const person of ['zhao', 'qian']) expect(barring(thing, then, deeds, person)).toBe(duty);
    expect(barredFrom(thing, then, deeds)).toEqual(['zhao', 'qian']);
  });
  test('another act on it keeps nobody from it', () => {
    expect(barring(thing, then, [{ act: 'looked at', persons: ['zhao'] }], 'zhao')).toBeUndefined();
  });
  test('what was done to another kind of thing is nothing to it', () => {
    for (const other of duties.filter((one) => one.thing !== thing && one.done === done && one.never === then))
      expect(other.thing).not.toBe(thing);
    expect(barredFrom(thing, `${then}?`, did('zhao'))).toEqual([]);
  });
});

test('each pair stands once', () => {
  expect(new Set(duties.map(({ thing, done, never }) => `${thing} ${done} ${never}`)).size).toBe(duties.length);
});

test('who contributed to a version that was not approved has contributed to the next; an approval begins anew', () => {
  expect(contributors(undefined, ['zhao'])).toEqual(['zhao']);
  expect(contributors({ by: ['zhao'], outcome: 'rejected' }, ['qian'])).toEqual(['zhao', 'qian']);
  expect(contributors({ by: ['zhao'] }, ['zhao', 'qian'])).toEqual(['zhao', 'qian']);
  expect(contributors({ by: ['zhao'], outcome: 'approved' }, ['qian'])).toEqual(['qian']);
});

test('a review of an earlier version keeps nobody from approving the next', () => {
  const decisions = [{ version: 1, act: 'review', decision: 'approve', actor: { person: 'sun', role: 'r' }, at: 0 }] as const;
  expect(deedsOf({ version: 2, decisions }, ['li'])).toEqual([{ act: 'draw-up', persons: ['li'] }]);
  expect(deedsOf({ version: 1, decisions }, ['li'])).toContainEqual({ act: 'review', persons: ['sun'] });
});
