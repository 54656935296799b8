import { describe, expect, test } from 'vitest';
import { checkGoods, underWarranty, type GoodsRules } from '../../domain/standard-service/goods.ts';
import { parseBeijing } from '../../domain/time.ts';

const rules: GoodsRules = { returnDays: 7, replaceDays: 15, faultyQuality: 'customer-chooses' };
const boughtAt = parseBeijing('2026-09-23 23:00');

describe('days after the purchase', () => {
  test.for([
    ['takeBack', '2026-09-30 23:59:59', true],
    ['takeBack', '2026-10-01 00:00:00', false],
    ['replace', '2026-10-08 23:59:59', true],
    ['replace', '2026-10-09 00:00:00', false],
  ] as const)('%s asked for at %s: %s', ([way, at, within]) => {
    const dates = { boughtAt, askedAt: parseBeijing(at) };
    expect(checkGoods({ way, withinRules: within }, dates, rules)).toBeUndefined();
    expect(checkGoods({ way, withinRules: !within }, dates, rules)).toEqual({ code: 'bad-facts', detail: 'withinRules' });
  });

  test('what nobody knows the purchase of is as it is said', () => {
    expect(checkGoods({ way: 'replace', withinRules: true }, { askedAt: boughtAt }, rules)).toBeUndefined();
  });
});

test('a company that only takes back, or only replaces', () => {
  const way = (faultyQuality: GoodsRules['faultyQuality'], chosen: 'takeBack' | 'replace') =>
    checkGoods({ way: chosen, withinRules: true }, { askedAt: boughtAt }, { ...rules, faultyQuality })?.detail;
  expect([way('take-back', 'takeBack'), way('take-back', 'replace'), way('replace', 'replace'), way('replace', 'takeBack')]).toEqual([
    undefined,
    'way',
    undefined,
    'way',
  ]);
});

test('warranty to the corresponding day, or the last of the month', () => {
  const from = parseBeijing('2024-02-29 10:00');
  expect(underWarranty(from, parseBeijing('2025-02-28 23:59:59'), 12)).toBe(true);
  expect(underWarranty(from, parseBeijing('2025-03-01 00:00:00'), 12)).toBe(false);
});
