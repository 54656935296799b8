import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { limitLines } from './pack-table.ts';
import { resolveRole } from '../../domain/pack.ts';
import { dueRows } from '../../packs/due.ts';
import { listPacks, loadPack } from '../../packs/load.ts';

/** The catalogue's table of limits: pack, limit, requirement, rule, hardness, source, roll. */
const rows = readFileSync(join(import.meta.dirname, 'pack-catalogue.csv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','));

/** As the packs read back; a day's number stands behind its kind there. */
const lines = (pack: string): string[] =>
  rows
    .filter(([id]) => id === pack)
    .map(([, limit, requirement, rule, hardness, source, roll]) => {
      const day = /^(\d+) (next-month-day|mid-december)$/.exec(rule!);
      return `${limit},${requirement},${day === null ? rule : day[2]}${roll === 'roll' ? ' roll' : ''},${hardness},${source}`;
    });

describe('limits of the catalogue', () => {
  test.for([...new Set(rows.map(([pack]) => pack!))])('%s has each of its rows', (pack) => {
    expect(limitLines(loadPack(pack))).toEqual(expect.arrayContaining(lines(pack)));
  });

  test('each is answered by its name', () => {
    const asked = rows.map(([pack, limit]) => ({ id: `${pack} ${limit}`, pack, limit, from: '2026-03-04 09:30:00' }));
    for (const { id, error } of dueRows(asked)) expect(error, id).toBeNull();
  });
});

describe('the default pack', () => {
  const std = loadPack('s3-std');
  test('is one', () => expect(listPacks().filter((id) => loadPack(id).default)).toEqual(['s3-std']));
  test('takes inquiries, suggestions and complaints at one intake', () => {
    expect(Object.values(std.kinds).map(({ workflow, form }) => `${workflow} ${form}`)).toEqual(Array(3).fill('standardService intake'));
  });
  test('warns the head of service only, and promises both limits', () => {
    expect(std.rules).toMatchObject({ responseLimit: 'reply', closureLimit: 'caseClosure', ladders: { soft: [{ role: 'serviceHead' }] } });
  });
  test('replies in four hours and solves in a day, by the clock', () => {
    const ask = (limit: string) => ({ id: limit, pack: 's3-std', limit, from: '2026-10-01 22:00:00' });
    expect(dueRows([ask('reply'), ask('solution')]).map((row) => row.dueAt)).toEqual(['2026-10-02 02:00:00', '2026-10-02 22:00:00']);
  });
});

describe('the survey pack', () => {
  const sat = loadPack('s3-16949-sat');
  const { customers, employees } = sat.duties!.surveys!;
  test('opens no case and says that nothing is promised', () => {
    expect(sat.kinds).toEqual({});
    expect(sat.none).toEqual({ responseLimit: 'none in the text', closureLimit: 'none in the text' });
  });
  test('has the numbers of 5.1.2 to 5.1.10', () => {
    expect(customers).toMatchObject({
      window: { opens: '12-01', closes: '12-31' },
      thresholds: {
        returnRate: { atLeast: 80 },
        average: { atLeast: 90 },
        itemRate: { atLeast: 85 },
        satisfied: { atLeast: 4, atMost: 5 },
        lowItem: { below: 2 },
      },
      items: { count: 9 },
    });
    expect(employees).toMatchObject({ thresholds: { average: { atLeast: 85 }, meetingAverage: { below: 80 } }, items: { count: 10 } });
    expect(customers!.grades!.map(({ id, from }) => `${id}${from}`)).toEqual(['A93', 'B80', 'C70', 'D0']);
    expect(employees!.grades!.map(({ id, from }) => `${id}${from}`)).toEqual(['A91', 'B81', 'C65', 'D0']);
  });
  test('replies are due on 5 January, the employees’ survey on 20 December', () => {
    const ask = (limit: string) => ({ id: limit, pack: 's3-16949-sat', limit, from: '2026-12-10 09:00:00' });
    expect(dueRows([ask('reply'), ask('employeeSurvey')]).map((row) => row.dueAt)).toEqual(['2027-01-05 24:00:00', '2026-12-20 24:00:00']);
  });
});

describe('the outlet pack', () => {
  const outlet = loadPack('s1-outlet');
  test('the general manager approves whatever the funds, and no other role', () => {
    expect(outlet.rules.tiers['application']!.rows).toEqual([
      { id: 'all', clause: '4.1.1a', chain: [{ act: 'approve', role: 'generalManager' }] },
    ]);
    expect(outlet.rules.steps['application.approve']!.by).toEqual(['generalManager']);
  });
  test('periodic duties climb from the service department to the general manager', () => {
    expect(outlet.rules.ladders['periodic']!.map(({ role }) => role)).toEqual(['serviceDepartment', 'generalManager']);
    expect(outlet.duties!.schedules).toMatchObject({
      quarterlySummary: { limit: 'quarterlySummary' },
      yearlySurvey: { limit: 'yearlySurvey' },
    });
  });
  test.for([
    ['委外单位', 'contractor'],
    ['服务部经理', 'manager'],
    ['售后服务管理师', 'serviceEngineer'],
  ] as const)('knows %s', ([name, role]) => expect(resolveRole(outlet, name)).toBe(role));
});

test('every shipped pack promises a response and a closure, or says that its text has none', () => {
  for (const { id, rules, none = {} } of listPacks().map(loadPack)) {
    expect(rules.responseLimit ?? none.responseLimit, id).toBeTruthy();
    expect(rules.closureLimit ?? none.closureLimit, id).toBeTruthy();
  }
});
