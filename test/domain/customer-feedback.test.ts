import { describe, expect, test } from 'vitest';
import { checkAssignment, checkVerification } from '../../domain/capa.ts';
import { checkAnalysis } from '../../domain/customer-feedback/cause.ts';
import { checkClassChange } from '../../domain/case/class.ts';
import { askedBy } from '../../domain/customer-feedback/class.ts';
import { departmentsFor } from '../../domain/customer-feedback/routing.ts';
import { reportLimit } from '../../domain/customer-feedback/statutory.ts';

const levels = ['general', 'important', 'complaint'];

describe('departments by content [FB.K4 FB.K5 FB.R4 FB.R8 FB.R9]', () => {
  test.for([
    ['quality', ['quality']],
    ['suggestion', ['technology']],
    ['transport', ['generalDepartment']],
    ['service', []],
    ['conformity', []],
    ['requirements', []],
  ] as const)('%s', ([group, departments]) => expect(departmentsFor([group], [], false)).toEqual(departments));

  test('each once, those named beside them, never the business department itself', () => {
    expect(departmentsFor(['quality', 'transport', 'quality'], ['office', 'quality', 'business'], false)).toEqual([
      'quality',
      'generalDepartment',
      'office',
    ]);
  });

  test('general information goes only to those that are named', () => {
    expect(departmentsFor(['quality', 'suggestion'], [], true)).toEqual([]);
    expect(departmentsFor(['quality'], ['technology'], true)).toEqual(['technology']);
  });
});

test.for([
  ['general', 'complaint', false, undefined],
  ['general', 'general', false, undefined],
  ['ordinary', 'general', false, undefined],
  ['complaint', 'important', false, 'note-missing'],
  ['complaint', 'general', false, 'note-missing'],
  ['important', 'general', false, 'note-missing'],
  ['complaint', 'general', true, undefined],
] as const)('from %s to %s, note %s: %s [FB.X4]', ([from, to, note, code]) =>
  expect(checkClassChange(levels, from, { to, note })?.code).toBe(code),
);

test('what each class asks for [FB.T1 FB.X1]', () => {
  expect(askedBy('general', true)).toEqual({ letter: false, cause: false });
  expect(askedBy('important', true)).toEqual({ letter: true, cause: false });
  expect(askedBy('complaint', true)).toEqual({ letter: true, cause: true });
  expect(askedBy('complaint', false)).toEqual({ letter: false, cause: true });
  expect(askedBy('important', false)).toEqual({ letter: true, cause: false });
});

test('every department that was asked took part or was absent', () => {
  expect(checkAnalysis(['quality', 'office'], ['quality'], ['office'])).toBeUndefined();
  expect(checkAnalysis(['quality', 'office'], ['quality'], [])).toEqual({ code: 'participant-missing', detail: 'office' });
  expect(checkAnalysis([], [], [])).toBeUndefined();
});

test.for([
  ['death', 'adverseEventDeath'],
  ['serious', 'adverseEventSerious'],
  ['group', 'groupEventIndividual'],
  ['other', undefined],
] as const)('limit of a report of %s: %s, none with the add-on off [FB.D7]', ([harm, limit]) => {
  expect(reportLimit(harm, true)).toBe(limit);
  expect(reportLimit(harm, false)).toBeUndefined();
});

describe('corrective action [FIND.X1]', () => {
  test('has an owner and a date after its naming', () => {
    expect(checkAssignment({ owner: 'quality', dueAt: 1001 }, 1000)).toBeUndefined();
    expect(checkAssignment({ owner: 'quality', dueAt: 1000 }, 1000)?.detail).toBe('dueAt');
    expect(checkAssignment({ owner: 'quality' }, 1000)?.detail).toBe('dueAt');
    expect(checkAssignment({ dueAt: 1001 }, 1000)?.detail).toBe('owner');
  });

  test('is looked at again on a later date', () => {
    expect(checkVerification({ carriedOut: true, effectCheckAt: 1001 }, 1000)).toBeUndefined();
    expect(checkVerification({ carriedOut: true, effectCheckAt: 1000 }, 1000)?.detail).toBe('effectCheckAt');
    expect(checkVerification({ carriedOut: true }, 1000)?.detail).toBe('effectCheckAt');
    expect(checkVerification({ carriedOut: false }, 1000)).toBeUndefined();
  });
});
