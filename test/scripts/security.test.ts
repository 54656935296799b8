/** The mapping of security requirements is whole, and each of its proofs is there. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { security } from '../../trace/security.ts';
import { securityPage } from '../../trace/security-page.ts';
import { hasTest } from '../../trace/titles.ts';

const root = new URL('../..', import.meta.url).pathname;

test('every requirement of level 1 and 2 and five of level 3 are there, and nothing is wrong with any', () => {
  const { rows, faults } = security(root);
  expect(faults).toEqual([]);
  const of = (level: string): string[] => rows.filter((row) => row.level === level).map(({ id }) => id);
  expect([of('1').length, of('2').length]).toEqual([70, 183]);
  expect(of('3')).toEqual(['2.3.5', '7.5.3', '8.3.2', '14.2.7', '15.4.2']);
});

test('the page says what the data say', () => {
  const page = securityPage(root);
  expect(page?.text).toBe(readFileSync(join(root, 'docs/security.md'), 'utf8'));
});

describe('a fault', () => {
  const copy = mkdtempSync(join(tmpdir(), 'redress-asvs-'));
  const data = join(copy, 'docs/security/asvs.yaml');
  afterAll(() => rmSync(copy, { recursive: true, force: true }));
  beforeEach(() => {
    mkdirSync(join(copy, 'docs/security'), { recursive: true });
    mkdirSync(join(copy, 'test'), { recursive: true });
    writeFileSync(join(copy, 'docs/security/asvs-ids.csv'), 'id,level\n1.1.1,1\n1.1.2,2\n');
    writeFileSync(
      join(copy, 'test/a.test.ts'),
      "test('holds', () => {});\ntest.skip('skipped', () => {});\n// test('behind a comment', () => {});\n",
    );
    cpSync(join(copy, 'test/a.test.ts'), join(copy, 'docs/page.md'));
    writeFileSync(join(copy, 'docs/security.md'), '');
  });
  const faultsOf = (first: string, second = "{ asks: 'something', state: not met, because: 'none' }"): string[] => {
    writeFileSync(data, `1.1.1: ${first}\n1.1.2: ${second}\n`);
    return security(copy).faults;
  };

  test('none when a proof is there', () =>
    expect(faultsOf("{ asks: 'something', state: met, tests: ['test/a.test.ts > holds'] }")).toEqual([]));

  test.each([
    ["{ asks: 'something', state: met }", 'met, and nothing proves it'],
    ["{ asks: 'something', state: not applicable }", 'not applicable, and no reason'],
    ["{ asks: 'something', state: met, tests: ['test/a.test.ts > gone'] }", 'there is no test/a.test.ts > gone'],
    ["{ asks: 'something', state: met, tests: ['test/a.test.ts > skipped'] }", 'there is no test/a.test.ts > skipped'],
    ["{ asks: 'something', state: met, tests: ['test/a.test.ts > behind a comment'] }", 'there is no test/a.test.ts > behind a comment'],
    ["{ asks: 'something', state: met, tests: ['test/b.test.ts > holds'] }", 'there is no test/b.test.ts > holds'],
    ["{ asks: 'something', state: met, pages: ['docs/page.md#nowhere'] }", 'there is no docs/page.md#nowhere'],
    ["{ asks: 'something', state: perhaps, because: 'none' }", 'state'],
  ])('%s', (row, fault) => expect(faultsOf(row).join()).toContain(`1.1.1: ${fault}`));

  test('a requirement that is missing, and one that nobody knows', () => {
    writeFileSync(
      data,
      "1.1.1: { asks: 'something', state: not met, because: 'none' }\n9.9.9: { asks: 'something', state: not met, because: 'none' }\n",
    );
    expect(security(copy).faults).toEqual([
      'docs/security/asvs.yaml: 9.9.9 is not in docs/security/asvs-ids.csv',
      'docs/security/asvs.yaml: 1.1.2 is missing',
    ]);
  });

  test('a page that names a test which is not there', () => {
    writeFileSync(join(copy, 'docs/security.md'), 'Held by `test/a.test.ts > gone` and `test/a.test.ts > holds`.');
    expect(faultsOf("{ asks: 'something', state: not met, because: 'none' }")).toEqual([
      'docs/security.md: there is no test/a.test.ts > gone',
    ]);
  });
});

test('a title is found as it is written, in whichever quotes', () => {
  expect(hasTest('test.each(x)("it\'s %s", () => {})', "it's %s")).toBe(true);
  expect(hasTest("test('a.b', () => {})", 'axb')).toBe(false);
});
