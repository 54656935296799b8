import { expect, test } from 'vitest';
import { capitalYuan } from '../../domain/capital-yuan.ts';

test.each([
  [0, '零元整'],
  [1, '壹分'],
  [10, '壹角整'],
  [109, '壹元零玖分'],
  [1050, '壹拾元伍角整'],
  [1_230_000, '壹万贰仟叁佰元整'],
  [10_100_000, '壹拾万壹仟元整'],
  [100_010_001, '壹佰万零壹佰元零壹分'],
  [1_000_000_100, '壹仟万零壹元整'],
  [12_345_678_901, '壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元零壹分'],
  [2_000_000_000_000, '贰佰亿元整'],
  [-1_230_000, '负壹万贰仟叁佰元整'],
])('%d fen is %s', (fen, said) => {
  expect(capitalYuan(fen)).toBe(said);
});

test('half a fen is no amount', () => {
  expect(() => capitalYuan(0.5)).toThrow(RangeError);
});
