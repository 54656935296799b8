import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
let house = '';
beforeAll(async () => {
  house = await mkdtemp(join(tmpdir(), 'redress-fences-'));
  await cp(join(root, '.oxlintrc.json'), join(house, '.oxlintrc.json'));
});
afterAll(() => rm(house, { recursive: true, force: true }));

/** What the linter says of a file planted in an empty copy of the house. */
async function lint(file: string, text: string): Promise<string> {
  const path = join(house, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  const oxlint = join(root, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const { stdout } = await promisify(execFile)(process.execPath, [oxlint, '--format=unix', path], { cwd: house }).catch(
    (error: { stdout: string }) => error,
  );
  await rm(path);
  return stdout;
}

const importing = (...sources: string[]): string => sources.map((source, at) => `export type * as x${at} from '${source}';\n`).join('');

test.each([
  ['domain/time.ts', 'node:fs'],
  ['domain/time.ts', 'zod'],
  ['domain/case/reduce.ts', '../../workflows/kit/messages.ts'],
  ['domain/time.ts', '../temporal.config.ts'],
  ['workflows/kit/case.ts', '../../db/record.ts'],
  ['workflows/kit/case.ts', 'node:crypto'],
  ['workflows/kit/case.ts', 'pg'],
  ['workflows/kit/case.ts', '@temporalio/client'],
  ['workflows/index.ts', '../temporal.config.ts'],
  ['packs/load.ts', '../db/database.ts'],
  ['db/record.ts', '../desk/desk.ts'],
  ['db/record.ts', '@temporalio/client'],
  ['desk/decide.ts', '../api/app.ts'],
  ['desk/decide.ts', '../workflows/kit/case.ts'],
  ['desk/decide.ts', '../temporal.config.ts'],
  ['activities/record.ts', '../desk/index.ts'],
  ['activities/record.ts', '../workflows/kit/case.ts'],
  ['api/routes/cases/open.ts', '../../../workflows/index.ts'],
  ['api/routes/cases/open.ts', '../../../db/record.ts'],
  ['worker/main.ts', '../lab/clock.ts'],
  ['db/record.ts', '../reconcile/cases.ts'],
  ['whatif/run.ts', '../db/record.ts'],
  ['whatif/run.ts', '../desk/index.ts'],
  ['api/routes/cases/open.ts', '../../../whatif/run.ts'],
  ['sheets/read/read.ts', '../../db/database.ts'],
  ['sheets/read/read.ts', '../../files/disk.ts'],
  ['sheets/read/read.ts', '../../exchange/import.ts'],
  ['exchange/import.ts', '../db/record.ts'],
  ['exchange/import.ts', '../api/app.ts'],
  ['domain/time.ts', '../sheets/wall.ts'],
  ['db/record.ts', '../sheets/table.ts'],
  ['print/issue.ts', '../db/record.ts'],
  ['print/issue.ts', '../packs/load.ts'],
  ['print/issue.ts', 'fastify'],
  ['activities/issuing.ts', '../print/issue.ts'],
])('%s may not import %s', async (file, source) => {
  expect(await lint(file, importing(source))).toContain('no-restricted-imports');
});

test.each([
  ['domain/case/reduce.ts', '../time.ts'],
  ['workflows/kit/case.ts', '../../domain/time.ts'],
  ['workflows/kit/case.ts', '@temporalio/workflow'],
  ['packs/load.ts', 'node:fs'],
  ['packs/load.ts', 'zod'],
  ['packs/ics.ts', 'ical.js'],
  ['db/record.ts', 'kysely/migration'],
  ['desk/decide.ts', '../workflows/kit/messages.ts'],
  ['desk/decide.ts', '@temporalio/client'],
  ['desk/history.ts', '../workflows/kit/ports.ts'],
  ['activities/record.ts', '../workflows/kit/ports.ts'],
  ['api/routes/cases/list.ts', '../../../db/read/cases.ts'],
  ['lab/run.ts', '../scripts/stack/temporal.ts'],
  ['whatif/run.ts', '../db/read/histories.ts'],
  ['sheets/read/container.ts', '../../files/container.ts'],
  ['sheets/wall.ts', '../domain/time.ts'],
  ['exchange/import.ts', '../db/entries.ts'],
  ['api/http/table.ts', '../../sheets/write/csv.ts'],
])('%s may import %s', async (file, source) => {
  expect(await lint(file, importing(source))).not.toContain('no-restricted-imports');
});

test.each([
  ['api/app.ts', 'export const run = (text: string): unknown => eval(text);'],
  ['workflows/kit/case.ts', 'export const run = (text: string): unknown => new Function(text);'],
])('%s makes no code at run time: %s', async (file, text) => {
  expect(await lint(file, text)).toMatch(/no-eval|no-new-func/);
});

test.each([
  ['domain/time.ts', 'export const zone = process.env;'],
  ['workflows/kit/case.ts', 'export const page = fetch;'],
  ['workflows/kit/case.ts', 'export const hour = (at: Date) => at.getHours();'],
  ['domain/time.ts', 'export const words = (at: Date) => at.toLocaleString();'],
  ['desk/decide.ts', 'export const address = process.env;'],
])('%s: %s is refused', async (file, text) => {
  expect(await lint(file, text)).toMatch(/no-restricted-(globals|properties)|no-process-env/);
});
