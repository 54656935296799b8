/** Taking a tagged datum out: what is cut from YAML and TypeScript, and a small sample from end to end. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withoutTsNode } from '../support/removal/ts-node.ts';
import { withoutYamlNode } from '../support/removal/yaml-node.ts';

const ROOT = join(import.meta.dirname, '../..');
/** What stands at a mark stands for a tag: this file tags nothing itself. */
const yaml = (text: string): string | undefined => withoutYamlNode(text, text.indexOf('@'));
const ts = (text: string): string | undefined => withoutTsNode('a.ts', text, text.indexOf('@'));

describe('from YAML', () => {
  test('the node of the tag line, with all that is deeper', () => {
    expect(yaml('roles:\n  a: { zh: 甲 } # @\n  b: 1\n')).toBe('roles:\n  b: 1\n');
    expect(yaml('forms:\n  a: # @\n    zh: 甲\n    fields:\n      - { name: x }\n\n  b: 1\n')).toBe('forms:\n\n  b: 1\n');
    expect(yaml('fields:\n  - name: x # @\n    type: text\n  - name: y\n')).toBe('fields:\n  - name: y\n');
  });

  test('the next node, when the tag stands alone', () => {
    expect(yaml('a:\n  # one @ two\n  # three\n  x: 1\n  y: 2\n')).toBe('a:\n  # one @ two\n  # three\n  y: 2\n');
  });

  test('as far as the bracket that closes it, and not the comment of the next', () => {
    expect(yaml('a:\n  x: [ # @\n    1,\n  ]\n  # of y\n  y: 2\n')).toBe('a:\n  # of y\n  y: 2\n');
  });
});

describe('from TypeScript', () => {
  test('a member, an element, one of a union, a case, a statement', () => {
    expect(ts('const a = {\n  x: 1, // @\n  y: 2,\n};\n')).toBe('const a = {\n   // @\n  y: 2,\n};\n');
    expect(ts("const a = [\n  // @\n  'x',\n  'y',\n];\n")).toContain("'y'");
    expect(ts("const a = [\n  // @\n  'x',\n  'y',\n];\n")).not.toContain("'x'");
    expect(ts("type A =\n  | 'x' // @\n  | 'y';\n")).not.toContain("'x'");
    expect(ts('switch (a) {\n  case 1: // @\n    b();\n    break;\n  default:\n    c();\n}\n')).not.toContain('b()');
    expect(ts('f();\n/** @ */\ng();\nh();\n')).toBe('f();\n/** @ */\n\nh();\n');
  });

  test('the statement around what has no node of its own', () => {
    expect(ts('f();\nif (a) {\n  b();\n} else { // @\n  c();\n}\n')).toBe('f();\n\n');
  });

  test('the whole file, when its head is tagged', () => {
    expect(ts("/** @ */\nimport a from 'a';\na();\n")).toBe('');
  });
});

test('data of a pack and a rule taken out of a copy turn their tests red', () => {
  const { stdout, status } = spawnSync(
    process.execPath,
    ['test/support/remove-datum.ts', '--ids', 'OUT.R4,OUT.K2,CON.R3', '--tiers', 'domain'],
    {
      cwd: ROOT,
      encoding: 'utf8',
    },
  );
  expect(stdout).toContain('0 not');
  expect(status).toBe(0);
});
