import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { formatInstant } from '../../domain/time.ts';
import { expectations } from '../../lab/expect/all.ts';
import { jsonSchemaText } from '../../lab/file/json-schema.ts';
import { readScenario } from '../../lab/file/read.ts';
import { readAll } from '../../lab/file/read-all.ts';
import { scenarioSchema } from '../../lab/file/schema.ts';
import type { Story } from '../../lab/story.ts';
import { PackError } from '../../packs/problem.ts';

const folder = mkdtempSync(join(tmpdir(), 'redress-scenario-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string): Story[] {
  const file = join(folder, 'story.yaml');
  writeFileSync(file, text);
  return readScenario(file);
}

const good = `title: t
pack: s3-cs19
settings: { roll: none }
given: { people: { wang: [客户服务部] } }
open: { at: 2026-03-09 09:20, as: 资料员, form: { kind: repair, channel: hotline } }
steps:
  - { id: sheet, at: 2026-03-10 10:00, person: wang, submit: survey, form: { trades: single } }
  - { at: 2026-03-11 10:00, expect: { due: { survey: 2026-03-10 24:00 } } }
`;

describe('what is wrong in a file is named with its line, its path and what would be right', () => {
  test.for([
    [
      'an outage that ends before it begins',
      '  - { at: 2026-03-11 10:00, expect',
      '  - { outage: { from: 2026-03-11 10:00, to: 2026-03-11 09:00 } }\n  - { at: 2026-03-11 10:00, expect',
      'story.yaml:8 steps[1].outage',
    ],
    [
      'an outage within another',
      '  - { at: 2026-03-11 10:00, expect',
      '  - { outage: { from: 2026-03-11 08:00, to: 2026-03-11 10:00 } }\n  - { outage: { from: 2026-03-11 09:00, to: 2026-03-11 11:00 } }\n  - { at: 2026-03-11 10:00, expect',
      'story.yaml:9 steps[2]: is within another outage',
    ],
    [
      'one act at once',
      '  - { at: 2026-03-11 10:00, expect',
      '  - { at: 2026-03-11 10:00, atOnce: [{ as: 资料员, submit: registerNote, form: { note: x } }], expect',
      'story.yaml:8 steps[1].atOnce',
    ],
    [
      'an unknown step at once',
      '  - { at: 2026-03-11 10:00, expect',
      '  - { at: 2026-03-11 10:00, atOnce: [{ as: 资料员, submit: registerNot }, { as: 资料员, submit: registerNote }], expect',
      'story.yaml:8 steps[1].atOnce[0].submit: pack s3-cs19 has no step "registerNot"',
    ],
    [
      'another version with an unknown setting',
      '  - { at: 2026-03-11 10:00, expect',
      '  - { at: 2026-03-11 09:00, activatePack: { settings: { rolls: none } } }\n  - { at: 2026-03-11 10:00, expect',
      'story.yaml:8 steps[1].activatePack.settings.rolls: is no setting',
    ],
    [
      'a year with a gap before it',
      '  - { at: 2026-03-11 10:00, expect',
      '  - { at: 2026-03-11 09:00, loadCalendar: { year: 2029, off: [01-01] } }\n  - { at: 2026-03-11 10:00, expect',
      'story.yaml:8 steps[1].loadCalendar: gap: 2026 is followed by 2029',
    ],
    [
      'a year with a day that is none',
      '  - { at: 2026-03-11 10:00, expect',
      '  - { at: 2026-03-11 09:00, loadCalendar: { year: 2027, off: [02-30] } }\n  - { at: 2026-03-11 10:00, expect',
      'story.yaml:8 steps[1].loadCalendar.off: "02-30" is not a day of 2027; right would be days of that year, off or worked',
    ],
    [
      'the version there is with other content',
      '  - { at: 2026-03-11 10:00, expect',
      '  - { at: 2026-03-11 09:00, activatePack: { settings: { limits.survey.n: 2 } } }\n  - { at: 2026-03-11 10:00, expect',
      'story.yaml:8 steps[1].activatePack.version: is 1.0.1, but s3-cs19 1.0.1 has other content already; right would be a version of its own',
    ],
    [
      'a version given twice',
      '  - { at: 2026-03-11 10:00, expect',
      '  - { at: 2026-03-11 08:00, activatePack: { version: 1.1.0 } }\n  - { at: 2026-03-11 09:00, activatePack: { version: 1.1.0, settings: { limits.survey.n: 2 } } }\n  - { at: 2026-03-11 10:00, expect',
      'story.yaml:9 steps[2].activatePack.version: is 1.1.0, but s3-cs19 1.1.0 has other content already',
    ],
    [
      'a version that is none',
      '  - { at: 2026-03-11 10:00, expect',
      '  - { at: 2026-03-11 09:00, activatePack: { version: two } }\n  - { at: 2026-03-11 10:00, expect',
      'story.yaml:8 steps[1].activatePack.version: is "two"; right would be three numbers in a text, such as 2.0.0',
    ],
    [
      'an unknown kind of event, which would be found zero times',
      'expect: { due: {',
      'expect: { events: { clock-brached: 0 }, due: {',
      'story.yaml:8 steps[1].expect.events.clock-brached: there is no event "clock-brached"; right would be one of: opened, ',
    ],
    ['an unknown key', '  - { id: sheet,', '  - { idd: sheet,', 'story.yaml:7 steps[0].idd: is not known here'],
    ['an unknown expectation', 'expect: { due: {', 'expect: { dew: {', 'story.yaml:8 steps[1].expect.dew: is not known here'],
    [
      'an unknown limit',
      'due: { survey:',
      'due: { survy:',
      'story.yaml:8 steps[1].expect.due.survy: pack s3-cs19 has no limit "survy"; right would be one of: survey, ',
    ],
    ['an unknown step', 'submit: survey', 'submit: survy', 'story.yaml:7 steps[0].submit: pack s3-cs19 has no step "survy"'],
    [
      'an unknown role',
      'as: 资料员',
      'as: 资料',
      'story.yaml:5 open.as: pack s3-cs19 has no role "资料"; right would be one of: generalManager (总经理)',
    ],
    [
      'an unknown person',
      'person: wang',
      'person: wong',
      'story.yaml:7 steps[0].person: nobody is called wong; right would be one of: wang',
    ],
    [
      'an absence of nobody',
      '[客户服务部] }',
      '[客户服务部] }, absences: [{ person: wang, substitute: li, from: 2026-03-10 09:00, until: 2026-03-11 09:00 }]',
      'story.yaml:4 given.absences[0].substitute: nobody is called li; right would be one of: wang',
    ],
    [
      'an absence that ends before it begins',
      '[客户服务部] }',
      '[客户服务部], li: [资料员] }, absences: [{ person: wang, substitute: li, from: 2026-03-11 09:00, until: 2026-03-10 09:00 }]',
      'story.yaml:4 given.absences[0]',
    ],
    ['a role of nobody', '[客户服务部] }', '[客户部] }', 'story.yaml:4 given.people.wang[0]: pack s3-cs19 has no role "客户部"'],
    [
      'a role the person has not',
      'person: wang,',
      'person: wang, as: 总经理,',
      'steps[0].as: wang is not generalManager; right would be one of: customerService',
    ],
    ['an unknown pack', 'pack: s3-cs19', 'pack: s3-cs20', 'story.yaml:2 pack: there is no pack "s3-cs20"; right would be one of: '],
    [
      'an unknown kind',
      'kind: repair',
      'kind: repare',
      'story.yaml:5 open.form.kind: pack s3-cs19 has no kind "repare"; right would be one of: repair, other',
    ],
    ['an unknown setting', 'roll: none', 'rolls: none', 'story.yaml:3 settings.rolls: is no setting; right would be one of: '],
    ['a setting out of its options', 'roll: none', 'roll: up', 'settings.roll: is up; right would be one of: next-working-day, none'],
    [
      'a day that does not exist',
      '2026-03-10 10:00',
      '2026-02-30 10:00',
      'story.yaml:7 steps[0].at: is "2026-02-30 10:00"; right would be a time such as 2026-03-09 09:20',
    ],
    [
      'a date without a time',
      'at: 2026-03-11 10:00',
      'at: 2026-03-11',
      'story.yaml:8 steps[1].at: is "2026-03-11"; right would be a time such as',
    ],
    [
      'an unknown refusal',
      'form: { trades: single }',
      'form: { trades: single }, refused: no',
      'story.yaml:7 steps[0].refused: is "no"; right would be one of: wrong-role',
    ],
    ['nobody who does it', 'person: wang, ', '', 'right would be who does it: as (a role) or person'],
    [
      'neither act nor expectation',
      ', expect: { due: { survey: 2026-03-10 24:00 } }',
      '',
      'right would be submit, outage, atOnce, activatePack, loadCalendar or expect',
    ],
    ['an empty expectation', '{ due: { survey: 2026-03-10 24:00 } }', '{}', 'right would be at least one thing that is expected'],
    [
      'a step before the opening',
      'at: 2026-03-10 10:00',
      'at: 2026-03-08 10:00',
      'story.yaml:7 steps[0]: is before the opening of its case',
    ],
    ['a value that is not there', 'trades: single', 'trades: $trades', 'steps[0].form.trades: there is no value $trades'],
    [
      'a variant that leaves out nothing',
      'open: {',
      'variants: [{ title: v, without: [sheat], steps: [{ expect: { round: 1 } }] }]\nopen: {',
      'variants[0].without[0]: no step of the base has the id sheat; right would be one of: sheet',
    ],
    ['both open and cases', 'open: {', 'cases: {}\nopen: {', 'right would be either open or cases'],
    ['retention of no unit', 'given: {', 'given: { retention: 100.00,', 'story.yaml:4 given.retention: is of no unit'],
    ['not YAML', 'title: t', 'title: [', 'right would be well-formed YAML'],
  ] as const)('%s', ([, from, to, message]) => {
    const text = good.replace(from, to);
    expect(text).not.toBe(good);
    expect(() => read(text)).toThrow(PackError);
    expect(() => read(text)).toThrow(message);
  });

  test('nothing without a mistake', () => expect(read(good)).toHaveLength(1));
  test('a scenario that expects nothing', () =>
    expect(() => read(good.split('\n').slice(0, 7).join('\n'))).toThrow(
      'expects nothing; right would be an expect or a refused somewhere',
    ));
  test('all files of a run are read before any is played', () => {
    expect(() => readAll([join(folder, 'none.yaml'), join(folder, 'neither.yaml')])).toThrow(
      /none\.yaml: there is no such file.*\n.*neither\.yaml: there is no such file/,
    );
    expect(() => readAll([])).toThrow('Which scenario files?');
  });
});

describe('a file becomes stories', () => {
  const at = (story: Story | undefined): string[] => (story?.steps ?? []).map((s) => `${formatInstant(s.at)} ${s.act?.submit ?? 'look'}`);

  test('steps are played in the order of their times; one without stands at the time before it', () => {
    const [story] = read(
      good.replace('steps:', 'steps:\n  - { at: 2026-03-12 10:00, expect: { round: 1 } }\n  - { expect: { round: 1 } }'),
    );
    expect(at(story)).toEqual([
      '2026-03-09 09:20:00 open',
      '2026-03-10 10:00:00 survey',
      '2026-03-11 10:00:00 look',
      '2026-03-12 10:00:00 look',
      '2026-03-12 10:00:00 look',
    ]);
  });

  test('a role has a person of its own; a named person has theirs', () => {
    const [story] = read(good);
    expect(story?.steps.map((s) => s.act && [s.act.person, s.act.roles])).toEqual([
      ['lab.recordsClerk', ['recordsClerk']],
      ['wang', ['customerService']],
      undefined,
    ]);
  });

  test('a variant keeps the base up to an instant, leaves out steps, changes the opening, settings and values', () => {
    const stories = read(`${good.replace('trades: single', 'trades: $trades')}values: { trades: single }
variants:
  - { title: multi, values: { trades: multi } }
  - { title: until, until: 2026-03-10 24:00, open: { form: { channel: visit } }, steps: [{ expect: { round: 1 } }] }
  - { title: without, without: [sheet], settings: { roll: next-working-day } }
`);
    expect(stories.map((s) => s.variant)).toEqual([undefined, 'multi', 'until', 'without']);
    expect(stories.map((s) => s.steps[1]?.act?.form['trades'])).toEqual(['single', 'multi', 'single', undefined]);
    expect(stories[2]?.steps[0]?.act?.form).toEqual({ channel: 'visit' });
    expect(at(stories[2])).toEqual([
      '2026-03-09 09:20:00 open',
      '2026-03-10 10:00:00 survey',
      '2026-03-10 24:00:00 look'.replace('10 24', '11 00'),
    ]);
    expect(at(stories[3])).toEqual(['2026-03-09 09:20:00 open', '2026-03-11 10:00:00 look']);
    expect(new Set(stories.map((s) => s.pack.hash)).size).toBe(2);
  });

  test('a base that expects nothing is only what its variants share', () => {
    const stories = read(`${good.split('\n').slice(0, 7).join('\n')}\nvariants: [{ title: v, steps: [{ expect: { round: 1 } }] }]\n`);
    expect(stories.map((s) => s.variant)).toEqual(['v']);
  });
});

describe('what is written about scenarios', () => {
  const docs = readFileSync(join(import.meta.dirname, '../../docs/scenarios.md'), 'utf8');

  test('the JSON schema is the one the reader uses (redress scenario --schema > docs/scenario.schema.json)', () => {
    expect(readFileSync(join(import.meta.dirname, '../../docs/scenario.schema.json'), 'utf8')).toBe(jsonSchemaText());
  });

  test.for(Object.keys(expectations))('the expectation %s is described with an example', (key) => {
    expect(docs).toMatch(new RegExp(`^\\| \`${key}\` \\|.*\`\\{ ${key}: `, 'm'));
  });

  test.for(Object.keys(scenarioSchema.shape))('the key %s is described', (key) => expect(docs).toContain(`\`${key}\``));

  test('each complete example can be read', () => {
    const examples = [...docs.matchAll(/```yaml\n(title:[\s\S]*?)```/g)].map((m) => m[1] ?? '');
    expect(examples.length).toBeGreaterThan(1);
    for (const example of examples) expect(read(example).length).toBeGreaterThan(0);
  });
});
