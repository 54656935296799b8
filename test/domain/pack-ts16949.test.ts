import { describe, expect, test } from 'vitest';
import { readForm } from '../../domain/form.ts';
import { resolveRole } from '../../domain/pack.ts';
import { loadPack } from '../../packs/load.ts';
import { answered, chain, dueByWeekdays, limitLines, loose, required, type Dated } from './pack-table.ts';

const pack = loadPack('s0-ts16949');

/** The catalogue's table of limits, apart from the pack. */
const LIMITS = `
handling,TS.D3,10 workdays,hard,proposal
keyCustomerVisit,TS.D1,period half-year,hard,text
kpiYear,TS.D2,period year,hard,text
approval,limits.approval,2 workdays,hard,proposal
nextVersion,limits.nextVersionAfterRejection,3 workdays,hard,proposal
caseClosure,design,60 days,soft,proposal`
  .trim()
  .split('\n');

test('every limit of the catalogue with its number, and no other', () => expect(limitLines(pack)).toEqual(LIMITS.toSorted()));

test('cites a clause or says proposal, is named in both languages, uses what it has', () => {
  const watched = ['handling', 'keyCustomerVisit', 'kpiYear', 'nextVersion', 'caseClosure'];
  expect(loose(pack, { watched, clause: /^\d(\.\d{1,2}){0,2}$/ })).toEqual([]);
});

describe('who hears of a breach', () => {
  const roles = (limit: string) => pack.rules.ladders[pack.rules.limits[limit]!.ladder]!.map((rung) => rung.role);
  test.for([
    ['handling', ['marketingHead', 'deputyGeneralManager', 'generalManager']],
    ['keyCustomerVisit', ['marketingHead', 'generalManager']],
    ['kpiYear', ['marketingHead', 'generalManager']],
    ['approval', ['generalManager']],
    ['caseClosure', ['marketingHead']],
  ] as const)('%s', ([limit, told]) => expect(roles(limit)).toEqual(told));
});

describe('roles', () => {
  test.for([
    ['总经理', 'generalManager'],
    ['公司最高领导', 'generalManager'], // nobody above, so none to escalate to
    ['主管副总', 'deputyGeneralManager'],
    ['营销部负责人', 'marketingHead'],
    ['营销部主管', 'marketingSupervisor'],
    ['责任部', 'responsibleDepartment'],
    ['顾客', 'customer'],
    ['客户', 'customer'],
    ['市场部', undefined],
  ] as const)('%s', ([name, role]) => expect(resolveRole(pack, name)).toBe(role));
});

test('each step of the procedure is there, at its clause', () => {
  const steps: Record<string, string> = {
    open: '6.8.1',
    validity: '6.8.2',
    tactfulReply: '6.8.2',
    meeting: '6.8.3',
    plan: '6.8.4',
    'plan.approve': '6.8.5',
    carryOut: '6.8.5',
    customerTold: '6.8.6',
    opinion: '6.8.6',
    summary: '6.8.7',
    filing: '6.9',
    serviceNotice: '6.5.1',
    serviceAssignment: '6.5.2',
    verification: '6.5.2',
    serviceRecord: '6.5.3',
    training: '6.3',
  };
  expect(Object.fromEntries(Object.keys(steps).map((step) => [step, pack.rules.steps[step]?.clause]))).toEqual(steps);
  expect(pack.rules.steps['verification']!.by).toEqual(['marketingSupervisor']);
  expect(pack.rules.steps['plan.approve']!.by).toEqual(['marketingHead', 'deputyGeneralManager', 'generalManager']);
});

test('by severity: head, then deputy, then the top leader, who is the general manager', () => {
  expect(pack.rules.severities).toEqual(['ordinary', 'major', 'particularlyMajor']);
  expect(chain(pack, 'ordinary')).toBe('approve marketingHead');
  expect(chain(pack, 'major')).toBe('approve marketingHead, approve deputyGeneralManager');
  expect(chain(pack, 'particularlyMajor')).toBe('approve marketingHead, approve deputyGeneralManager, approve generalManager');
});

test('closes with summary and form, service with its verification; reopens on a dissatisfied customer', () => {
  const { closeRequires = {} } = pack.rules;
  expect(closeRequires['quality']).toEqual(['summary', 'filing']);
  expect(closeRequires['service']).toEqual(['summary', 'filing']);
  expect(closeRequires['onSiteService']).toContain('verification');
  expect(pack.duties?.reopenOn).toMatchObject([{ step: 'opinion', field: 'satisfied', equals: false }]);
  expect(pack.rules).not.toHaveProperty('responseLimit');
  expect(pack.none).toEqual({ responseLimit: 'none in the text' });
});

describe('a complaint names who, when, about what and what for (6.8.1)', () => {
  const form = { complainant: '赵先生', complainedAt: '2026-06-08 10:00', subject: '售后服务', demand: '更换配件' };
  const read = (input: object) => readForm(pack.forms['complaint']!.fields, input, { role: (name) => resolveRole(pack, name) });
  test('all four', () => {
    expect(required(pack, 'complaint')).toEqual(Object.keys(form));
    expect(read(form)).toMatchObject({ ok: true, facts: { complainedAt: Date.parse('2026-06-08T10:00:00+08:00') } });
  });
  test.for(Object.keys(form))('not without %s', (name) => {
    expect(read({ ...form, [name]: '' })).toMatchObject({ ok: false, problems: [{ path: name }] });
  });
});

describe('dates', () => {
  const dates: Dated[] = [
    ['16: the prescribed time, past Dragon Boat', 'handling', '2026-06-08 10:00', '2026-06-23 24:00:00'],
    ['17: approval of version 2', 'approval', '2026-08-14 09:00', '2026-08-18 24:00:00'],
    ['17: version 2 after the rejection', 'nextVersion', '2026-08-13 15:00', '2026-08-18 24:00:00'],
    ['19: first half-year', 'keyCustomerVisit', '2026-02-03 09:00', '2026-06-30 24:00:00'],
    ['19: to the last millisecond of it', 'keyCustomerVisit', '2026-06-30 23:59:59', '2026-06-30 24:00:00'],
    ['19: starts again on 1 July', 'keyCustomerVisit', '2026-07-01 00:00', '2026-12-31 24:00:00'],
    ['18: the year of the indicator', 'kpiYear', '2026-03-01 00:00', '2026-12-31 24:00:00'],
    ['closing', 'caseClosure', '2026-06-08 10:00', '2026-08-07 24:00:00'],
  ];
  test.for(answered('s0-ts16949', dates))('$what', ({ at, said }) => expect(said).toBe(at));

  test('16: a rule of weekdays alone would say a day too early', () => {
    expect(dueByWeekdays(pack, 'handling', '2026-06-08 10:00')).toBe('2026-06-22 24:00:00');
  });
});

test('settings of the table', () => {
  expect(pack.rules.switches).toMatchObject({
    validityTest: true,
    notValidReply: 'tactful',
    promiseBeforeDecision: 'allowed',
    extension: 'none',
    untrainedCustomer: 'warn',
    handledInTimeTargetPercent: 100,
    suggestionsCount: true,
  });
  expect(pack.rules.tiers).toEqual({});
});
