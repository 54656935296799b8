import { describe, expect, test } from 'vitest';
import { percent, ShareCount, type CountedClock } from '../../domain/kpi/share.ts';
import { cs19M5, fbM1, sharesOf } from '../../domain/kpi/shares.ts';
import { TimelyHandling } from '../../domain/kpi/timely-handling.ts';
import { parseBeijing as at } from '../../domain/time.ts';
import type { Outcome } from '../../domain/what-if/judged.ts';
import { loadPack } from '../../packs/load.ts';

const year = (y: number) => ({ from: at(`${y}-01-01 00:00`), until: at(`${y + 1}-01-01 00:00`) });
const opinion = (number: string, outcome: Outcome, due = '2026-06-30 24:00', done?: string): CountedClock => ({
  case: number,
  limit: 'handling',
  outcome,
  dueAt: at(due),
  ...(done === undefined ? {} : { doneAt: at(done) }),
});
const rate = (opinions: readonly CountedClock[], y = 2026) => {
  const handled = new TimelyHandling();
  for (const one of opinions) handled.add(one);
  return handled.rate(year(y));
};

describe('handled in time', () => {
  test('[TS.M1] 40 opinions: 37 of 39 in time, 94.87 %, the one not due shown apart', () => {
    const inTime = Array.from({ length: 36 }, (_, i) => opinion(`in-time-${i}`, 'met', '2026-06-30 24:00', '2026-06-20 10:00'));
    const share = rate([
      ...inTime,
      opinion('not-valid', 'met', '2026-06-30 24:00', '2026-06-18 10:00'),
      opinion('late', 'late', '2026-06-30 24:00', '2026-07-02 10:00'),
      opinion('overdue', 'overdue'),
      opinion('not-due', 'open', '2026-12-30 24:00'),
    ]);
    expect(share).toMatchObject({ numerator: { count: 37 }, denominator: { count: 39 }, percent: '94.87' });
    expect(share.open).toEqual({ count: 1, cases: ['not-due'] });
    expect(share.broken).toEqual({ count: 2, cases: ['late', 'overdue'] });
    expect(share.denominator.cases).not.toContain('not-due');
  });

  test('an opinion counts in the year its time ran out, or earlier when it was finished; never twice', () => {
    const early = opinion('early', 'met', '2027-01-06 24:00', '2026-12-30 10:00');
    const late = opinion('late', 'late', '2026-12-30 24:00', '2027-01-04 10:00');
    // 24:00 of 31 December is the first instant of January, and the time has run out in December.
    const last = opinion('last', 'overdue', '2026-12-31 24:00');
    const next = opinion('next', 'met', '2027-01-06 24:00', '2027-01-01 00:00');
    const all = [early, late, last, next];
    expect(rate(all, 2026).denominator.cases).toEqual(expect.arrayContaining(['early', 'late', 'last']));
    expect(rate(all, 2026).denominator.count).toBe(3);
    expect(rate(all, 2027).denominator.cases).toEqual(['next']);
  });

  test('excused counts as in time and is shown apart; reopened counts once, by its first time', () => {
    const share = rate([opinion('a', 'excused', '2026-06-30 24:00', '2026-06-29 10:00'), opinion('b', 'met'), opinion('b', 'late')]);
    expect(share).toMatchObject({ numerator: { count: 2 }, denominator: { count: 2 }, percent: '100.00', excused: { cases: ['a'] } });
  });

  test('nothing handled yet is no percentage', () => {
    expect(rate([]).percent).toBeNull();
  });
});

test.each([
  [1, 3, '33.33'],
  [2, 3, '66.67'],
  [1, 8, '12.50'],
  [1, 800, '0.13'],
  [39, 39, '100.00'],
  [0, 7, '0.00'],
])('%i of %i is %s %%', (numerator, denominator, is) => {
  expect(percent(numerator, denominator)).toBe(is);
});

describe('shares within limits', () => {
  test('[CS19.M5] in time are met and excused; withdrawn ones and open ones are left out and shown apart', () => {
    const survey = new ShareCount();
    for (const outcome of ['met', 'met', 'late', 'overdue', 'excused', 'open', 'stopped'] as const) survey.add(`case-${outcome}`, outcome);
    const shares = sharesOf(cs19M5, (limit) => (limit === 'survey' ? survey.share : undefined));
    expect(shares).toMatchObject([
      {
        requirement: 'CS19.D1',
        share: {
          numerator: { count: 3, cases: ['case-met', 'case-excused'] },
          denominator: { count: 5 },
          percent: '60.00',
          open: { cases: ['case-open'] },
          withoutVerdict: { cases: ['case-stopped'] },
        },
      },
    ]);
  });

  test('[CS19.M5 FB.M1] name the limits of the packs by the requirement they stand for', () => {
    for (const [kpi, pack] of [
      [cs19M5, 's3-cs19'],
      [fbM1, 's4-feedback'],
    ] as const) {
      const { limitLabels } = loadPack(pack);
      expect(kpi.shares.map(({ limit }) => limitLabels[limit]?.requirement)).toEqual(kpi.shares.map((one) => one.requirement));
    }
    expect(loadPack('s0-ts16949').limitLabels['handling']?.requirement).toBe('TS.D3');
  });
});
