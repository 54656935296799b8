/** What others write of a person is kept without what reaches them. */
import { describe, expect, test } from 'vitest';
import { masked } from '../../domain/masked.ts';

describe('masked', () => {
  test.each([
    ['电话13912345678,请回', '电话***,请回'],
    ['call +86 139-1234-5678 now', 'call *** now'],
    ['008613912345678', '***'],
    ['号码1 391 2345678', '号码1 391 2345678'],
    ['０２１－６４５５００１２', '***'],
    ['010 64550012', '***'],
    ['身份证11010519491231002X。', '身份证***。'],
    ['身份证 110105 19491231 0021', '身份证 ***'],
    ['550 5.1.1 <wang.xm@example.com>: no such user', '550 5.1.1 <***>: no such user'],
    ['１３９１２３４５６７８', '***'],
  ])('%s', (text, without) => expect(masked(text)).toBe(without));

  test.each([
    'CS19-2026-000001',
    'HTTP 500',
    '93000 invalid webhook url',
    '2026-11-25 24:00:00',
    '12300.00',
    'a'.repeat(64),
    '1'.repeat(40),
  ])('%s stays', (text) => expect(masked(text)).toBe(text));
});
