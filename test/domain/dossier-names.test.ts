/** A dossier is read by people: every stage and effect that a procedure's code names has a Chinese name. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TOLD } from '../../domain/case/told-words.ts';
import { EFFECTS, STAGES } from '../../print/dossier/names.ts';

const root = join(import.meta.dirname, '../..');
const code = globSync('workflows/**/*.ts', { cwd: root }).map((path) => readFileSync(join(root, path), 'utf8')).join('\n'); // prettier-ignore
const named = (call: RegExp): string[] => [...new Set([...code.matchAll(call)].map((match) => match[1]!))];

test('stages', () => {
  const stages = named(/\.enter\('(\w+)'\)/g);
  expect(stages.length).toBeGreaterThan(40);
  expect(stages.filter((stage) => STAGES[stage] === undefined)).toEqual([]);
});

test('effects', () => {
  const effects = named(/\.effect\(\s*'(\w+)'/g);
  expect(effects).toContain('postSettlement');
  expect(effects.filter((effect) => EFFECTS[effect] === undefined)).toEqual([]);
});

test('what is told', () => {
  const told = named(/\btell\([^,()]+, '([a-z-]+)'/g);
  expect(told.length).toBeGreaterThan(20);
  expect(told.filter((what) => TOLD[what] === undefined)).toEqual([]);
});
