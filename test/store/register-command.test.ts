/** `redress register import|export` as a person runs it. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { useStore } from './support/store.ts';

const store = useStore();
const program = fileURLToPath(new URL('../../scripts/redress.ts', import.meta.url));
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redress-register-'));
  await store.owner.insertInto('person').values({ id: 'clerk', name: '王晓' }).execute();
  await store.owner.insertInto('person').values({ id: 'stranger', name: '李未' }).execute();
  await store.owner.insertInto('person_role').values({ person: 'clerk', pack_id: 's3-cs19', role: 'recordsClerk' }).execute();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function register(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, DATABASE_URL: store.url, TEMPORAL_ADDRESS: inject('temporalAddress') };
  return new Promise((done) => {
    execFile(process.execPath, [program, 'register', ...args], { env }, (error, stdout, stderr) =>
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

test('a dry run, a run with a report, the same again, out and in again; who may not is told', { timeout: 120_000 }, async () => {
  const file = join(folder, 'customers.csv');
  await writeFile(file, '客户编号,名称\nK1,=海天\nK 2,错\n');
  const dry = await register('import', 'customers', file, '--as', 'clerk', '--dry-run');
  expect(dry).toMatchObject({ code: 1, stderr: '' });
  expect(dry.stdout).toBe(
    'row 3, 客户编号: must be an id such as DEMO-1-101; remedy: correct the cell\nCSV, UTF-8: 2 rows; 1 new, 0 changed, 0 the same, 1 not taken\ndry run: nothing was written\n',
  );
  const report = join(folder, 'bad.csv');
  const run = await register('import', 'customers', file, '--as', 'clerk', '--report', report, '--json');
  expect(JSON.parse(run.stdout)).toMatchObject({ new: 1, bad: 1, dryRun: false });
  expect(await readFile(report, 'utf8')).toMatch(/^\uFEFF客户编号,名称,原行号,错误\r\nK 2,错,3,/);
  for (const name of ['out.csv', 'out.xlsx']) {
    const out = join(folder, name);
    expect(await register('export', 'customers', out, '--as', 'clerk')).toMatchObject({ code: 0, stderr: '' });
    const back = await register('import', 'customers', out, '--as', 'clerk', '--json');
    expect(JSON.parse(back.stdout)).toMatchObject({ rows: 1, new: 0, changed: 0, same: 1, bad: 0 });
  }
  expect((await register('import', 'customers', file, '--as', 'stranger')).stderr).toContain('no role that may write');
  expect((await register('export', 'customers', join(folder, 'x.csv'), '--as', 'stranger')).stderr).toContain('no role that may read');
  expect((await register('import', 'nothing', file, '--as', 'clerk')).stderr).toContain('there is no register "nothing"');
});
