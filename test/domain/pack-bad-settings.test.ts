import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadPackFile } from '../../packs/load.ts';
import { PackError } from '../../packs/problem.ts';

const folder = mkdtempSync(join(tmpdir(), 'redress-bad-'));
afterAll(() => rmSync(folder, { recursive: true }));

const shipped = (id: string): string => readFileSync(join(import.meta.dirname, `../../packs/${id}/pack.yaml`), 'utf8');

/** All that is said of a shipped pack with one text replaced. */
function said(id: string, from: string, to: string): string {
  const text = shipped(id).replace(from, to);
  expect(text).not.toBe(shipped(id));
  const path = join(folder, 'bad.yaml');
  writeFileSync(path, text);
  try {
    loadPackFile(path);
  } catch (error) {
    expect(error).toBeInstanceOf(PackError);
    return (error as PackError).message;
  }
  return 'taken';
}

/** From, to, and the problem: place, what is wrong, what would be right. */
type Bad = readonly [from: string, to: string, problem: string];

const CASE = 'case: { clause: proposal, rungs: [serviceManager, generalManager] }';
const rungs = (list: string): string => `case: { clause: proposal, rungs: [${list}] }`;
const CLOSING = "other: { steps: [solution, customerTold], clause: '3.4.2, 3.4.5' }";
const PROMISE = 'responseLimit: survey';
const CATCH_UP = 'catchUp: { value: all, clause: proposal }';
const chain = (one: string): string => `${CATCH_UP}\nchains: { ${one} }`;

const inCs19: Record<string, readonly Bad[]> = {
  'promises and coordinator': [
    [PROMISE, '', 'responseLimit: is missing; right would be the name of a limit, or { none: none in the text }'],
    [PROMISE, 'responseLimit: inspection', 'responseLimit: there is no limit "inspection"; right would be one of: survey'],
    [PROMISE, 'responseLimit: { none: }', 'responseLimit.none: is null; right would be a text'],
    [PROMISE, 'responseLimit: 24', 'responseLimit: is 24; right would be the name of a limit'],
    ['mayDecide: [route,', 'mayDecide: [rout,', 'coordinator.mayDecide[0]: there is no step "rout"'],
    [
      'mayDecide: [route,',
      'mayDecide: [payment,',
      'payment is answered by finance; right would be a step that one of customerService, serviceManager',
    ],
    ['  clause: 3.4.2\n', '', 'coordinator.clause: is missing; right would be a clause in quotes, or proposal'],
    [
      'roles: [customerService, serviceManager, caseHandler]',
      'roles: [customerservice]',
      'coordinator.roles[0]: there is no role "customerservice"',
    ],
    ['calendar: cn', 'calendar: cn\ndefault: yes', 'default: is "yes"; right would be true, or nothing'],
  ],
  'severities, chains and closing': [
    ['[ordinary, difficult, major]', '[ordinary, ordinary, major]', 'severities.levels[1]: "ordinary" stands there twice'],
    ["clause: '2.1.2, 3.10.6' }", '}', 'severities.clause: is missing; right would be a clause in quotes, or proposal'],
    [
      CATCH_UP,
      chain('grave: { clause: proposal, chain: [{ approve: generalManager }] }'),
      'chains.grave: there is no severity "grave"; right would be one of: ordinary, difficult, major',
    ],
    [CATCH_UP, chain('major: { clause: proposal, chain: [{ approve: boss }] }'), 'chains.major.chain[0]: there is no role "boss"'],
    [
      CATCH_UP,
      chain('major: { clause: proposal, chain: [{ review: generalManager }] }'),
      'chains.major.chain: is review; right would be reviews first, then at least one approval',
    ],
    [
      CATCH_UP,
      chain('major: { clause: proposal, mode: all, chain: [{ review: sales }, { approve: generalManager }] }'),
      'chains.major.mode: is all, but the chain has a review',
    ],
    [
      CATCH_UP,
      chain('major: { clause: proposal, mode: any, chain: [{ approve: generalManager }] }'),
      'chains.major.mode: is "any"; right would be one of: inOrder, all',
    ],
    [
      CATCH_UP,
      chain('major: { clause: proposal, chain: [{ sign: generalManager }] }'),
      'chains.major.chain[0]: is {"sign":"generalManager"}; right would be { review: <role> } or { approve: <role> }',
    ],
    [CATCH_UP, chain('major: { chain: [{ approve: generalManager }] }'), 'chains.major.clause: is missing'],
    [
      CLOSING,
      CLOSING.replace('other', 'others'),
      'closeRequires.others: there is no kind of case and no severity "others"; right would be one of: repair, other',
    ],
    [CLOSING, CLOSING.replace('customerTold', 'told'), 'closeRequires.other.steps[1]: there is no step "told"'],
    [
      CLOSING,
      CLOSING.replace('steps: [solution, customerTold]', 'documents: [letter]'),
      'closeRequires.other.documents[0]: there is no form "letter"',
    ],
    [CLOSING, 'other: { clause: proposal }', 'closeRequires.other: requires nothing'],
  ],
  'quiet hours, outages and ladders': [
    [
      "from: '21:00', to: '08:00'",
      "from: '21:00', to: '21:00'",
      'quietHours.to: is "21:00"; right would be hours that end at another time than they begin',
    ],
    ["from: '21:00'", "from: '25:00'", 'quietHours.from: is "25:00"; right would be a time of day in quotes, such as "21:00"'],
    [CATCH_UP, 'catchUp: { value: some, clause: proposal }', 'catchUp.value: is "some"; right would be one of: all, highest, digest'],
    [CASE, rungs('serviceManager, boss, generalManager'), 'ladders.case.rungs[1]: there is no role "boss"'],
    [
      CASE,
      rungs('generalManager, serviceManager'),
      'limits.survey.ladder: case does not end at generalManager; right would be a ladder that ends there',
    ],
    [
      CASE,
      rungs('serviceManager, { role: generalManager, when: before, hours: 2 }'),
      'ladders.case.rungs[1]: ends before the deadline; right would be generalManager at the breach or after it',
    ],
    [
      CASE,
      rungs(
        'serviceManager, generalManager, { role: serviceManager, when: after, workdays: 1 }, { role: generalManager, afterWorkdays: 0 }',
      ),
      'ladders.case.rungs[3]: tells generalManager a second time at the same instant; right would be each role once for an instant',
    ],
    [
      CASE,
      rungs('{ role: owner, when: before, percent: 50 }, { role: owner, when: before, percent: 50 }, generalManager'),
      'ladders.case.rungs[1]: tells owner a second time at the same instant',
    ],
    [
      CASE,
      rungs('{ role: serviceManager, when: before }, generalManager'),
      'ladders.case.rungs[0].when: is "before"; right would be exactly one of percent, workdays and hours beside when (there are 0)',
    ],
    [
      CASE,
      rungs('{ role: serviceManager, when: before, hours: 2, percent: 80 }, generalManager'),
      'exactly one of percent, workdays and hours beside when (there are 2)',
    ],
    [
      CASE,
      rungs('{ role: serviceManager, hours: 2 }, generalManager'),
      'ladders.case.rungs[0].when: is missing; right would be before or after',
    ],
    [
      CASE,
      rungs('{ role: serviceManager, when: before, percent: 100 }, generalManager'),
      'ladders.case.rungs[0].percent: is 100; right would be a whole number from 1 to 99',
    ],
    [
      CASE,
      rungs('{ role: serviceManager, when: after, workdays: 0 }, generalManager'),
      'ladders.case.rungs[0].workdays: is 0; right would be a whole number from 1 to 250',
    ],
    [CASE, rungs('serviceManager, { role: generalManager, after: 2 }'), 'ladders.case.rungs[1].after: is not known here'],
    [CASE, 'case: { rungs: [serviceManager, generalManager] }', 'ladders.case.clause: is missing'],
  ],
  'tiers and money': [
    ['upTo: 1000.00,', 'upTo: 1000.00, below: 1000.00,', 'tiers.estimate.rows[0].below: stands beside upTo; right would be one bound'],
    [
      'upTo: 10000.00,',
      'below: 1000.01,',
      'tiers.estimate.rows[1].below: is not above the row before; right would be bounds that rise from row to row, here above 1000.00',
    ],
    [
      'upTo: 10000.00,',
      'upTo: ten thousand,',
      'tiers.estimate.rows[1].upTo: is "ten thousand"; right would be an amount above zero in yuan',
    ],
    ['upTo: 10000.00,', 'upTo: -1.00,', 'tiers.estimate.rows[1].upTo: is -1; right would be an amount above zero in yuan'],
    ['upTo: 10000.00,', '', 'tiers.estimate.rows[1].upTo: is missing; right would be a bound, upTo or below, in every row but the last'],
    ['id: upTo10000,', 'id: upTo1000,', 'tiers.estimate.rows[1].id: "upTo1000" stands there twice'],
    [
      'upTo: 1000.00, clause: 3.6.1,',
      'upTo: 1000.00,',
      'tiers.estimate.rows[0].clause: is missing; right would be a clause in quotes, or proposal',
    ],
    [
      'auditBound: { money: 20000.00',
      'auditBound: { money: 0',
      'switches.auditBound.money: is 0; right would be an amount above zero in yuan',
    ],
  ],
  'duties and surveys': [
    [
      'every: week, by: [serviceOffice]',
      'every: fortnight, by: [serviceOffice]',
      'schedules.coordinationMeeting.every: is "fortnight"; right would be one of: week, month, quarter, half-year, year',
    ],
    ['until: weeklyMeetingsEnd', 'until: someday', 'schedules.coordinationMeeting.until: there is no limit "someday"'],
    [
      'every: week, from: [serviceOffice]',
      'from: [serviceOffice]',
      'reports.weeklyReport.every: is missing; right would be either every: <period> or each: case, event or round',
    ],
    ['to: [customerService, engineering]', 'to: [customerService, works]', 'reports.equipmentUse.to[1]: there is no role "works"'],
    ['unit: percent, atLeast: 90', 'unit: percent', 'surveys.visits.thresholds.firstRoundVisited: is {'],
    ['atLeast: 10, atMost: 25', 'atLeast: 30, atMost: 25', 'right would be a lower bound that is not above the upper one'],
    ['unit: percent, atLeast: 90', 'unit: percent, atLeast: 190', 'right would be percentages up to 100'],
    [
      'field: satisfied, equals: false',
      'field: happy, equals: false',
      'reopenOn[0].field: form followUp has no field "happy"; right would be one of: satisfied',
    ],
    [
      'field: satisfied, equals: false',
      'field: satisfied, equals: maybe',
      'reopenOn[0].equals: is maybe; right would be one of: true, false',
    ],
    [
      'retention: { none: none in the text }',
      'retention: forever',
      'retention: is "forever"; right would be { none: none in the text }, or { years: <number>',
    ],
    ['schedules:\n', 'schedules: { }\nschedules:\n', 'the name "schedules" stands there twice; right would be each name once'],
    [
      'form: finalAccount, clause: 3.5.5',
      'form: finalAccount, requiredForms: [bill], clause: 3.5.5',
      'steps.finalAccount.requiredForms[0]: there is no form "bill"',
    ],
    ['retention:', 'retenton:', 'retenton: is not known here; right would be to remove it or to correct its spelling'],
  ],
};

describe.for(Object.entries(inCs19))('%s', ([, cases]) => {
  test.for(cases)('%s → %s', ([from, to, problem]) => {
    const message = said('s3-cs19', from, to);
    expect(message).toContain(problem);
    expect(message).toMatch(/bad\.yaml(:\d+:?)? /);
  });
});

describe('the questions and grades of a survey', () => {
  test.for<Bad>([
    [
      'weights: [2, 2, 2, 2, 2, 2, 2, 3, 3]',
      'weights: [2, 2, 2, 2, 2, 2, 2, 3]',
      'surveys.customers.items.weights: is [2,2,2,2,2,2,2,3]; right would be 9 weights',
    ],
    ['weights: [2, 2, 2, 2, 2, 2, 2, 3, 3]', 'weights: [2, 2, 2, 2, 2, 2, 2, 2, 3]', 'together 19, give 19 to 95, not 20 to 100'],
    [
      'id: B, zh: 满意, en: satisfied, from: 80',
      'id: B, zh: 满意, en: satisfied, from: 93',
      'surveys.customers.grades[1].from: is 93; right would be a bound below that of A',
    ],
    [
      'id: D, zh: 较差, en: poor, from: 0',
      'id: D, zh: 较差, en: poor, from: 20',
      'surveys.customers.grades[3].from: is 20; right would be 0 for the last grade',
    ],
    ["opens: '12-01'", "opens: '12-32'", 'surveys.customers.window.opens: is "12-32"; right would be a day of the year as MM-DD'],
    ['limits: [send, reply]', 'limits: [send, answer]', 'surveys.customers.limits[1]: there is no limit "answer"'],
  ])('%s → %s', ([from, to, problem]) => expect(said('s3-16949-sat', from, to)).toContain(problem));
});

test('both ways to write a ladder are read, and all rungs', () => {
  const path = join(folder, 'good.yaml');
  const list =
    '{ role: serviceManager, when: before, percent: 80 }, { role: generalManager, when: after, workdays: 1, repeatEveryWorkdays: 2 }';
  writeFileSync(path, shipped('s3-cs19').replace(CASE, `case: [${list}]`));
  const pack = loadPackFile(path);
  expect(pack.rules.ladders['case']).toEqual([
    { role: 'serviceManager', when: 'before', percent: 80 },
    { role: 'generalManager', when: 'after', workdays: 1, repeatEveryWorkdays: 2 },
  ]);
  expect(pack.clauses!['ladders.case']).toBe('proposal');
});
