/** What a pack says in vain: refused where it is a slip, noted where nothing reads it yet. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkPack } from '../../packs/check.ts';

const folder = mkdtempSync(join(tmpdir(), 'redress-unread-'));
afterAll(() => rmSync(folder, { recursive: true }));

function changed(id: string, from: string, to: string) {
  const shipped = readFileSync(join(import.meta.dirname, `../../packs/${id}/pack.yaml`), 'utf8');
  const text = shipped.replace(from, to);
  expect(text).not.toBe(shipped);
  const path = join(folder, 'pack.yaml');
  writeFileSync(path, text);
  const { problems, notes } = checkPack(path);
  return { said: problems.map(({ path: at, wrong, right }) => `${at}: ${wrong}; ${right}`), notes };
}

const ofLimit = (limit: string, more: string) => changed('s3-cs19', `  ${limit}: { zh:`, `  ${limit}: { ${more}, zh:`).said;

test.for([
  [
    'survey',
    'startsAt: accepted',
    'limits.survey.startsAt: is accepted, which nothing reads there; to remove it; these limits take it: repair',
  ],
  ['followUpCall', 'onHandOver: restart', 'limits.followUpCall.onHandOver: is restart, which nothing reads there'],
  [
    'repairMulti',
    'arms: receipt',
    'limits.repairMulti.arms: is receipt, which nothing reads there; to remove it; no limit of this pack takes it',
  ],
] as const)('%s with %s is refused', ([limit, more, message]) => {
  expect(ofLimit(limit, more)).toEqual([expect.stringContaining(message)]);
});

test('a limit whose procedure asks where it starts takes it', () => {
  expect(ofLimit('repairMulti', 'startsAt: accepted, onHandOver: restart')).toEqual([]);
  expect(changed('s2-cement', 'arms: receipt', 'arms: judged').said).toEqual([]);
});

test('a procedure that nobody expects is a slip', () => {
  expect(changed('s3-cs19', 'workflow: propertyRepair,', 'workflow: propertyRepai,').said).toContainEqual(
    expect.stringMatching(/^kinds\.repair\.workflow: there is no procedure "propertyRepai"; one of: .*propertyRepair/),
  );
});

test('duties and decisions that nothing reads are noted; years of keeping are gone by, the year’s file is not', () => {
  const keeping = (said: string): readonly string[] =>
    changed('s3-cs19', 'retention: { none: none in the text }', `retention: ${said}`).notes;
  const idle = 'nothing reads this yet: coordinator.mayDecide, schedules, reports, surveys, reopenOn';
  expect(keeping('{ years: 5, clause: proposal }')).toContain(idle);
  expect(keeping('{ file: yearly, clause: proposal }')).toContain(`${idle}, retention`);
});
