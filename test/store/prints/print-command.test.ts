/** `redress print` as a person runs it. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { record } from '../../../db/record.ts';
import { textOf } from '../../support/pdf-text.ts';
import { batchOf, story } from '../support/story.ts';
import { useStore } from '../support/store.ts';

const store = useStore();
const program = fileURLToPath(new URL('../../../scripts/redress.ts', import.meta.url));
const number = 'CS19-2026-000777';
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redress-print-'));
  await record(store.db, batchOf(story(number)));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function redress(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { ...process.env, DATABASE_URL: store.url, REDRESS_COMPANY: '永安置业有限公司' };
  return new Promise((done) => {
    execFile(process.execPath, [program, 'print', ...args], { env }, (error, out, err) =>
      done({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

test('lists what there is and writes the file', { timeout: 60_000 }, async () => {
  expect(await redress(number)).toMatchObject({ code: 0, out: 'dossier  案卷 case dossier\n' });
  const file = join(folder, 'dossier.pdf');
  expect(await redress(number, 'dossier', file)).toMatchObject({ code: 0 });
  const text = await textOf(await readFile(file));
  for (const said of ['永安置业有限公司', number, '案卷', '受理登记']) expect(text).toContain(said);
});

test('a paper or case that does not exist is named, with the remedy', { timeout: 60_000 }, async () => {
  expect(await redress(number, 'work-order', join(folder, 'x.pdf'))).toMatchObject({
    code: 1,
    err: expect.stringContaining(`redress print ${number}`),
  });
  expect(await redress('CS19-2026-000000')).toMatchObject({ code: 1, err: expect.stringContaining('there is no case') });
});
