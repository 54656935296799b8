/** `redress pack propose … versions` against the API, in this process. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { registerApproval } from '../../scripts/pack/approval.ts';
import { useApi } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { signUp } from './support/people.ts';
import { openRepair } from './support/stories.ts';

const office = useEngine();
const api = useApi(office);
const folder = mkdtempSync(join(tmpdir(), 'redress-pack-'));
const file = join(folder, 'pack.yaml');
const yaml = readFileSync(new URL('../../packs/s3-cs19/pack.yaml', import.meta.url), 'utf8');
const tokens: Record<string, string> = {};
let address: string;
beforeAll(async () => {
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  address = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
  for (const role of ['serviceDepartment', 'manager', 'generalManager'])
    tokens[role] = (await signUp(office.db, `c-${role}`, { 's1-eval': [role] })).token;
});
afterAll(() => rmSync(folder, { recursive: true }));

async function pack(role: string, ...args: string[]): Promise<string> {
  let out = '';
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  try {
    const program = new Command('pack').exitOverride();
    registerApproval(program);
    await program.parseAsync([...args, '--api', address, '--token', tokens[role] ?? role], { from: 'user' });
    return out;
  } finally {
    spy.mockRestore();
  }
}
const versions = async (): Promise<string[]> =>
  (JSON.parse(await pack('manager', 'versions', 's3-cs19', '--json')) as { version: string; standing: string }[]).map(
    (v) => `${v.version} ${v.standing}`,
  );

test('from a file to force and out again', async () => {
  writeFileSync(file, yaml.replace('version: 1.0.1', 'version: 1.1.0'));
  const { number } = JSON.parse(await pack('serviceDepartment', 'propose', file, '--reason', '试用', '--json')) as { number: string };
  await expect(pack('generalManager', 'approve', number)).rejects.toThrow(/task-not-open/);
  expect(await pack('manager', 'reject', number, '--reason', '说明不足')).toContain('rejected, back to whoever drew it up, draft 1');
  writeFileSync(file, yaml.replace('version: 1.0.1', 'version: 1.1.1'));
  expect(await pack('serviceDepartment', 'propose', file, '--reason', '补充', '--case', number)).toContain(
    `${number}: s3-cs19 is proposed`,
  );
  expect(await pack('manager', 'review', number)).toContain('review recorded, draft 2');
  await expect(pack('manager', 'approve', number)).rejects.toThrow(/Your role may not do this step\. \(wrong-role\)/);
  expect(await pack('generalManager', 'approve', number)).toContain('approve recorded, draft 2');
  await expect.poll(versions).toEqual(['1.1.1 active', '1.1.0 rejected', '1.0.1 superseded']);
  expect(await pack('manager', 'versions', 's3-cs19')).toMatch(/1\.1\.1 +active +20.*\+08:00 +[0-9a-f]{12} {2}EVAL-.*试用/);
  const opened = await openRepair(api);
  expect((await (await api.as('recordsClerk')).get(`/api/cases/${opened}`)).body['packVersion']).toBe('1.1.1');
  expect(await pack('generalManager', 'withdraw', 's3-cs19', '--version', '1.1.1', '--reason', '有误')).toContain(
    '1.1.1 is withdrawn; 1.0.1 is in force now',
  );
  expect(await versions()).toEqual(['1.1.1 withdrawn', '1.1.0 rejected', '1.0.1 active']);
});

test('what is wrong is said with its place; nobody in particular may say nothing', async () => {
  writeFileSync(file, yaml.replace('version: 1.0.1', 'version: 2.0.0').replace('kind: workdays, n: 1,', 'kind: workdays, n: 0,'));
  await expect(pack('serviceDepartment', 'propose', file, '--reason', 'x')).rejects.toThrow(
    /bad-pack[^]*limits\.survey\.n: line \d+: .*right would be/,
  );
  await expect(pack('no-such-token', 'versions', 's3-cs19')).rejects.toThrow('not-signed-in');
  writeFileSync(file, 'a: 1');
  await expect(pack('serviceDepartment', 'propose', file, '--reason', 'x')).rejects.toThrow('does not say the id');
});
