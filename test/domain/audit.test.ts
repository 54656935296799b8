import { describe, expect, test } from 'vitest';
import { faultOf, scoreOf, type Mark } from '../../domain/audit/score.ts';
import { loadChecklist } from '../../packs/audit/load.ts';

const list = loadChecklist();
const all = (points: number): Mark[] => list.indicators.map(({ id }) => ({ indicator: id, applicable: true, points, reason: '查验记录' }));
const proof = (n: number) => Object.fromEntries(list.indicators.map(({ id }) => [id, n]));
const [first, second] = list.indicators.map(({ id }) => id) as [string, string];

test('24 indicators, in the order of the text, of equal points; a check list, no rule of a workflow [GB.X3]', () => {
  expect(list.indicators.map(({ id, line }) => [id, line])).toEqual(Array.from({ length: 24 }, (_, i) => [`GB.P${i + 1}`, i + 1]));
  expect(new Set(list.indicators.map(({ points }) => points))).toEqual(new Set([10]));
});

describe('score', () => {
  test('points won of those of the applicable indicators', () => {
    expect(scoreOf(list, all(10), proof(1))).toMatchObject({ won: 240, of: 240, score: '100.00', band: { zh: '五星' }, open: [] });
    expect(scoreOf(list, all(7), proof(1))).toMatchObject({ score: '70.00', band: { zh: '达标' } });
    expect(scoreOf(list, all(6), proof(1))).toMatchObject({ score: '60.00', band: null });
    const apart = all(9).map((mark) => (mark.indicator === first ? { ...mark, applicable: false, points: 0 } : mark));
    expect(scoreOf(list, apart, proof(1))).toMatchObject({ won: 207, of: 230, score: '90.00', band: { zh: '四星' } });
  });

  test('a band is not reached by rounding', () => {
    const marks = all(7).map((mark) => (mark.indicator === first ? { ...mark, points: 6 } : mark));
    expect(scoreOf(list, marks, proof(1))).toMatchObject({ won: 167, score: '69.58', band: null });
  });

  test('no evidence, no points; no mark, not done', () => {
    expect(scoreOf(list, all(10), { ...proof(1), [first]: 0 })).toMatchObject({ won: 230, of: 240 });
    expect(scoreOf(list, all(10).slice(1), proof(1)).open).toEqual([first]);
    expect(scoreOf({ ...list, bands: [] }, all(10), proof(1)).band).toBeNull();
    const none = all(0).map((mark) => ({ ...mark, applicable: false }));
    expect(scoreOf(list, none, proof(1))).toMatchObject({ of: 0, score: null, band: null });
  });

  test.for<[string, Partial<Mark>, number, string | undefined]>([
    ['all of it', { points: 10 }, 1, undefined],
    ['nothing, without evidence', { points: 0 }, 0, undefined],
    ['points without evidence', { points: 1 }, 0, 'no-evidence'],
    ['too many', { points: 11 }, 1, 'points-out-of-range'],
    ['below none', { points: -1 }, 1, 'points-out-of-range'],
    ['half a point', { points: 0.5 }, 1, 'points-out-of-range'],
    ['not applicable', { applicable: false, points: 0 }, 0, undefined],
    ['not applicable, with points', { applicable: false, points: 5 }, 1, 'points-where-not-applicable'],
    ['another indicator', { indicator: 'GB.P25' }, 1, 'no-such-indicator'],
  ])('a mark: %s', ([, more, evidence, fault]) =>
    expect(faultOf(list, { indicator: second, applicable: true, points: 5, reason: '查验', ...more }, evidence)).toBe(fault),
  );
});
