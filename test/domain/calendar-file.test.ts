import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { checkCalendar } from '../../domain/calendar-check.ts';
import { coverageEnd, mergeYear, warnMissingYear } from '../../domain/calendar-year.ts';
import { dayKind } from '../../domain/calendar.ts';
import { dueOf } from '../../domain/deadline.ts';
import { dayFromDate, formatDue, parseBeijing } from '../../domain/time.ts';
import { calendarWith, loadYear } from '../../packs/calendar-file.ts';
import { askDeadline } from '../../packs/due.ts';
import { loadCalendar } from '../../packs/load.ts';
import { PackError } from '../../packs/problem.ts';

const folder = mkdtempSync(join(tmpdir(), 'redress-calendar-'));
afterAll(() => rmSync(folder, { recursive: true }));

const cn = loadCalendar('cn');
// Invented data: no notice for 2027 stands behind it.
const YAML = "2027:\n  source: fixture\n  off: [01-01..01-03, 02-05..02-11]\n  work: ['02-14']\n";
const event = (fields: string) => `BEGIN:VEVENT\r\nUID:x\r\n${fields}\r\nEND:VEVENT\r\n`;
const ics = (...events: string[]) =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:fixture\r\n${events.map(event).join('')}END:VCALENDAR\r\n`;
const NEW_YEAR = 'DTSTART;VALUE=DATE:20270101\r\nDTEND;VALUE=DATE:20270104\r\nSUMMARY:元旦\r\n  放\r\n 假';
const SPRING = 'DTSTART;VALUE=DATE:20270205\r\nDURATION:P1W\r\nSUMMARY:春节(休)';
const MAKE_UP = 'DTSTART:20270214\r\nSUMMARY:春节 调休上班';
const ICS = ics(NEW_YEAR, SPRING, MAKE_UP, 'DTSTART;VALUE=DATE:20270214\r\nSUMMARY:情人节');

const read = (content: string, year?: number) => loadYear(cn, { name: 'given', content }, year);

describe('a year out of a file', () => {
  test.for([
    ['YAML', YAML, []],
    ['YAML with its years named so', `years:\n${YAML.replace(/^/gm, '  ')}`, []],
    ['a whole calendar', `id: cn\nversion: '9'\nyears:\n${YAML.replace(/^/gm, '  ')}`, []],
    ['ICS', ICS, ['情人节']],
    ['ICS with a byte order mark and bare line feeds', `\uFEFF${ICS.replaceAll('\r\n', '\n')}`, ['情人节']],
  ] as const)('%s', ([, content, unused]) => {
    const taken = read(content);
    expect(taken.unused).toEqual(unused);
    expect(taken.calendar.version).toBe('2027.1');
    expect(taken.calendar.years[2027]).toEqual({ source: 'fixture', off: ['01-01..01-03', '02-05..02-11'], work: ['02-14'] });
    expect(taken.preview).toMatchObject({
      year: 2027,
      source: 'fixture',
      replaces: false,
      version: { from: cn.version, to: '2027.1' },
      daysOff: [1, 2, 3].map((day) => `2027-01-0${day}`).concat(['05', '06', '07', '08', '09', '10', '11'].map((day) => `2027-02-${day}`)),
      makeUpDays: ['2027-02-14'],
      workingDays: 261 - 6 + 1,
    });
    expect(taken.preview.differences).toEqual([
      { day: '2027-01-01', before: 'weekday', after: 'day-off' },
      ...['05', '08', '09', '10', '11'].map((day) => ({ day: `2027-02-${day}`, before: 'weekday', after: 'day-off' })),
      { day: '2027-02-14', before: 'weekend', after: 'make-up-workday' },
    ]);
    expect(formatDue(dueOf({ kind: 'workdays', n: 7 }, parseBeijing('2026-12-24 10:00'), taken.calendar).dueAt)).toBe(
      '2027-01-05 24:00:00',
    );
    expect(cn.years[2027]).toBeUndefined();
  });

  test('one of several years, by number', () => {
    const both = `${YAML}2028:\n  source: fixture\n  off: [01-01]\n  work: []\n`;
    expect(() => read(both)).toThrow('given: holds 2027, 2028; right would be to say which year is meant');
    expect(read(both, 2027).calendar.years[2028]).toBeUndefined();
    expect(() => read(YAML, 2028)).toThrow('holds no day of 2028, but of 2027');
  });

  test('what a notice says of the last days of the year before is put there, and nothing else of that year is touched', () => {
    const notice = ics(
      'DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270103\r\nSUMMARY:元旦 休',
      'DTSTART;VALUE=DATE:20261226\r\nSUMMARY:元旦 补班',
    );
    const { calendar, preview } = read(notice);
    const { off, work } = cn.years[2026]!;
    expect(calendar.years[2026]).toMatchObject({ off: [...off, '12-31'], work: [...work, '12-26'] });
    expect(calendar.years[2027]).toMatchObject({ off: ['01-01..01-02'], work: [] });
    expect(preview).toMatchObject({ year: 2027, daysOff: ['2027-01-01', '2027-01-02'] });
    expect(preview.differences.map(({ day, after }) => `${day} ${after}`)).toEqual([
      '2026-12-26 make-up-workday',
      '2026-12-31 day-off',
      '2027-01-01 day-off',
    ]);
    expect(loadYear(calendar, { name: 'given', content: notice }).calendar).toBe(calendar);
    expect(read(notice, 2027).calendar).toEqual(calendar);
    expect(() => read(notice, 2026)).toThrow('holds no more of 2026 than its last days; right would be the year 2027');
    expect(calendarWith(cn, { name: 'given', content: notice })).toEqual(calendar);
    const wrongDay = "2026: { source: x, off: ['12-32'], work: [] }\n2027: { source: x, off: ['01-01'], work: [] }";
    expect(() => read(wrongDay)).toThrow('given:1 2026.off: "12-32" is not a day of 2026');
  });

  test('Apple marks the days apart from the summary', () => {
    const marked = ics(
      'DTSTART;VALUE=DATE:20270101\r\nSUMMARY:元旦\r\nX-APPLE-SPECIAL-DAY:WORK-HOLIDAY',
      'DTSTART;VALUE=DATE:20270214\r\nSUMMARY:春节\r\nX-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY',
    );
    expect(read(marked).preview).toMatchObject({ daysOff: ['2027-01-01'], makeUpDays: ['2027-02-14'] });
  });
});

describe('what cannot be taken is refused whole, with its place', () => {
  test.for([
    [
      'two bad events',
      ics(NEW_YEAR, 'DTSTART;VALUE=DATE:20270230\r\nSUMMARY:放假', 'SUMMARY:补班'),
      ['given:12 event 2 "放假": DTSTART: "2027-02-30": 2027-02 has no day 30', 'given:17 event 3 "补班": has no DTSTART'],
    ],
    [
      'a time of day',
      ics('DTSTART;TZID=Asia/Shanghai:20270101T090000\r\nSUMMARY:放假'),
      ['has a time of day: the event is no all-day one'],
    ],
    [
      'an end before the beginning',
      ics('DTSTART;VALUE=DATE:20270103\r\nDTEND;VALUE=DATE:20270101\r\nSUMMARY:放假'),
      ['ends before it begins'],
    ],
    ['a year of holidays', ics('DTSTART;VALUE=DATE:20270101\r\nDTEND;VALUE=DATE:20280101\r\nSUMMARY:放假'), ['lasts 365 days']],
    ['a rule', ics('DTSTART;VALUE=DATE:20270101\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:放假'), ['repeats by rule']],
    [
      'off and worked',
      ics(SPRING, 'DTSTART;VALUE=DATE:20270206\r\nSUMMARY:补班'),
      ['2027-02-06 is worked and off: "春节(休)" says the opposite'],
    ],
    ['neither', ics('DTSTART;VALUE=DATE:20270214\r\nSUMMARY:春节调休'), ['does not say whether the day is off or worked']],
    ['a make-up weekday', ics(NEW_YEAR, 'DTSTART;VALUE=DATE:20270115\r\nSUMMARY:workday'), ['years.2027.work: 2027-01-15 is a weekday']],
    ['no events', ics(), ['holds no day off and no make-up workday']],
    ['a broken line', ics(NEW_YEAR).replace('UID:x', 'hello'), ['given:5: invalid line', '"hello"']],
    ['cut off', ICS.slice(0, -30), ['began but did not end']],
    [
      'YAML with a slip',
      YAML.replace('01-01..', '01-01.'),
      ['given:3 2027.off[0]: is "01-01.01-03"; right would be MM-DD or MM-DD..MM-DD'],
    ],
    ['no such day', YAML.replace('01-03', '01-32'), ['given:3 2027.off: "01-01..01-32" is not a day of 2027']],
    ['an odd year', YAML.replace('2027', "'27'"), ['is no four-digit year']],
    ['a gap', YAML.replace('2027', '2028'), ['gap: 2026 is followed by 2028', 'right would be to load the years between first']],
    ['no working time', "2027: { source: x, off: ['01-01..12-31'], work: [] }", ['2027 has no working day left']],
    ['neither YAML nor ICS', 'hello', ['given']],
    ['nothing', '', ['given']],
  ] as const)('%s', ([, content, said]) => {
    for (const part of said) expect(() => read(content)).toThrow(part);
  });
});

test('whatever is given is taken whole or refused in words, never half', () => {
  const seeds = fc.constantFrom(YAML, ICS, `id: cn\nversion: '9'\nyears:\n${YAML.replace(/^/gm, '  ')}`);
  const cut = fc.record({
    seed: seeds,
    at: fc.nat(400),
    drop: fc.nat(40),
    put: fc.oneof(fc.constant(''), fc.string({ maxLength: 6 }), fc.constantFrom(':', '\n', '..', '[]', '{}', 'T', '99')),
  });
  fc.assert(
    fc.property(cut, ({ seed, at, drop, put }) => {
      const content = seed.slice(0, at) + put + seed.slice(at + drop);
      try {
        const { calendar } = read(content);
        expect(checkCalendar(calendar)).toEqual([]);
      } catch (error) {
        expect(error).toBeInstanceOf(PackError);
      }
      expect(cn.years[2027]).toBeUndefined();
    }),
    { numRuns: 2000 },
  );
});

describe('a calendar grows', () => {
  const data = { source: 'fixture', off: ['01-01..01-03'], work: [] };

  test('by a version that the same steps always give; the same data gives the same calendar', () => {
    const once = mergeYear(cn, 2027, data);
    expect(mergeYear(cn, 2027, data)).toEqual(once);
    expect(mergeYear(once, 2027, structuredClone(data))).toBe(once);
    const corrected = mergeYear(once, 2027, { ...data, off: ['01-01'] });
    expect([once.version, corrected.version, mergeYear(corrected, 2028, data).version]).toEqual(['2027.1', '2027.2', '2028.1']);
    expect(mergeYear({ ...cn, version: 'ours' }, 2027, data).version).toBe('2027.1');
    expect(dayKind(once, dayFromDate('2026-12-31'))).toMatchObject({ working: true, certain: true });
  });

  test('says where it ends', () => {
    expect(coverageEnd(cn)).toEqual({ year: 2026, loadedTo: '2026-12-31', certainTo: '2026-12-24' });
    expect(coverageEnd({ ...cn, years: {} })).toBeUndefined();
  });

  test.for([
    ['2026-11-30 23:59:59.999', undefined],
    ['2026-12-01 00:00', 2027],
    ['2026-12-31 24:00', 2027],
    ['2028-03-01 09:00', 2027],
  ] as const)('from 1 December the next year is asked for: %s', ([now, year]) => {
    const said = warnMissingYear(cn, parseBeijing(now));
    expect(said?.year).toBe(year);
    if (year !== undefined) expect([said?.zh, said?.en]).toEqual([expect.stringContaining('2027'), expect.stringContaining('2027')]);
    expect(warnMissingYear(mergeYear(mergeYear(cn, 2027, data), 2028, data), parseBeijing(now))).toBeUndefined();
  });
});

test('a deadline is tried with a calendar, or a year to add, from a file', () => {
  const asked = (file: string) => askDeadline('s3-cs19', 'repairMulti', '2026-12-24 10:00', { calendar: join(folder, file) });
  writeFileSync(join(folder, 'year.ics'), ICS);
  writeFileSync(
    join(folder, 'whole.yaml'),
    `id: cn\nversion: '9'\nyears:\n  2026: { source: x, off: [], work: [] }\n${YAML.replace(/^/gm, '  ')}`,
  );
  expect([asked('year.ics'), asked('whole.yaml')].map(({ dueAt, provisional }) => [formatDue(dueAt), provisional])).toEqual([
    ['2027-01-05 24:00:00', false],
    ['2027-01-05 24:00:00', false],
  ]);
  expect(asked('whole.yaml').calendar).toMatchObject({ id: 'cn', version: '9' });
  writeFileSync(join(folder, 'other.yaml'), "id: own\nversion: '9'\nyears:\n  2026: { source: x, off: [], work: [] }\n");
  expect(() => asked('other.yaml')).toThrow('other.yaml:1 id: is own; right would be cn, the calendar that the pack goes by');
  expect(() => asked('.')).toThrow(/: is a folder; right would be a calendar file, YAML or ICS/);
  expect(() => asked('none.ics')).toThrow('there is no such file');
});
