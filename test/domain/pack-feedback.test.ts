import { describe, expect, test } from 'vitest';
import { resolveRole } from '../../domain/pack.ts';
import { formatDue, parseBeijing } from '../../domain/time.ts';
import { askDeadline } from '../../packs/due.ts';
import { loadPack } from '../../packs/load.ts';
import { answered, chain, dueByWeekdays, limitLines, loose, required, type Dated } from './pack-table.ts';

const pack = loadPack('s4-feedback');

/** The catalogue's table of limits, apart from the pack; the last four are a corrective action's, which it only names. */
const LIMITS = `
acknowledgement,FB.D3,4 hours,hard,proposal
letter,FB.D1,2 workdays,hard,text
plan,FB.D2,10 workdays,hard,text
generalManagerDecision,FB.X5,2 workdays,hard,proposal
approval,limits.approval,2 workdays,hard,proposal
nextVersion,FB.X9,3 workdays,hard,proposal
adverseEventDeath,FB.D7 add-on,7 days,hard,proposal
adverseEventSerious,FB.D7 add-on,20 days,hard,proposal
groupEvent,FB.D7 add-on,12 hours,hard,proposal
groupEventIndividual,FB.D7 add-on,24 hours,hard,proposal
caseClosure,design,60 days,soft,proposal
actionOwner,FB.F2,3 workdays,hard,proposal
correctiveAction,FB.F2,30 days,hard,proposal
verification,FB.F2,5 workdays,hard,proposal
effectCheck,FB.F2,5 workdays,hard,proposal`
  .trim()
  .split('\n');

const ADD_ON = ['adverseEventDeath', 'adverseEventSerious', 'groupEvent', 'groupEventIndividual'];

test('every limit with its number, and no other', () => expect(limitLines(pack)).toEqual(LIMITS.toSorted()));

test('cites a clause or says proposal, is named in both languages, uses what it has', () => {
  const watched = ['nextVersion', 'caseClosure', ...ADD_ON];
  expect(loose(pack, { watched, clause: /^\d\.\d(\.\d[a-f]?)?$/ })).toEqual([]);
});

test('hard limits climb from the head of the business department to the general manager', () => {
  for (const limit of Object.values(pack.rules.limits)) {
    const approval = limit.name === 'approval' || limit.name === 'generalManagerDecision';
    const told =
      limit.hardness === 'soft' ? ['departmentManager'] : approval ? ['generalManager'] : ['departmentManager', 'generalManager'];
    expect(pack.rules.ladders[limit.ladder]!.map((rung) => rung.role)).toEqual(told);
  }
});

describe('roles', () => {
  test.for([
    ['总经理', 'generalManager'],
    ['业务总经理', 'businessGeneralManager'],
    ['部门经理', 'departmentManager'],
    ['业务部业务经理', 'businessManager'],
    ['业务员', 'salesperson'],
    ['业务人员', 'salesperson'],
    ['客户', 'customer'],
    ['顾客', 'customer'],
    ['质检部', undefined],
  ] as const)('%s', ([name, role]) => expect(resolveRole(pack, name)).toBe(role));
});

test('one of three ranks writes the letter, and the general manager alone decides', () => {
  expect(pack.rules.steps['letter']!.by).toEqual(['businessManager', 'departmentManager', 'businessGeneralManager']);
  expect(pack.rules.steps['plan.approve']).toMatchObject({ by: ['generalManager'], limit: 'generalManagerDecision' });
  expect(pack.rules.steps['report']!.by).toEqual(['managementRepresentative']);
  expect(pack.rules.steps['report.approve']).toMatchObject({ by: ['generalManager'], limit: 'approval' });
  expect(pack.rules.steps['reported']!.by).toEqual(['managementRepresentative']);
});

test('the general manager decides on important information and complaints, not on general information', () => {
  expect(pack.rules.severities).toEqual(['general', 'important', 'complaint']);
  expect(chain(pack, 'general')).toBeUndefined();
  expect(chain(pack, 'important')).toBe('approve generalManager');
  expect(chain(pack, 'complaint')).toBe('approve generalManager');
  expect(pack.rules.closeRequires?.['feedback']).toEqual(['filing']);
  expect(pack.rules.responseLimit).toBe('acknowledgement');
});

test('each step of the procedure is there, at its clause', () => {
  const steps: Record<string, string> = {
    acknowledgement: '4.2.2b',
    classify: '4.2.1, 4.3.1',
    directAnswer: '4.3.2a',
    letter: '4.3.2b',
    qualityAnalysis: '4.3.2b',
    causeAnalysis: '4.1.3, 4.2.2c',
    negotiation: '4.1.3',
    qualityMeeting: '4.1.4',
    correctiveAction: '4.1.4, 4.3.2b',
    screening: '3.2',
    tactfulAnswer: '4.3.2',
    plan: '4.3.2',
    'plan.approve': '4.3.2',
    carryOut: '4.3.2',
    resultTold: '4.3.2b',
    filing: '3.1.3, 4.2.2d',
    'report.approve': '3.4',
    tracking: '3.3',
  };
  expect(Object.fromEntries(Object.keys(steps).map((step) => [step, pack.rules.steps[step]?.clause]))).toEqual(steps);
});

test('content groups a to f, three classes, and an adverse event says how bad', () => {
  const field = (form: string, name: string) => pack.forms[form]!.fields.find((one) => one.name === name)!;
  expect(field('classify', 'content').options).toHaveLength(6);
  expect(field('classify', 'class').options).toEqual(['general', 'important', 'complaint']);
  expect(field('severity', 'severity').options).toEqual(['general', 'important', 'complaint']);
  expect(required(pack, 'adverseEvent')).toEqual(['harm', 'description']);
});

describe('dates', () => {
  const dates: Dated[] = [
    ['13: acknowledged', 'acknowledgement', '2026-02-13 11:00', '2026-02-13 15:00:00'],
    ['13: letter over Spring Festival', 'letter', '2026-02-13 11:00', '2026-02-24 24:00:00'],
    ['13: plan over Spring Festival', 'plan', '2026-02-13 11:00', '2026-03-05 24:00:00'],
    ['13: version 2', 'nextVersion', '2026-03-06 10:00', '2026-03-11 24:00:00'],
    ["13: general manager's decision", 'generalManagerDecision', '2026-03-05 23:30', '2026-03-09 24:00:00'],
    ['14: letter', 'letter', '2026-05-11 09:00', '2026-05-13 24:00:00'],
    ['14: plan', 'plan', '2026-05-11 09:00', '2026-05-25 24:00:00'],
    ['15: acknowledged', 'acknowledgement', '2026-08-03 14:00', '2026-08-03 18:00:00'],
    ['15: letter', 'letter', '2026-08-03 14:00', '2026-08-05 24:00:00'],
    ['15: plan', 'plan', '2026-08-03 14:00', '2026-08-17 24:00:00'],
    ['15: serious injury, on a Sunday', 'adverseEventSerious', '2026-08-03 14:00', '2026-08-23 24:00:00'],
    ['death', 'adverseEventDeath', '2026-08-03 14:00', '2026-08-10 24:00:00'],
    ['group event by telephone', 'groupEvent', '2026-08-03 14:00', '2026-08-04 02:00:00'],
    ['group event, each case', 'groupEventIndividual', '2026-08-03 14:00', '2026-08-04 14:00:00'],
    ['25: letter', 'letter', '2026-03-16 10:00', '2026-03-18 24:00:00'],
  ];
  test.for(answered('s4-feedback', dates))('$what', ({ at, said }) => expect(said).toBe(at));

  test('13: the wrong answers are those of a rule without holidays', () => {
    expect(dueByWeekdays(pack, 'letter', '2026-02-13 11:00')).toBe('2026-02-17 24:00:00');
    expect(dueByWeekdays(pack, 'plan', '2026-02-13 11:00')).toBe('2026-02-27 24:00:00');
  });

  test('13: a plan one millisecond into 6 March is late, at 23:30 it is not', () => {
    const { dueAt } = askDeadline('s4-feedback', 'plan', '2026-02-13 11:00');
    expect(parseBeijing('2026-03-05 23:30')).toBeLessThanOrEqual(dueAt);
    expect(parseBeijing('2026-03-06 00:00') + 1).toBeGreaterThan(dueAt);
    expect(formatDue(dueAt)).toBe('2026-03-05 24:00:00');
  });
});

test('a customer may fill the form; letter, report, and corrective action say what they must [FB.R13 FB.F2 FB.F3 FB.F4 FB.F6 FB.R10 FIND.X1]', () => {
  expect(pack.kinds['feedback']!.by).toContain('customer');
  expect(required(pack, 'letter')).toEqual(['letter']);
  expect(required(pack, 'report')).toEqual(['report']);
  expect(required(pack, 'correctiveAction')).toEqual(['cause', 'corrective', 'preventive', 'evidence']);
  expect(required(pack, 'qualityMeeting')).toEqual(['participants', 'decision', 'owner', 'dueAt', 'correctiveAction']);
  expect(required(pack, 'actionOwner')).toEqual(['owner', 'dueAt']);
  expect(pack.rules.closeRequires?.['capa']).toEqual(['verification', 'effectCheck']);
  expect(pack.rules.withoutClosure).toEqual(['adverseEvent', 'recall', 'capa']);
});

test('settings of the table; the statutory limits are off', () => {
  expect(pack.rules.switches).toMatchObject({
    validityTest: true,
    notValidReply: 'tactful',
    statutoryAddOn: false,
    promiseBeforeDecision: 'allowed',
    extension: 'none',
  });
  for (const step of Object.values(pack.rules.steps)) expect(ADD_ON).not.toContain(step.limit);
});
