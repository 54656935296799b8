/** What must never enter the code that cases run on. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { expect, test } from 'vitest';
import { bundleOptions, sharedModules } from '../../worker/options.ts';

test('no zod, no Node, nothing of the lab in the production bundle', async () => {
  const { code } = await bundleWorkflowCode({ ...bundleOptions, logger: new DefaultLogger('ERROR') });
  const modules = [...code.matchAll(/^\/\*\*\*\/ "([^"]+)"/gm)].map(([, name]) => name ?? '');
  expect(modules.some((name) => name.includes('workflows/property-repair/workflow.ts'))).toBe(true);
  expect(modules.filter((name) => /node_modules\/zod\/|^node:|\/lab\/|\/pg\/|\/kysely\//.test(name))).toEqual([]);
});

test('modules that all cases of a worker share have no variable of their own', () => {
  // The content-keyed copies and the calendar's memo hold nothing of a case: same content, same value.
  const allowed = /domain\/(shared|calendar|calendar-days)\.ts$/;
  const root = join(import.meta.dirname, '../..');
  const files = sharedModules.filter((file) => !allowed.test(file));
  expect(files.length).toBeGreaterThan(40);
  const stateful = files.filter((file) =>
    /^(let|var) |^(export )?const \w+ = new (Map|Set|WeakMap|Array)\(/m.test(readFileSync(file, 'utf8')),
  );
  expect(stateful.map((file) => file.slice(root.length + 1))).toEqual([]);
  expect(readdirSync(join(root, 'workflows'))).toContain('index.ts');
});
