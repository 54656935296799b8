import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { sayRule } from '../../packs/describe.ts';
import { loadPackFile } from '../../packs/load.ts';
import { withSettings } from '../../packs/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'redress-limits-'));
afterAll(() => rmSync(folder, { recursive: true }));

const shipped = readFileSync(join(import.meta.dirname, '../../packs/s3-cs19/pack.yaml'), 'utf8');
const HOURS = "businessHours: { periods: ['09:00-12:00', '13:30-18:00'], shortDays: { 2026-09-30: ['09:00-12:00'] } }\n";

/** The shipped pack with lines put in at its top and its survey's limit replaced. */
function pack(top: string, survey = 'kind: workdays, n: 1') {
  const path = join(folder, 'pack.yaml');
  writeFileSync(path, shipped.replace('calendar: cn\n', `calendar: cn\n${top}`).replace('kind: workdays, n: 1', survey));
  return loadPackFile(path);
}
const rule = (top: string, survey?: string) => sayRule(pack(top, survey).rules.limits['survey']!);

describe('limits as written', () => {
  test.for([
    ['kind: weeks, n: 2, roll: true', '2 weeks, roll'],
    ["kind: window, opens: '12-01', closes: '12-31'", 'window 12-01 to 12-31'],
    ["kind: window, closes: '01-05'", 'window by 01-05'],
    ['kind: month-day, day: 5', 'month-day day 5'],
    ['kind: period+workdays, period: month, n: 5', '5 period+workdays month'],
    ['kind: hours, n: 24, arms: receipt', '24 hours, binds from receipt'],
    ['kind: hours, n: 24, startsAt: work-order, onHandOver: restart', '24 hours, starts at work-order, restarts on hand-over'],
  ] as const)('%s', ([written, said]) => expect(rule('', written)).toBe(said));

  test('a pack with business hours: days end at the close, unless it says midnight', () => {
    const hours = '09:00-12:00, 13:30-18:00 (2026-09-30: 09:00-12:00)';
    expect(rule(HOURS)).toBe(`1 workdays, to close of business of ${hours}`);
    expect(rule(`${HOURS}dayEnd: midnight\n`)).toBe('1 workdays');
    expect(rule(HOURS, 'kind: business-hours, n: 8')).toBe(`8 business-hours of ${hours}`);
    expect(pack(HOURS).rules.limits['weeklyItem']).not.toHaveProperty('close');
  });

  test('roll: none of the pack takes the roll from weeks, too', () => {
    const weekly = pack('', 'kind: weeks, n: 1, roll: true');
    expect(sayRule(withSettings(weekly, { roll: 'none' }).rules.limits['survey']!)).toBe('1 weeks');
    expect(sayRule(withSettings(weekly, { 'limits.survey.roll': false }).rules.limits['survey']!)).toBe('1 weeks');
  });
});

describe('what cannot be is refused with its place', () => {
  const periods = (said: string) => `businessHours: { periods: [${said}] }\n`;
  test.for([
    ['', 'kind: business-hours, n: 8', 'limits.survey.kind: counts business hours, but the pack has none'],
    ['dayEnd: close-of-business\n', undefined, 'dayEnd: is close-of-business, but the pack has no business hours'],
    ['dayEnd: noon\n', undefined, 'dayEnd: is "noon"; right would be close-of-business or midnight'],
    [periods(''), undefined, 'businessHours.periods: is []; right would be at least one period, such as 09:00-12:00'],
    [periods("'9-12'"), undefined, 'businessHours.periods[0]: is "9-12"; right would be a time from-to such as 09:00-12:00'],
    [periods("'18:00-09:00'"), undefined, 'businessHours.periods[0]: is "18:00-09:00"; right would be the earlier time first'],
    [periods("'09:00-09:00'"), undefined, '(09:00-09:00 ends before it begins)'],
    [periods("'09:00-12:00', '11:30-18:00'"), undefined, 'businessHours.periods[1]: is "11:30-18:00"'],
    [periods("'13:00-18:00', '09:00-12:00'"), undefined, '(09:00-12:00 stands after 13:00-18:00)'],
    [HOURS.replace('2026-09-30', '2026-02-30'), undefined, 'businessHours.shortDays.2026-02-30: is'],
    [HOURS.replace('2026-09-30', '2026-10-01'), undefined, 'businessHours.shortDays.2026-10-01: is no working day of calendar cn'],
    [HOURS.replace("['09:00-12:00'] }", '[] }'), undefined, 'businessHours.shortDays.2026-09-30: is []'],
    ['', "kind: window, closes: '13-01'", 'limits.survey.closes: is "13-01"; right would be a day of the year as MM-DD'],
    ['', "kind: window, closes: '02-30'", 'limits.survey.closes: is "02-30"'],
    ['', 'kind: weeks, n: 1', 'limits.survey.roll: is missing'],
    ['', 'kind: hours, n: 24, arms: later', 'limits.survey.arms: is "later"; right would be one of: receipt, judged'],
  ] as const)('%s%s', ([top, survey, message]) => {
    expect(() => pack(top, survey)).toThrow(message);
  });

  test('periods that touch are in order, and a day may last to 24:00', () => {
    expect(rule(periods("'00:00-12:00', '12:00-24:00'"))).toContain('00:00-12:00, 12:00-24:00');
  });
});
