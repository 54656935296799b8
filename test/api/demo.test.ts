/** The demo company: a case in every stage, made by its people through HTTP; a second start adds one case alone. */
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listPacks, loadPack } from '../../packs/load.ts';
import { neighbours } from '../../scripts/demo/neighbours.ts';
import { demoPeople } from '../../scripts/demo/people.ts';
import { testVault } from '../support/vault.ts';
import { demoStories, seedDemo, type DemoAt } from '../../scripts/demo/seed.ts';
import { auditByRules } from '../support/audit-by-rules.ts';
import { useApi } from './support/api.ts';
import { useEngine } from './support/engine.ts';

const office = useEngine();
const api = useApi(office);
let at: DemoAt;

beforeAll(async () => {
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = api.app.server.address() as AddressInfo;
  at = {
    apiUrl: `http://127.0.0.1:${port}`,
    dataDir: await mkdtemp(join(tmpdir(), 'redress-demo-')),
    databaseUrl: office.url,
    vault: testVault,
  };
});
afterAll(() => rm(at.dataDir, { recursive: true, force: true }));

const cases = () =>
  office.db
    .selectFrom('case_file')
    .select(['number', 'pack_id', 'kind', 'stage', 'status', 'reason', 'severity', 'round', 'escalations', 'breaches', 'state']);
const soon = { timeout: 20_000 };

test('has a case in every stage, those on time unbroken', async () => {
  await seedDemo(at);
  const stages = async () => new Set((await cases().execute()).map((c) => c.reason ?? c.stage));
  await expect
    .poll(stages, soon)
    .toEqual(
      new Set([
        'survey',
        'approval',
        'repair',
        'followUp',
        'account',
        'audit',
        'dispute',
        'determination',
        'payment',
        'completed',
        'withdrawn',
        'opened-in-error',
        'solution',
      ]),
    );
  const closed = async () => (await cases().where('reason', '=', 'completed').execute()).length;
  await expect.poll(closed, soon).toBe(3);
  const all = await cases().execute();
  expect(all).toHaveLength(demoStories.length + 1);
  expect(
    all
      .filter((c) => c.reason === 'completed')
      .map((c) => c.kind)
      .toSorted(),
  ).toEqual(['other', 'repair', 'repair']);
  expect(all.filter((c) => c.round === 2)).toHaveLength(1);
  expect(all.filter((c) => c.severity === 'major')).toHaveLength(1);
  expect(all.filter((c) => c.breaches > 0).map((c) => c.escalations > 0)).toEqual([true]);
  const open = (step: string) =>
    all
      .flatMap((c) => Object.values(c.state.tasks))
      .filter((t) => t.step === step && t.status === 'open')
      .flatMap((t) => t.by);
  expect(open('estimate.approve').toSorted()).toEqual(['deputyGeneralManager', 'generalManager', 'serviceManager']);
  expect(open('estimate.review')).toEqual(['deputyChiefEngineer']);
  expect(open('audit')).toEqual(['auditDepartment']);
  const inTwentyDays = Date.now() + 20 * 86_400_000;
  const moved = all.flatMap((c) => Object.values(c.state.clocks)).filter((k) => k.limit === 'repairMulti' && k.dueAt > inTwentyDays);
  expect(moved).toHaveLength(1);
});

test('what-if with the pack itself finds every case as its rules make it', async () => {
  expect(await auditByRules(office.db)).toEqual({ cases: demoStories.length + 1, different: [] });
});

test('one case falls due two minutes after the start', async () => {
  const live = await cases().where('pack_id', '=', 's3-cs19-demo').executeTakeFirstOrThrow();
  const left = (live.state.clocks['survey#1']?.dueAt ?? 0) - Date.now();
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(120_000);
});

test('a second start adds that one case, nothing else', async () => {
  const seen = async () =>
    (await cases().select('seq').where('pack_id', '=', 's3-cs19').orderBy('number').execute()).map(({ number, seq }) => `${number} ${seq}`);
  const before = await seen();
  const logins = await readFile(join(at.dataDir, 'demo-logins.json'), 'utf8');
  await seedDemo(at);
  expect(await seen()).toEqual(before);
  expect(await cases().where('pack_id', '=', 's3-cs19-demo').execute()).toHaveLength(2);
  expect(await readFile(join(at.dataDir, 'demo-logins.json'), 'utf8')).toBe(logins);
});

test('every role of the pack has a login, customer service two; tokens are stored hashed, readable by their owner alone', async () => {
  const roles = demoPeople.flatMap((p) => p.roles);
  expect(new Set(roles)).toEqual(new Set(loadPack('s3-cs19').roles.map((r) => r.id)));
  expect(roles.filter((r) => r === 'customerService')).toHaveLength(2);
  const elsewhere = neighbours().map(({ elsewhere: at }) => at?.pack);
  expect(new Set(elsewhere)).toEqual(new Set(listPacks().filter((id) => !['s3-cs19', 's3-cs19-demo', 's1-eval'].includes(id))));
  const file = join(at.dataDir, 'demo-logins.json');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const logins = JSON.parse(await readFile(file, 'utf8')) as { token: string }[];
  const stored = (await office.db.selectFrom('api_token').select('hash').execute()).map((t) => t.hash);
  expect(stored).toHaveLength(logins.length);
  for (const { token } of logins) {
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(stored).not.toContain(token);
  }
});

test('the demo pack differs from the procedure in its survey limit and its name alone', () => {
  const { rules, limitLabels, ...plain } = loadPack('s3-cs19');
  const { rules: demoRules, limitLabels: demoLabels, ...demo } = loadPack('s3-cs19-demo');
  const { survey: _s, ...limits } = rules.limits;
  const { survey, ...demoLimits } = demoRules.limits;
  expect(survey).toMatchObject({ kind: 'hours', n: 24, hardness: 'hard', ladder: 'case' });
  const own = { id: '', hash: '', version: '' };
  expect(demo.bases).toEqual(['s3-cs19']);
  expect({ ...demoRules, limits: demoLimits, ...own }).toEqual({ ...rules, limits, ...own });
  const named = { ...own, bases: [], title: '', numberPrefix: '' };
  expect({ ...demo, ...named }).toEqual({ ...plain, ...named });
  expect(Object.keys(demoLabels)).toEqual(Object.keys(limitLabels));
});
