import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatYuan, MoneyError, parseYuan, plainYuan } from '../../domain/money.ts';

describe('money', () => {
  test.for([
    ['800', 80_000],
    ['1000.00', 100_000],
    ['1,000.01', 100_001],
    ['12,300.5', 1_230_050],
    ['0.01', 1],
    ['0', 0],
    [' 999.99 ', 99_999],
    [8600, 860_000],
    [1000.01, 100_001],
    [0.1, 10],
    [19_999.99, 1_999_999],
    [1.15, 115],
    [4.35, 435],
    ['90071992547409.91', Number.MAX_SAFE_INTEGER],
  ] as const)('%s yuan are %d fen', ([yuan, fen]) => expect(parseYuan(yuan)).toBe(fen));

  test.for([
    ['1.001', 'too-many-decimals'],
    ['1.000', 'too-many-decimals'],
    [0.1 + 0.2, 'too-many-decimals'],
    ['-1', 'negative'],
    [-0.01, 'negative'],
    ['90071992547409.92', 'too-large'],
    [1e21, 'too-large'],
    ['99999999999999999999', 'too-large'],
    ['', 'not-a-number'],
    ['abc', 'not-a-number'],
    ['1.', 'not-a-number'],
    ['.5', 'not-a-number'],
    ['+5', 'not-a-number'],
    ['1,00', 'not-a-number'],
    ['12,34,567', 'not-a-number'],
    ['¥5', 'not-a-number'],
    ['1e3', 'not-a-number'],
    ['1 000', 'not-a-number'],
    ['１００', 'not-a-number'],
    [Number.NaN, 'not-a-number'],
    [Number.POSITIVE_INFINITY, 'too-large'],
  ] as const)('%s is refused: %s', ([yuan, problem]) => {
    let error: unknown;
    try {
      parseYuan(yuan);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(MoneyError);
    expect(error).toMatchObject({ problem, zh: expect.stringContaining('“') });
  });

  test('zero is refused only where an amount must be positive', () => {
    expect(parseYuan('0.00')).toBe(0);
    expect(() => parseYuan('0.00', { positive: true })).toThrow('above zero');
  });

  test('is written with and without thousands', () => {
    expect(formatYuan(1_230_000)).toBe('12,300.00');
    expect(plainYuan(1_230_000)).toBe('12300.00');
    expect(formatYuan(123_456_789_01)).toBe('123,456,789.01');
    expect(formatYuan(99_999)).toBe('999.99');
    expect(plainYuan(5)).toBe('0.05');
    expect(formatYuan(-500_000)).toBe('-5,000.00');
    expect(() => plainYuan(0.5)).toThrow(RangeError);
  });

  test('reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (fen) => {
        expect(parseYuan(plainYuan(fen))).toBe(fen);
        expect(parseYuan(formatYuan(fen))).toBe(fen);
      }),
    );
  });
});
