/** `npm run test:security` names files; a name that fits none would be passed over in silence. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = new URL('../..', import.meta.url).pathname;
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
const names = (scripts['test:security'] ?? '').split(' ').filter((word) => word.startsWith('test/'));
const files = globSync('test/**/*.test.ts', { cwd: root });

test('every name that npm run test:security asks for fits a file', () => {
  expect(names.filter((name) => !files.some((file) => file.includes(name)))).toEqual([]);
});

test('npm run test:security asks for every file of test/security', () => {
  const own = files.filter((file) => file.startsWith('test/security/'));
  expect(own.length).toBeGreaterThan(3);
  expect(own.filter((file) => !names.some((name) => file.includes(name)))).toEqual([]);
});
