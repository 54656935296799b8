import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { describePack } from '../../packs/describe.ts';
import { describeText } from '../../packs/describe-text.ts';
import { dueRows } from '../../packs/due.ts';
import { loadPack } from '../../packs/load.ts';
import { register as registerDue } from '../../scripts/commands/due.ts';
import { register as registerPack } from '../../scripts/commands/pack.ts';

const folder = mkdtempSync(join(tmpdir(), 'redress-due-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

/** Runs a command in this process, far from the zone that the procedures live in. */
async function redress(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((said.out += String(text)), true));
  vi.stubEnv('TZ', 'America/New_York');
  const program = new Command('redress').exitOverride().configureOutput({ writeErr: (text) => (said.err += text) });
  for (const register of [registerDue, registerPack]) register(program);
  program.commands.forEach((command) => command.copyInheritedSettings(program));
  const before = process.exitCode;
  try {
    await program.parseAsync(args, { from: 'user' });
    return { code: Number(process.exitCode ?? 0), ...said };
  } catch (error) {
    return { code: 1, out: said.out, err: said.err || (error as Error).message };
  } finally {
    process.exitCode = before;
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  }
}

describe('due', () => {
  test('answers each row, a bad one with its error', () => {
    const row = (limit: string, from: string, pack = 's3-cs19') => ({ id: limit, pack, limit, from });
    expect(dueRows([row('repairMulti', '2026-09-30 11:00:00'), row('repairMulti', '2026-12-24 10:00:00')])).toEqual([
      { id: 'repairMulti', dueAt: '2026-10-15 24:00:00', dueInstant: '2026-10-16T00:00:00+08:00', provisional: false, error: null },
      { id: 'repairMulti', dueAt: '2027-01-04 24:00:00', dueInstant: '2027-01-05T00:00:00+08:00', provisional: true, error: null },
    ]);
    const bad = dueRows([
      row('nope', '2026-09-30 11:00'),
      row('survey', '2026-02-30 11:00'),
      row('survey', '2026-02-20 11:00', 's9'),
      row('toString', '2026-02-20 11:00'),
      {},
    ]);
    expect(bad.map(({ error }) => error)).toEqual([
      expect.stringContaining('no limit "nope"'),
      expect.stringContaining('no day 30'),
      expect.stringContaining('no pack "s9"'),
      expect.stringContaining('no limit "toString"'),
      expect.stringContaining('no pack'),
    ]);
    expect(bad.every((one) => one.dueAt === null && one.dueInstant === null && one.provisional === null)).toBe(true);
  });

  test('says why, in Chinese, whatever the local zone', async () => {
    const { code, out } = await redress('due', '--pack', 's3-cs19', '--limit', 'survey', '--from', '2026-09-18 17:30:00', '--lang', 'zh');
    expect(code).toBe(0);
    expect(out).toContain('2026-09-20 周日 调休上班,第 1');
    expect(out).toContain('到期:2026-09-20 24:00:00');
  });

  test('reads a file with rows, and names what is wrong with one that has none', async () => {
    const file = join(folder, 'rows.csv');
    writeFileSync(file, '\uFEFFid,pack,limit,from\r\n7,s3-cs19,weeklyItem,2026-09-24 10:00:00\r\n\r\n8,s3-cs19\r\n');
    const taken = await redress('due', '--batch', file, '--json');
    expect(JSON.parse(taken.out)).toMatchObject([
      { id: '7', dueAt: '2026-10-08 24:00:00', error: null },
      { id: '8', error: 'the row has no limit' },
    ]);
    writeFileSync(file, 'id,limit\n1,survey\n');
    expect(await redress('due', '--batch', file)).toMatchObject({ code: 1, err: expect.stringContaining('lacks pack, from') });
    expect(await redress('due', '--batch', join(folder, 'none.csv'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('there is no such file'),
    });
    expect(await redress('due', '--pack', 's3-cs19')).toMatchObject({ code: 1, err: expect.stringContaining('are needed') });
  });

  const path = join(folder, 'given.csv');
  const answer = async (
    content: string | Buffer,
    ...more: string[]
  ): Promise<{ id: string; dueAt: string | null; error: string | null }[]> => {
    writeFileSync(path, content);
    const { code, out, err } = await redress('due', '--batch', path, '--json', ...more);
    expect([code, err]).toEqual([0, '']);
    return JSON.parse(out) as { id: string; dueAt: string | null; error: string | null }[];
  };

  test.for([
    [
      'quoted fields, other order, more columns',
      '"from","ID",note,"limit","pack"\n"2026-09-30 11:00:00","a, ""b""",x,"repairMulti","s3-cs19"\n',
      'a, "b"',
    ],
    ['carriage returns alone, blanks', 'id , pack,limit,from\r a ,s3-cs19, repairMulti ,2026-09-30 11:00:00\r', 'a'],
    [
      'UTF-16 as spreadsheets save it',
      Buffer.from('\uFEFFid,pack,limit,from\r\n甲,s3-cs19,repairMulti,2026-09-30 11:00:00\r\n', 'utf16le'),
      '甲',
    ],
  ] as const)('reads %s', async ([, content, id]) => {
    expect(await answer(content)).toMatchObject([{ id, dueAt: '2026-10-15 24:00:00', error: null }]);
  });

  test('a row that cannot be read costs that row alone', async () => {
    const good = 's3-cs19,survey,2026-09-18 17:30:00';
    const rows = await answer(
      `id,pack,limit,from\n1,${good}\n2,"s3-cs19,survey,2026-09-18 17:30:00\n3,${good},more\n4,${good},,\n5,${good}\n`,
    );
    expect(rows.map(({ id, dueAt }) => [id, dueAt])).toEqual([
      ['1', '2026-09-20 24:00:00'],
      ['2', null],
      ['3', null],
      ['4', '2026-09-20 24:00:00'],
      ['5', '2026-09-20 24:00:00'],
    ]);
    expect([rows[1]?.error, rows[2]?.error]).toEqual([expect.stringContaining('quote'), expect.stringContaining('5 fields')]);
  });

  test('a pack may be a file, a calendar may be tried', async () => {
    const pack = join(folder, 'own.yaml');
    writeFileSync(pack, 'extends: s3-cs19\nid: own\nlimits: { survey: { n: 2 } }\n');
    const year = join(folder, 'year.yaml');
    writeFileSync(year, '2027: { source: fixture, off: [01-01..01-03], work: [] }\n');
    const rows = `id,pack,limit,from\n1,${pack},survey,2026-03-09 10:00:00\n2,s3-cs19,repairMulti,2026-12-24 10:00:00\n`;
    expect(await answer(rows, '--calendar', year)).toMatchObject([
      { dueAt: '2026-03-11 24:00:00', provisional: false },
      { dueAt: '2027-01-05 24:00:00', provisional: false },
    ]);
  });

  test('a time that is none is said in the language asked for', async () => {
    const rows = 'id,pack,limit,from\n1,s3-cs19,survey,2026-02-30 10:00:00\n';
    expect(await answer(rows, '--lang', 'zh')).toMatchObject([{ error: expect.stringContaining('2026年2月没有30日') }]);
    expect(await answer(rows)).toMatchObject([{ error: expect.stringContaining('has no day 30') }]);
  });

  test.for([
    ['no text', Buffer.from([0x69, 0x64, 0xff, 0xc3, 0x28]), 'is not UTF-8'],
    ['a column twice', 'id,pack,limit,from,pack\n', 'names pack twice'],
    ['nothing', '', 'lacks id, pack, limit, from'],
  ] as const)('a file of %s is refused by name', async ([, content, said]) => {
    writeFileSync(path, content);
    expect(await redress('due', '--batch', path)).toMatchObject({ code: 1, err: expect.stringContaining(said) });
  });
});

describe('pack', () => {
  test('describe tells a stranger all that a scenario needs', () => {
    const pack = loadPack('s3-cs19');
    const description = describePack(pack);
    const text = describeText(description);
    for (const { id, zh } of pack.roles) expect(text).toContain(`${id}: ${zh}`);
    for (const name of Object.keys(pack.rules.limits)) expect(text).toContain(`  ${name}: `);
    for (const [step, { form }] of Object.entries(pack.steps)) {
      expect(text).toContain(`  ${step}: `);
      expect(description.steps.find((one) => one.step === step)?.fields.map((field) => field.name)).toEqual(
        pack.forms[form]!.fields.map((field) => field.name),
      );
    }
    expect(text).toContain('trades*+: choice single (单工种) | multi (多工种)');
    expect(text).toContain('up to 1000.00: approve serviceManager');
    expect(text).toContain('auditBound: 20000.00 yuan');
    expect(text).toContain('; decides: route, severity');
    expect(text).toContain('quiet hours: 21:00 to 08:00 (proposal)');
    expect(text).toContain('firstRoundVisited: at least 90 %');
    expect(text).toContain('quarterlyReport: every quarter, serviceOffice -> customerService, generalManagerOffice, limit quarterlyReport');
    expect(describeText(describePack(loadPack('s3-16949-sat')))).toContain(
      'response limit: none in the text; closure limit: none in the text',
    );
    expect(JSON.parse(JSON.stringify(description))).toMatchObject({
      responseLimit: 'survey',
      closureLimit: 'caseClosure',
      tiers: [{ rows: [{ upTo: '1000.00' }, { upTo: '10000.00' }, { upTo: null }] }],
    });
  });

  test('diff names every difference by path and group, money in yuan', async () => {
    const file = join(folder, 'changed.yaml');
    const own = [
      'extends: s3-cs19',
      'id: s3-cs19',
      'limits: { survey: { n: 2 } }',
      'switches: { auditBound: { money: 30000.00 }, roll: { value: none } }',
      'ladders: { soft: { clause: proposal, rungs: [serviceManager, deputyGeneralManager] } }',
      'roles: { sales: { zh: 销售部 } }',
    ];
    writeFileSync(file, own.join('\n'));
    const { code, out } = await redress('pack', 'diff', 's3-cs19@1.0.1', file, '--json');
    expect(code).toBe(0);
    const { sameHash, differences } = JSON.parse(out) as { sameHash: boolean; differences: { group: string; path: string }[] };
    expect(sameHash).toBe(false);
    expect(differences).toEqual(
      expect.arrayContaining([
        { group: 'limits', path: 'limits.survey.n', from: 1, to: 2 },
        { group: 'limits', path: 'limits.weeklyItem.roll', from: true, to: false },
        { group: 'switches', path: 'switches.auditBound.value', from: '20000.00', to: '30000.00' },
        { group: 'roles', path: 'roles.sales.zh', from: '经营销售部', to: '销售部' },
      ]),
    );
    expect(differences.filter(({ group }) => group === 'ladders').map(({ path }) => path)).toEqual(['ladders.soft.rungs']);
    const text = (await redress('pack', 'diff', 's3-cs19', file)).out;
    expect(text).toContain('散列值不同 / hashes differ');
    expect(text).toContain('时限 / limits\n  limits.survey.n: 1 → 2');
    expect((await redress('pack', 'diff', 's3-cs19', 's3-cs19')).out).toContain('无差异 / no difference');
    expect(await redress('pack', 'diff', 's3-cs19@9.9.9', file)).toMatchObject({
      code: 1,
      err: expect.stringContaining('ships as 1.0.1, not 9.9.9'),
    });
  });

  test('list and check', async () => {
    const list = await redress('pack', 'list', '--json');
    const check = await redress('pack', 'check');
    const bad = await redress('pack', 'check', 's3-cs19', 's9', '--json');
    expect(JSON.parse(list.out)).toContainEqual(expect.objectContaining({ id: 's3-cs19', hash: loadPack('s3-cs19').hash }));
    expect(check).toMatchObject({ code: 0, out: expect.stringContaining('s3-cs19 1.0.1: in order') });
    expect(check.out).toContain('note: switches that nothing reads yet: ');
    expect(JSON.parse(list.out)).toContainEqual(expect.objectContaining({ id: 's3-std', default: true }));
    expect(bad.code).toBe(1);
    expect(JSON.parse(bad.out)).toMatchObject([{ ok: true }, { pack: 's9', ok: false, problems: [{ wrong: 'there is no pack "s9"' }] }]);
  });
});
