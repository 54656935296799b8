import { describe, expect, test } from 'vitest';
import { resolveRole } from '../../domain/pack.ts';
import { listCalendars, listPacks, loadCalendar, loadPack } from '../../packs/load.ts';
import { withSettings } from '../../packs/settings.ts';

const cs19 = loadPack('s3-cs19');

/** The catalogue's table of limits, apart from the pack: name, requirement, rule, hardness, source. */
const LIMITS = `
survey,CS19.D1,1 workdays,hard,text
departmentFeedback,CS19.D2,3 workdays,hard,text
weeklyItem,CS19.D3,7 days roll,hard,text
repairSingle,CS19.D4,3 workdays,hard,text
repairMulti,CS19.D5,7 workdays,hard,text
other,CS19.D7,7 days roll,soft,text
followUpCall,CS19.D8,1 workdays,hard,text
majorReport,CS19.D10,same-workday,hard,proposal
majorMeasures,CS19.D21,2 workdays,hard,proposal
firstVisitRound,CS19.D12,3 months,hard,proposal
yearlyVisit,CS19.D11,1 years,soft,text
equipmentYear,CS19.D13,1 years,hard,text
surveyCheckYear,CS19.D14,period year,hard,text
weeklyMeetingsEnd,CS19.D16,1 years,hard,text
quarterlyReport,CS19.D19,5 period+workdays quarter,hard,proposal
yearlyReport,CS19.D19,10 period+workdays year,hard,proposal
approval,limits.approval,2 workdays,hard,proposal
nextVersion,limits.nextVersionAfterRejection,3 workdays,hard,proposal
caseClosure,design,60 days,soft,proposal`
  .trim()
  .split('\n');

describe('the CS19 pack', () => {
  test('has every limit of the catalogue with its number, and no other', () => {
    const rows = Object.entries(cs19.rules.limits).map(([name, limit]) => {
      const { requirement, source } = cs19.limitLabels[name]!;
      const n = 'n' in limit ? `${limit.n} ` : '';
      const period = 'period' in limit ? ` ${limit.period}` : '';
      return `${name},${requirement},${n}${limit.kind}${period}${limit.kind === 'days' && limit.roll ? ' roll' : ''},${limit.hardness},${source}`;
    });
    expect(rows.toSorted()).toEqual(LIMITS.toSorted());
  });

  test('warns the department head only of soft limits, and climbs to the general manager with hard ones', () => {
    for (const limit of Object.values(cs19.rules.limits)) {
      const roles = cs19.rules.ladders[limit.ladder]!.map((rung) => rung.role);
      if (limit.hardness === 'soft') expect(roles).toEqual(['serviceManager']);
      else expect(roles.at(-1)).toBe('generalManager');
    }
  });

  test('has the tiers of 3.6.1 with inclusive bounds', () => {
    const { sum, rows } = cs19.rules.tiers['estimate']!;
    expect(sum).toBe('case');
    expect(rows.map((row) => [row.upTo, row.chain.map((link) => `${link.act} ${link.role}`)])).toEqual([
      [100_000, ['approve serviceManager']],
      [1_000_000, ['review deputyChiefEngineer', 'approve deputyGeneralManager']],
      [undefined, ['review deputyChiefEngineer', 'approve generalManager']],
    ]);
  });

  test('has the amounts of the text in fen', () => {
    expect(cs19.rules.switches).toMatchObject({
      auditBound: 2_000_000,
      auditBelow: 'customerService',
      auditFrom: 'auditDepartment',
      auditBoundGoesTo: 'auditDepartment',
      builderNotNeededUpTo: 50_000,
      fundCustomerService: 10_000_000,
      fundRepairTeam: 10_000_000,
      repairClockStartsAt: 'survey-signed',
      roll: 'next-working-day',
    });
  });

  test('cites a clause or says proposal for every value', () => {
    const cited = [
      ...cs19.roles,
      ...Object.values(cs19.rules.limits),
      ...Object.values(cs19.rules.steps),
      ...Object.values(cs19.switchLabels),
      ...Object.values(cs19.rules.tiers).flatMap((table) => table.rows),
    ];
    for (const { clause } of cited) expect(clause).toMatch(/^(proposal|\d+(\.\d+)+(-\d+)?(, \d+(\.\d+)+(-\d+)?)*)$/);
  });

  test.for([
    ['总工程师', 'deputyChiefEngineer'],
    ['负责质量的副总工程师', 'deputyChiefEngineer'],
    ['审计部', 'auditDepartment'],
    ['经营部', 'sales'],
    ['工程部', 'engineering'],
    ['小区物业处', 'property'],
    ['客户服务部', 'customerService'],
    ['客户服务部经理', 'serviceManager'],
    ['serviceManager', 'serviceManager'],
    ['general manager', 'generalManager'],
    [' 总经理 ', 'generalManager'],
    ['门卫', undefined],
    ['toString', undefined],
  ] as const)('knows %s as %s', ([name, role]) => expect(resolveRole(cs19, name)).toBe(role));

  test('gives a case small rules to keep', () => {
    expect(JSON.stringify(cs19.rules).length).toBeLessThan(10_000);
    expect(JSON.stringify(loadCalendar(cs19.calendarId)).length).toBeLessThan(1500);
  });
});

describe('hash', () => {
  test('is the same at every reading and the same inside the rules', () => {
    expect(loadPack('s3-cs19').hash).toBe(cs19.hash);
    expect(cs19.rules.hash).toBe(cs19.hash);
    expect(cs19.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(withSettings(cs19, {}).hash).toBe(cs19.hash);
    expect(withSettings(cs19, { roll: 'next-working-day' }).hash).toBe(cs19.hash);
  });

  test('changes with any setting, and back', () => {
    const other = withSettings(cs19, { auditBoundGoesTo: '客户服务部' });
    expect(other.rules.switches['auditBoundGoesTo']).toBe('customerService');
    expect(other.hash).not.toBe(cs19.hash);
    expect(other.rules.hash).toBe(other.hash);
    expect(withSettings(other, { auditBoundGoesTo: 'auditDepartment' }).hash).toBe(cs19.hash);
    expect(cs19.rules.switches['auditBoundGoesTo']).toBe('auditDepartment');
  });
});

describe('settings', () => {
  test('nested or dotted, money in yuan', () => {
    const pack = withSettings(cs19, {
      switches: { builderNotNeededUpTo: '600.00' },
      'limits.survey.n': 2,
      tiers: { estimate: { sum: 'item' } },
      validityTest: true,
    });
    expect(pack.rules.switches).toMatchObject({ builderNotNeededUpTo: 60_000, validityTest: true });
    expect(pack.rules.limits['survey']).toMatchObject({ kind: 'workdays', n: 2 });
    expect(pack.rules.tiers['estimate']!.sum).toBe('item');
  });

  test('roll: none takes the roll from both weeks', () => {
    const { limits } = withSettings(cs19, { roll: 'none' }).rules;
    expect([limits['weeklyItem'], limits['other'], limits['caseClosure']].map((limit) => limit?.kind === 'days' && limit.roll)).toEqual([
      false,
      false,
      false,
    ]);
  });

  test.for([
    [{ rol: 'none' }, 'rol: is no setting'],
    [{ roll: 'sometimes' }, 'one of: next-working-day, none'],
    [{ auditBoundGoesTo: 'finance' }, 'one of: auditDepartment, customerService'],
    [{ auditBound: '20000.001' }, 'at most two decimals'],
    [{ auditBelow: '门卫' }, 'a role of the pack'],
    [{ validityTest: 'yes' }, 'a boolean'],
    [{ occurredAtBackDays: '3' }, 'a number'],
    [{ limits: { survy: { n: 2 } } }, 'there is no limit "survy"'],
    [{ limits: { survey: { n: 0 } } }, 'a whole number from 1 to 1000'],
    [{ limits: { survey: { n: 1001 } } }, 'a whole number from 1 to 1000'],
    [{ limits: { other: { n: 3661 } } }, 'a whole number from 1 to 3660'],
    [{ limits: { survey: { n: '2' } } }, 'a whole number from 1 to 1000'],
    [{ occurredAtBackDays: -3 }, 'a whole number of days, 0 for no bound'],
    [{ occurredAtBackDays: 1.5 }, 'a whole number of days, 0 for no bound'],
    [{ limits: { survey: { roll: true } } }, 'cannot be set'],
    [{ tiers: { estimate: { sum: 'none' } } }, 'case or item'],
    [{ tiers: { account: { sum: 'case' } } }, 'there is no tier table "account"'],
    [{ constructor: 'x' }, 'is no setting'],
  ] as const)('%j are refused', ([settings, message]) => expect(() => withSettings(cs19, settings)).toThrow(message));
});

test('packs and calendars are listed and unknown ones named', () => {
  expect(listPacks()).toContain('s3-cs19');
  expect(listCalendars()).toEqual(['cn']);
  expect(() => loadPack('s9-none')).toThrow(/there is no pack "s9-none".*s3-cs19/);
  expect(() => loadPack('../packs/s3-cs19')).toThrow('there is no pack');
  expect(() => loadCalendar('de')).toThrow('there is no calendar "de"');
});
