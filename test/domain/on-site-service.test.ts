import { expect, test } from 'vitest';
import { checkCharge, checkRemedy, checkReturn } from '../../domain/charges.ts';
import type { RefusalCode } from '../../domain/errors.ts';
import { checkTimes, checkVerification } from '../../domain/on-site-service/service.ts';

type Code = RefusalCode | undefined;

test.for<[number | undefined, number | undefined, Code]>([
  [undefined, undefined, undefined],
  [undefined, 80_000, undefined],
  [80_000, 80_000, undefined],
  [80_001, 80_000, 'quote-not-accepted'],
  [1, undefined, 'quote-not-accepted'],
])('charged %s of the quote %s that was accepted [GB.P9]', ([charge, accepted, code]) => {
  expect(checkCharge(charge, accepted)?.code).toBe(code);
});

test('a fee for a return only where the company is not at fault, and accepted beforehand [GB.P20]', () => {
  expect(checkReturn({ fault: 'company' })).toBeUndefined();
  expect(checkReturn({ fault: 'other' })).toBeUndefined();
  expect(checkReturn({ fault: 'other', fee: 1, feeAccepted: true })).toBeUndefined();
  expect(checkReturn({ fault: 'other', fee: 1, feeAccepted: false })?.code).toBe('quote-not-accepted');
  expect(checkReturn({ fault: 'company', fee: 1, feeAccepted: true })?.code).toBe('bad-facts');
});

test('compensation within the claim approved; a recall needs none [GB.P21]', () => {
  expect(checkRemedy({ measure: 'recall' }, undefined)).toBeUndefined();
  expect(checkRemedy({ measure: 'compensation', amount: 90_000 }, 90_000)).toBeUndefined();
  expect(checkRemedy({ measure: 'compensation', amount: 90_001 }, 90_000)?.code).toBe('not-approved');
  expect(checkRemedy({ measure: 'compensation', amount: 1 }, undefined)?.code).toBe('not-approved');
  expect(checkRemedy({ measure: 'compensation' }, 90_000)?.code).toBe('bad-facts');
});

test('a record is filled in after the service, which began before it ended', () => {
  expect(checkTimes({ startedAt: 1, finishedAt: 2 }, 2)).toBeUndefined();
  expect(checkTimes({ finishedAt: 2 }, 2)).toBeUndefined();
  expect(checkTimes({ finishedAt: 3 }, 2)).toMatchObject({ code: 'bad-facts', detail: 'finishedAt' });
  expect(checkTimes({ startedAt: 3, finishedAt: 2 }, 3)).toMatchObject({ code: 'bad-facts', detail: 'startedAt' });
});

test('a goal met in full needs no further service [TS.P14]', () => {
  expect(checkVerification({ degree: 'full', again: true })?.code).toBe('bad-facts');
  expect(checkVerification({ degree: 'full', again: false })).toBeUndefined();
  expect(checkVerification({ degree: 'missed' })).toBeUndefined();
  expect(checkVerification({ degree: 'partly', again: true })).toBeUndefined();
});
