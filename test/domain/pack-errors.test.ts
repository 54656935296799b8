import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadCalendarFile, loadPackFile, loadPackText } from '../../packs/load.ts';
import { PackError } from '../../packs/problem.ts';

const folder = mkdtempSync(join(tmpdir(), 'redress-pack-'));
afterAll(() => rmSync(folder, { recursive: true }));

const packs = join(import.meta.dirname, '../../packs');
const shipped = readFileSync(join(packs, 's3-cs19/pack.yaml'), 'utf8');

/** What is said of the text; `undefined` when it is taken. */
function complaint(load: (path: string) => unknown, text: string): string | undefined {
  const path = join(folder, 'planted.yaml');
  writeFileSync(path, text);
  try {
    load(path);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(PackError);
    return (error as PackError).message;
  }
}

function planted(from: string | RegExp, to: string): { text: string; line: number } {
  const text = shipped.replace(from, to);
  expect(text).not.toBe(shipped);
  const changed = text.split('\n').findIndex((line, i) => line !== shipped.split('\n')[i]);
  return { text, line: changed + 1 };
}

describe('a planted error is named with its place and what would be right', () => {
  test('none without one', () => expect(complaint(loadPackFile, shipped)).toBeUndefined());

  test.for([
    [
      'a number that is none',
      'kind: workdays, n: 1, hardness',
      'kind: workdays, n: one, hardness',
      'limits.survey.n: is "one"; right would be a whole number from 1 to 1000',
    ],
    [
      'zero days',
      'kind: workdays, n: 1, hardness',
      'kind: workdays, n: 0, hardness',
      'limits.survey.n: is 0; right would be a whole number from 1 to 1000',
    ],
    [
      'an unknown kind of limit',
      'kind: same-workday',
      'kind: same-day',
      'limits.majorReport.kind: is "same-day"; right would be one of: hours, business-hours, workdays',
    ],
    ['a misspelt key', 'kind: workdays, n: 1, hardness', 'kind: workdays, n: 1, hardnes', 'limits.survey.hardnes: is not known here'],
    [
      'an unknown ladder',
      'hardness: soft, ladder: soft, clause: 3.4.5',
      'hardness: soft, ladder: sof, clause: 3.4.5',
      'limits.other.ladder: there is no ladder "sof"; right would be one of: case, soft, approval',
    ],
    [
      'a hard limit that stops below the top',
      'n: 1, hardness: hard, ladder: case, clause: 3.4.5',
      'n: 1, hardness: hard, ladder: soft, clause: 3.4.5',
      'limits.survey.ladder: soft does not end at generalManager',
    ],
    [
      'a soft limit that reaches the top',
      'hardness: soft, ladder: soft, clause: 3.4.5',
      'hardness: soft, ladder: case, clause: 3.4.5',
      'limits.other.ladder: case tells generalManager of a soft limit; right would be a ladder that stays below, since a soft limit warns the department head only',
    ],
    [
      'a role of the name that stands for whoever owes the task',
      '\n  serviceManager: {',
      '\n  owner: { zh: 业主, en: householder, clause: 3.4.5 }\n  serviceManager: {',
      'roles.owner: stands in ladders for whoever owes the task',
    ],
    [
      'an unknown role in a step',
      'by: [teamLeader], form: finalAccount',
      'by: [teamleader], form: finalAccount',
      'steps.finalAccount.by[0]: there is no role "teamleader"',
    ],
    [
      'an unknown form',
      'form: finalAccount, clause: 3.5.5',
      'form: account, clause: 3.5.5',
      'steps.finalAccount.form: there is no form "account"',
    ],
    ['an unknown limit of a step', 'limit: followUpCall }', 'limit: call }', 'steps.followUp.limit: there is no limit "call"'],
    ['an unknown closure limit', 'closureLimit: caseClosure', 'closureLimit: closing', 'closureLimit: there is no limit "closing"'],
    ['an alias used twice', 'aliases: [工程部, ', 'aliases: [经营部, ', '"经营部" already names sales'],
    [
      'a bound with three decimals',
      'upTo: 1000.00,',
      'upTo: 1000.005,',
      'tiers.estimate.rows[0].upTo: is 1000.005; right would be an amount above zero in yuan with at most two decimals',
    ],
    ['bounds that fall', 'upTo: 10000.00,', 'upTo: 999.00,', 'tiers.estimate.rows[1].upTo: is not above the row before'],
    [
      'a last row with a bound',
      'id: above10000, clause',
      'id: above10000, upTo: 99999.00, clause',
      'tiers.estimate.rows[2].upTo: bounds the last row',
    ],
    [
      'approval before review',
      'chain: [{ review: deputyChiefEngineer }, { approve: deputyGeneralManager }]',
      'chain: [{ approve: deputyGeneralManager }, { review: deputyChiefEngineer }]',
      'tiers.estimate.rows[1].chain: is approve, review; right would be reviews first',
    ],
    [
      'a switch outside its options',
      'value: continue,',
      'value: go-on,',
      'switches.builderHandOver: is "go-on"; right would be one of: continue, restart',
    ],
    ['a switch with two values', 'money: 20000.00,', 'money: 20000.00, value: 3,', 'switches.auditBound: '],
    [
      'an unknown field type',
      'name: findings, type: text',
      'name: findings, type: prose',
      'forms.survey.fields[9].type: is "prose"; right would be one of: text, boolean',
    ],
    [
      'options without a choice',
      'name: trades, type: choice',
      'name: trades, type: text',
      'forms.survey.fields[0].options: do not go with type text',
    ],
    ['a field twice', 'name: findings, type: text', 'name: trades, type: text', 'forms.survey.fields[9].name: "trades" stands there twice'],
    [
      'a condition on nothing',
      'requiredWhen: { field: decision, equals: reject }',
      'requiredWhen: { field: verdict, equals: reject }',
      'forms.decision.fields[3].requiredWhen.field: there is no other field "verdict"',
    ],
    [
      'a condition that never holds',
      'requiredWhen: { field: decision, equals: reject }',
      'requiredWhen: { field: decision, equals: refuse }',
      'right would be one of: approve, reject',
    ],
    [
      'a clause read as a number',
      "clause: '2.4'",
      'clause: 2.4',
      'roles.design.clause: is 2.4; right would be a clause in quotes, or proposal',
    ],
    ['no clause', ', clause: 3.5.5 }', ' }', 'clause: is missing; right would be a clause in quotes, or proposal'],
    ['a short version', 'version: 1.0.1', 'version: 1.0', 'version: is 1; right would be three numbers in a text'],
    ['an unknown calendar', 'calendar: cn', 'calendar: de', 'calendar: there is no calendar "de"; right would be one of: cn'],
  ] as const)('%s', ([, from, to, message]) => {
    const { text, line } = planted(from, to);
    const said = complaint(loadPackFile, text);
    expect(said).toContain(message);
    expect(said).toContain(`planted.yaml:${line} `);
  });

  test('several at once, one a line', () => {
    const said = complaint(
      loadPackFile,
      shipped.replace('n: 1, hardness: hard, ladder: case, clause: 3.4.5', 'n: 0, hardness: firm, ladder: case, clause: 3.4.5'),
    );
    expect(said?.split('\n')).toHaveLength(2);
  });

  test.for([
    ['not YAML', 'id: [', 'well-formed YAML'],
    ['a key twice', 'id: a\nid: b\n', 'planted.yaml:2'],
    ['empty', '', 'is empty'],
    ['a list', '- id: x\n', 'a map of names and values'],
  ] as const)('%s', ([, text, message]) => expect(complaint(loadPackFile, text)).toContain(message));

  test('a missing file', () => expect(() => loadPackFile(join(folder, 'none.yaml'))).toThrow('there is no such file'));

  test('aliases that would blow up are refused', () => {
    const rows = [
      'a: &a [1,1,1,1,1,1,1,1,1,1]',
      ...'bcdefgh'.split('').map((key, i) => `${key}: &${key} [${Array(10).fill(`*${'abcdefg'[i]}`).join(',')}]`),
    ];
    expect(complaint(loadPackFile, rows.join('\n'))).toContain('right would be');
  });
});

describe('a planted error in a calendar', () => {
  const calendar = readFileSync(join(packs, 'calendars/cn.yaml'), 'utf8');
  test.for([
    ['none', 'id: cn', 'id: cn', undefined],
    ['a day that is none', '04-04..04-06', '04-04..04-31', 'years.2025.off: "04-04..04-31" is not a day of 2025'],
    ['a gap', '  2026:', '  2028:', 'gap: 2025 is followed by 2028'],
    ['a word', 'work: [01-26', 'work: [Jan 26', 'years.2025.work[0]: is "Jan 26"; right would be MM-DD'],
  ] as const)('%s', ([, from, to, message]) => {
    const said = complaint(loadCalendarFile, calendar.replace(from, to));
    if (message === undefined) expect(said).toBeUndefined();
    else expect(said).toContain(message);
  });
});

describe('a pack that extends another', () => {
  const own = (lines: string): string => `id: own\nversion: 1.0.0\n${lines}`;

  test.for([['s9'], ['7'], ['[s3-cs19]']] as const)('extends: %s names the place and the packs there are', ([base]) => {
    expect(complaint(loadPackFile, own(`extends: ${base}\n`))).toMatch(
      /planted\.yaml:3 extends: there is no pack ".*; right would be one of: .*s3-cs19/,
    );
  });

  test('that extends a third has what all of them say', () => {
    const path = join(folder, 'third.yaml');
    writeFileSync(path, own('extends: s3-cs19-demo\nlimits: { survey: { n: 12 } }\n'));
    const { rules, numberPrefix } = loadPackFile(path);
    expect([rules.limits['survey'], rules.limits['repairMulti'], numberPrefix]).toMatchObject([
      { kind: 'hours', n: 12 },
      { kind: 'workdays', n: 7 },
      'DEMO',
    ]);
  });

  test('with one slip hears of it once', () => {
    expect(complaint(loadPackFile, own('extends: s3-cs19\nkinds: { equipmentUse: { by: [nobody] } }\n'))?.split('\n')).toHaveLength(1);
  });

  test('cannot remove what it extends', () => {
    expect(
      complaint(loadPackFile, own('extends: s3-cs19\nlimits:\n  survey:\n  other: { n: 9 }\nquietHours: null\n'))?.split('\n'),
    ).toEqual([
      expect.stringMatching(/planted\.yaml:5 limits\.survey: is nothing, but a limit cannot be removed; right would be to change it, or a/),
      expect.stringMatching(/planted\.yaml:7 quietHours: is nothing, but what the base has cannot be removed/),
    ]);
  });

  test('with a ladder that ends before the deadline hears of it once, at the ladder', () => {
    const early = '{ clause: proposal, rungs: [serviceManager, { role: generalManager, when: before, hours: 2 }] }';
    expect(complaint(loadPackFile, own(`extends: s3-cs19\nladders:\n  case: ${early}\n`))).toMatch(
      /^[^\n]*planted\.yaml:5 ladders\.case\.rungs\[1\]: ends before the deadline; [^\n]*$/,
    );
  });

  test.each([
    ['', 'is empty; right would be'],
    ['# nothing yet\n', 'is empty; right would be'],
    ['---\n', 'is empty; right would be'],
    ['null\n', 'is empty; right would be'],
  ])('%j is said to be empty', (text, said) => {
    expect(complaint(loadPackFile, text)).toContain(`planted.yaml: ${said}`);
    expect(complaint(loadCalendarFile, text)).toContain(`planted.yaml: ${said}`);
  });

  test('a folder is said to be one', () => {
    expect(() => loadPackFile(folder)).toThrow(/: is a folder; right would be a readable YAML file$/);
  });

  test('and is two documents is told so in plain words', () => {
    expect(complaint(loadPackFile, `${own('extends: s3-cs19\n')}---\nid: b\n`)).toContain(
      'planted.yaml:4: begins a second document; right would be one document, without ---',
    );
  });
});

describe('a switch that code reads says what code understands, whatever options the pack gives it', () => {
  test.for([
    [
      'repairClockStartsAt: { value: never, options: [never, accepted] }',
      'is "never", which nothing understands; right would be one of: accepted',
    ],
    ['extension: { value: always, options: [always, none] }', 'right would be one of: complex-with-consent, none'],
    ['occurredAtBackDays: { value: soon }', 'is "soon", which nothing understands; right would be a whole number of days, 0 for no bound'],
    ['occurredAtBackDays: { value: -3 }', 'is "-3"'],
    ['validityTest: { value: perhaps }', 'right would be true or false'],
  ] as const)('%s', ([written, message]) => {
    const name = written.slice(0, written.indexOf(':'));
    const text = `extends: s3-cs19\nid: own\nversion: 1.0.0\nswitches:\n  ${written}\n`;
    expect(complaint(loadPackFile, text)).toContain(`planted.yaml:5 switches.${name}: ${message.startsWith('is') ? message : ''}`);
    expect(complaint(loadPackFile, text)).toContain(message);
  });

  test('an amount is an amount, a role is a role', () => {
    const amount = planted('builderNotNeededUpTo: { money: 500.00,', 'builderNotNeededUpTo: { value: little,');
    expect(complaint(loadPackFile, amount.text)).toContain(
      `planted.yaml:${amount.line} switches.builderNotNeededUpTo: is "little", which nothing understands; right would be an amount in yuan`,
    );
    const role = planted('auditBelow: { role: customerService,', 'auditBelow: { money: 5.00,');
    expect(complaint(loadPackFile, role.text)).toContain(
      'switches.auditBelow: is an amount, which nothing understands; right would be a role',
    );
  });
});

test('a pack that contains itself by an alias is told so', () => {
  expect(() => loadPackText('id: a\nlimits: &x { survey: *x }\n', 'pack.yaml')).toThrow('contains itself by an alias');
});
