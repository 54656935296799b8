/** `redress calendar` and `redress rebase`, as a person at a terminal uses them. */
import { TEST_MASTER_KEY } from '../support/vault.ts';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { putIntoForce, surveyWithin } from '../support/versions.ts';
import { useOffice } from './support/office.ts';

const office = useOffice();
const program = fileURLToPath(new URL('../../scripts/redress.ts', import.meta.url));
let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'calendar-'));
  file = join(folder, '2027.yaml');
  await writeFile(file, "2027:\n  source: fixture\n  off: ['01-01..01-03']\n  work: []\n");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function redress(...args: string[]): Promise<{ code: number; out: string; stderr: string }> {
  const env = {
    ...process.env,
    DATABASE_URL: office.url,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    REDRESS_TASK_QUEUE: office.queue,
    REDRESS_DATA: folder,
    // The key by which the office has sealed.
    REDRESS_VAULT_KEYS: TEST_MASTER_KEY,
  };
  return new Promise((done) => {
    execFile(process.execPath, [program, ...args], { env }, (error, out, stderr) =>
      done({ code: error === null ? 0 : Number(error.code), out, stderr }),
    );
  });
}
const json = async (...args: string[]) => {
  const { out, ...rest } = await redress(...args, '--json');
  return { ...rest, said: JSON.parse(out === '' ? 'null' : out) as any };
};

test('a year: listed, looked at, loaded; without yes nothing happens; a bad file names the place', { timeout: 120_000 }, async () => {
  expect(await json('calendar', 'list')).toMatchObject({ code: 0, said: [{ id: 'cn', version: '2026.1', loadedTo: '2026-12-31' }] });
  const preview = await redress('calendar', 'load', file, '--year', '2027', '--preview');
  expect(preview.out).toContain('version 2026.1 → 2027.1');
  expect(preview.out).toContain('2027-01-01 weekday → day-off');
  expect(await redress('calendar', 'load', file, '--year', '2027')).toMatchObject({
    code: 1,
    out: expect.stringContaining('Nothing was changed'),
  });
  expect(await json('calendar', 'list')).toMatchObject({ said: [{ version: '2026.1' }] });
  const wrong = await redress('calendar', 'load', file, '--year', '2028', '--yes');
  expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('2027') });
  expect(await json('calendar', 'load', file, '--year', '2027', '--yes', '--as', 'an-ran')).toMatchObject({
    code: 0,
    said: { version: { to: '2027.1' }, counts: { total: 0 } },
  });
  expect(await json('calendar', 'show')).toMatchObject({ said: { version: '2027.1', versions: [{ loaded_by: 'an-ran' }, {}] } });
});

test('a newer pack for its open cases, in the roles of whoever commands it', { timeout: 120_000 }, async () => {
  await office.open();
  await putIntoForce(office.db, surveyWithin('7.0.0', 4));
  await office.db.insertInto('person').values({ id: 'xu-qing', name: '许晴' }).execute();
  const rebase = ['rebase', '--pack', 's3-cs19', '--reason', '新制度', '--as', 'xu-qing'];
  expect(await redress(...rebase)).toMatchObject({ code: 1, stderr: expect.stringContaining('has no role') });
  await office.db.insertInto('person_role').values({ person: 'xu-qing', pack_id: 's3-cs19', role: 'serviceManager' }).execute();
  expect(await json(...rebase, '--preview')).toMatchObject({
    code: 0,
    said: { toVersion: '7.0.0', counts: { total: 1, moving: 1, changed: 0 } },
  });
  expect(await json(...rebase, '--yes')).toMatchObject({ code: 0, said: { counts: { changed: 1, refused: 0 } } });
  expect(await office.db.selectFrom('case_file').select('pack_version').execute()).toEqual([{ pack_version: '7.0.0' }]);
});
