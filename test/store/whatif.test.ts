import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { candidateOf } from '../../whatif/candidate.ts';
import type { AnyEvent } from '../../domain/case/event.ts';
import type { WhatIf } from '../../whatif/report.ts';
import { RuleShelf } from '../../whatif/rule-shelf.ts';
import { whatIf } from '../../whatif/run.ts';
import { eventually, surveyForm, useOffice } from './support/office.ts';

const office = useOffice();
const program = fileURLToPath(new URL('../../scripts/redress.ts', import.meta.url));

/** Runs the command as a person would. */
const redress = (...args: string[]) => asPerson(args, { ...process.env, DATABASE_URL: office.url });
function asPerson(args: readonly string[], env: NodeJS.ProcessEnv): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((done) => {
    execFile(process.execPath, [program, 'whatif', ...args], { env }, (error, stdout, stderr) =>
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}
const run = async (set: string[] = [], pack = 's3-cs19'): Promise<WhatIf> =>
  whatIf(office.db, { candidate: await candidateOf({ pack, set })(office.db), against: 's3-cs19', asOf: Date.now() });

const approve = (version = 1) => ({ decision: 'approve', version });
const completed = { acceptedBy: ['customerService', 'property', 'teamLeader'], customerSigned: true };
const numbers: Record<string, string> = {};

beforeAll(async () => {
  const open = async (name: string, daysAgo = 0): Promise<string> => (numbers[name] = await office.open(daysAgo));
  const now = await open('now');
  await office.answer(now, 'customerService', 'survey', surveyForm);
  await office.answer(now, 'serviceManager', 'estimate.approve', approve());
  const late = await open('late', 30);
  await office.answer(late, 'customerService', 'survey', { ...surveyForm, trades: 'multi', estimate: '6000.00' });
  await office.answer(late, 'deputyChiefEngineer', 'estimate.review', { decision: 'reject', version: 1, reason: 'too high' });
  await office.answer(late, 'teamLeader', 'estimate', { amount: '5000.00' });
  await office.answer(late, 'deputyChiefEngineer', 'estimate.review', approve(2));
  await office.answer(late, 'deputyGeneralManager', 'estimate.approve', approve(2));
  await office.answer(late, 'customerService', 'completion', completed);
  await office.answer(late, 'recordsClerk', 'followUp', { satisfied: false });
  await office.answer(late, 'customerService', 'survey', { ...surveyForm, estimate: '6000.00' });
  const gone = await open('gone', 5);
  await office.answer(gone, 'recordsClerk', 'withdraw', { reason: 'settled', evidence: 'call' });
  await open('nothing', 3);
  await eventually(async () => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from inbox where outcome is null`.execute(office.db);
    return rows[0]?.n === 0;
  });
}, 120_000);

describe('over cases of the real desk, worker and store', () => {
  test('the pack itself: every figure is the recorded one', async () => {
    const report = await run();
    expect(report.cases).toBe(4);
    expect(report.audit).toEqual({ compared: 4, different: [], notCompared: { count: 0, cases: [] } });
    expect(report.totals.after).toEqual(report.totals.before);
    expect(report.totals.before.breaches).toBeGreaterThan(0);
    expect(report.totals.before.escalated).toBeGreaterThan(0);
    for (const { before, after } of [...report.limits, ...report.rungs]) expect(after).toEqual(before);
    expect(report.rungs.flatMap(({ changed }) => changed)).toEqual([]);
    expect(report.approvals).toEqual({ changed: [], links: [] });
    expect(report.notReEvaluated).toEqual([]);
    expect(report.limits.every(({ status }) => status === 'kept')).toBe(true);
    const { rows } = await sql<{ breaches: number; escalations: number }>`
      select sum(breaches)::int breaches, sum(escalations)::int escalations from case_file`.execute(office.db);
    expect(rows[0]).toEqual({ breaches: report.totals.before.breaches, escalations: report.totals.before.escalated });
  });

  test('a longer survey takes breaches away, case by case', async () => {
    const report = await run(['limits.survey.n=200']);
    const survey = report.limits.find(({ limit }) => limit === 'survey');
    expect(survey).toMatchObject({ status: 'changed', after: { broken: { count: 0 } }, newlyBroken: { count: 0 } });
    // Entered today, the first survey of `late` came weeks after its end; withdrawn and unanswered ones stay broken, too.
    expect(new Set(survey?.noLongerBroken.cases)).toEqual(new Set([numbers['late'], numbers['gone'], numbers['nothing']]));
    expect(report.audit.different).toEqual([]);
  });

  test('summing each estimate by itself changes hands where a second round was summed', async () => {
    const report = await run(['tiers.estimate.sum=item', 'switches.repairClockStartsAt=accepted']);
    // 5,000.00 and 6,000.00: together the general manager's, each by itself the deputy's.
    expect(report.approvals.changed).toMatchObject([{ case: numbers['late'], version: 3, before: 'above10000', after: 'upTo10000' }]);
    expect(report.approvals.links).toContainEqual({
      act: 'approve',
      role: 'generalManager',
      gone: { count: 1, cases: [numbers['late']] },
      added: { count: 0, cases: [] },
    });
    expect(report.notReEvaluated).toEqual(['switches.repairClockStartsAt']);
  });

  test('rules that are nowhere are looked for once, not for every case', async () => {
    const { rows } = await sql<{ body: AnyEvent }>`
      select body from event where kind = 'opened' limit 1`.execute(office.db);
    const { data } = rows[0]!.body as Extract<AnyEvent, { kind: 'opened' }>;
    const opened = { kind: 'opened', data: { ...data, pack: { ...data.pack, hash: '0'.repeat(64) } } } as Parameters<RuleShelf['of']>[0];
    const asked: string[] = [];
    const { db } = office;
    const watched = new Proxy(db, {
      get: (_, key) =>
        key === 'selectFrom' ? (table: 'pack_version') => (asked.push(table), db.selectFrom(table)) : Reflect.get(db, key, db),
    });
    const shelf = new RuleShelf(watched);
    expect([await shelf.of(opened), await shelf.of(opened), shelf.books]).toEqual([undefined, undefined, []]);
    expect(asked).toEqual(['pack_version']);
  });

  test('a limit the cases never had is counted as not evaluable, one that is gone as dropped', async () => {
    const candidate = await candidateOf({ pack: 's3-cs19' })(office.db);
    const { survey, ...others } = candidate.rules.limits;
    const rules = { ...candidate.rules, limits: { ...others, arrival: { ...survey!, name: 'arrival' } } };
    const report = await whatIf(office.db, { candidate: { ...candidate, rules }, against: 's3-cs19', asOf: Date.now() });
    const of = (limit: string) => report.limits.find((one) => one.limit === limit);
    expect(of('arrival')).toMatchObject({ status: 'added', notEvaluable: { count: 4 }, after: { denominator: { count: 0 } } });
    expect(of('survey')).toMatchObject({ status: 'dropped', after: { denominator: { count: 0 }, open: { count: 0 } } });
    expect(of('survey')?.before.denominator.count).toBeGreaterThan(0);
  });

  test('cases by the day they were opened, and the record as it stood', async () => {
    const candidate = await candidateOf({ pack: 's3-cs19' })(office.db);
    const from = Date.now() - 86_400_000;
    expect(await whatIf(office.db, { candidate, against: 's3-cs19', asOf: Date.now(), from })).toMatchObject({ cases: 1 });
    expect(await whatIf(office.db, { candidate, against: 's3-cs19', asOf: Date.now(), until: from })).toMatchObject({ cases: 3 });
    expect(await whatIf(office.db, { candidate, against: 's3-cs19', asOf: from })).toMatchObject({ cases: 0 });
    expect(await whatIf(office.db, { candidate, against: 's2-cement', asOf: Date.now() })).toMatchObject({ cases: 0 });
  });
});

describe('the command', () => {
  test('says it in words and as JSON, with the cases if asked', { timeout: 60_000 }, async () => {
    const { code, stdout } = await redress('--pack', 's3-cs19', '--set', 'limits.survey.n=200', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ cases: 4, against: 's3-cs19', audit: { different: [] } });
    const zh = await redress('--pack', 's3-cs19@1.0.1', '--set', 'limits.survey.n=200', '--lang', 'zh', '--cases');
    expect(zh.stdout).toContain('与其自身制度包重算一致');
    expect(zh.stdout).toContain('不再超时 3');
    expect(zh.stdout).toContain(numbers['late']);
    const en = await redress('--pack', 's3-cs19', '--year', '2026');
    expect(en.stdout).toContain('equal to the record');
    expect(en.stdout).toMatch(/CS19\.D1 survey +\d+\/\d+/);
    expect(en.stdout).not.toContain(numbers['late']);
  });

  test("the page's candidate: the deputy up to 5,000.00, the general manager a working day later", { timeout: 60_000 }, async () => {
    const page = await readFile(new URL('../../docs/whatif.md', import.meta.url), 'utf8');
    const yaml = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
    const file = join(tmpdir(), `tight-${process.pid}.yaml`);
    await writeFile(file, `${yaml}ladders: { case: [serviceManager, { role: generalManager, afterWorkdays: 1 }] }\n`);
    const { code, stdout, stderr } = await redress('--pack', file, '--against', 's3-cs19', '--json');
    expect([code, stderr]).toEqual([0, '']);
    const report = JSON.parse(stdout) as WhatIf;
    const late = numbers['late'];
    // 6,000.00 alone, 5,000.00, and 5,000.00 with 6,000.00: only the first goes from the deputy to the general manager.
    expect(report.approvals.changed).toMatchObject([
      { case: late, version: 1, amount: 600_000, before: 'upTo10000', after: 'above5000', gone: [{ role: 'deputyGeneralManager' }] },
    ]);
    expect(report.limits.map(({ before }) => before.broken)).toEqual(report.limits.map(({ after }) => after.broken));
    const told = report.rungs.filter(({ limit, role }) => limit === 'survey' && role === 'generalManager');
    expect(told.flatMap(({ changed }) => changed.map((one) => one.case))).toContain(late);
    const manager = report.rungs.filter(({ limit, role }) => limit === 'survey' && role === 'serviceManager');
    expect(manager).toMatchObject([{ changed: [] }]);
    expect(manager[0]?.after.count).toBeGreaterThan(0);
  });

  test('a wrong question gets place and remedy, and code 1', { timeout: 60_000 }, async () => {
    const file = join(tmpdir(), `calendar-${process.pid}.yaml`);
    await writeFile(file, 'id: cn\n');
    const other = join(tmpdir(), `calendar-other-${process.pid}.yaml`);
    await writeFile(other, 'id: mars\nyears: { 2027: { source: x, off: [01-01], work: [] } }\n');
    const asked: [string[], RegExp][] = [
      [[], /--pack <candidate> is needed/],
      [['--pack', 'nobody'], /there is no pack "nobody"; right would be one of/],
      [['--pack', 's3-cs19@9.9.9'], /there is no version 9\.9\.9 of s3-cs19 here; right would be s3-cs19@/],
      [['--pack', 's3-cs19', '--set', 'limits.nothing.n=2'], /limits\.nothing\.n: there is no limit "nothing"; right would be one of/],
      [['--pack', 's3-cs19', '--set', 'fast'], /--set fast: is no setting; right would be name=value/],
      [['--pack', 's3-cs19', '--from', 'May'], /--from: "May" is not a date/],
      [['--pack', 's3-cs19', '--as-of', '2126-01-01 00:00'], /--as-of: 2126-01-01 00:00 has not come yet/],
      [['--pack', 's3-cs19', '--from', '2026-02-01', '--to', '2026-01-01'], /--to: 2026-01-01 is before --from/],
      [['--pack', 's3-cs19', '--calendar', file], /calendar-\d+\.yaml.*right would be/],
      [['--pack', 's3-cs19', '--calendar', other], /calendar-other-\d+\.yaml:1 id: is mars; right would be cn/],
    ];
    for (const [args, says] of asked) {
      const { code, stderr } = await redress(...args);
      expect([args, code, stderr]).toEqual([args, 1, expect.stringMatching(says)]);
    }
  });
});

test('with nothing running, what is wrong with the question is told first', { timeout: 60_000 }, async () => {
  const { DATABASE_URL: _, ...env } = process.env;
  const nothing = { ...env, REDRESS_DATA: join(tmpdir(), `redress-nothing-${process.pid}`) };
  const broken = join(tmpdir(), `broken-${process.pid}.yaml`);
  await writeFile(broken, 'extends: s3-cs19\nid: broken\nlimits: { survey: { n: 0 } }\n');
  const asked: [string[], RegExp][] = [
    [['--pack', broken], /broken-\d+\.yaml:3 limits\.survey\.n: is 0/],
    [['--pack', 's3-cs19', '--set', 'x'], /--set x: is no setting/],
    [['--pack', 's3-cs19', '--calendar', tmpdir()], /is a folder/],
    [['--pack', 's3-cs19'], /Nothing runs here/],
  ];
  for (const [args, says] of asked)
    expect([args, await asPerson(args, nothing)]).toEqual([args, { code: 1, stdout: '', stderr: expect.stringMatching(says) }]);
});

test('a wrong verdict in the record is named: case, clock, recorded ≠ recomputed', { timeout: 60_000 }, async () => {
  const of = numbers['now'];
  await office.tamper(
    `update event set kind = 'clock-late', body = jsonb_set(jsonb_set(body, '{kind}', '"clock-late"'), '{data,lateBy}', '1000') where case_number = '${of}' and kind = 'clock-met' and body->'data'->>'clock' = 'survey#1'`,
  );
  const { audit } = await run();
  expect(audit).toMatchObject({ compared: 4, notCompared: { count: 0 } });
  expect(audit.different.map((one) => one.case)).toEqual([of]);
  const { stdout } = await redress('--pack', 's3-cs19');
  expect(stdout).toMatch(new RegExp(`${of} survey#1 outcome: .* ≠ met`));
});
