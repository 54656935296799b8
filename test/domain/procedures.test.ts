import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkPack } from '../../packs/check.ts';
import { listPacks } from '../../packs/load.ts';
import { REGISTRY, scanProcedures } from '../support/procedures.ts';

const folder = mkdtempSync(join(tmpdir(), 'redress-procedures-'));
afterAll(() => rmSync(folder, { recursive: true }));

const shipped = readFileSync(join(import.meta.dirname, '../../packs/s3-cs19/pack.yaml'), 'utf8');

/** The findings on the shipped pack with one text replaced. */
function changed(from: string | RegExp, to: string) {
  const text = shipped.replace(from, to);
  expect(text).not.toBe(shipped);
  const path = join(folder, 'pack.yaml');
  writeFileSync(path, text);
  const { ok, problems, notes } = checkPack(path);
  return { ok, said: problems.map(({ path: at, wrong, right }) => `${at}: ${wrong}; ${right}`), notes };
}

test('the registry is what the code names; else: node test/support/procedures.ts && npm run format', () => {
  expect(JSON.parse(readFileSync(REGISTRY, 'utf8'))).toEqual(scanProcedures());
}, 60_000);

test('the registry knows the repair as its document tells it', () => {
  const { propertyRepair } = scanProcedures().procedures;
  expect(propertyRepair!.steps).toEqual(expect.arrayContaining(['survey', 'completion', 'followUp', 'audit', 'determination', 'payment']));
  expect(propertyRepair!.proposals).toEqual(['estimate', 'finalAccount']);
  expect(propertyRepair!.limits).toEqual(expect.arrayContaining(['repairMulti', 'repairSingle', 'weeklyItem', 'nextVersion']));
  expect(propertyRepair!.switches).toEqual(expect.arrayContaining(['auditBound', 'builderHandOver', 'repairClockStartsAt']));
  expect(propertyRepair!.fields['survey']).toEqual(expect.arrayContaining(['signedBy', 'trades']));
});

test.for(listPacks())('%s has what its procedures name', (id) => expect(checkPack(id)).toMatchObject({ ok: true, problems: [] }));

test('procedures that are not built are named, and nobody fails for them', () => {
  const { ok, notes } = changed('workflow: otherComplaint', 'workflow: surveyCampaign');
  expect(ok).toBe(true);
  expect(changed('workflow: otherComplaint', 'workflow: otherComplain').ok).toBe(false);
  expect(notes).toContain('procedure not built yet: surveyCampaign (other)');
});

describe('what a pack lacks that its procedure uses', () => {
  test.for([
    ['a step', /^ {2}urgeBuilder: \{.*by:.*\n/m, '', 'steps.urgeBuilder: is missing; a place in steps, since propertyRepair uses it'],
    [
      'an act of every case',
      /^ {2}acknowledge: \{.*by:.*\n?/m,
      '',
      'steps.acknowledge: is missing; a place in steps, since every case uses it',
    ],
    ['a step of a decision', /^ {2}estimate\.review: .*\n/m, '', 'steps.estimate.review: is missing'],
    ['a switch', /^ {2}auditBound: .*\n/m, '', 'switches.auditBound: is missing'],
    ['a limit', /^ {2}repairMulti: .*\n/m, '', 'limits.repairMulti: is missing'],
    ['a role', /legalCentre/g, 'lawyers', 'roles.legalCentre: is missing'],
    [
      'a field',
      /^ {6}- \{ name: trades.*\n/m,
      '',
      'forms.survey.fields: have no trades; a field trades with fact: true, since propertyRepair',
    ],
    [
      'a fact',
      'name: satisfied, type: boolean, required: true, fact: true',
      'name: satisfied, type: boolean',
      'is satisfied without fact: true',
    ],
    ['a table', '  estimate:\n    sum: case', '  estimates:\n    sum: case', 'tiers.estimate: is missing'],
  ] as const)('%s', ([, from, to, message]) => {
    const { ok, said } = changed(from, to);
    expect(ok).toBe(false);
    expect(said).toContainEqual(expect.stringContaining(message));
  });

  test('a step that no procedure has', () => {
    const step = 'steps:\n  celebrate: { zh: 庆祝, en: party, by: [customerService], form: note, clause: proposal }\n';
    expect(changed('\nsteps:\n', `\n${step}`).said).toEqual([
      expect.stringContaining('steps.celebrate: no procedure of this pack has such a step'),
    ]);
  });

  test('a switch that nothing reads is a note', () => {
    const found = changed('\nswitches:\n', '\nswitches:\n  lucky: { value: 8, zh: 幸运数字, en: lucky number, clause: proposal }\n');
    expect(found.ok).toBe(true);
    expect(found.notes.join()).toContain('lucky');
  });
});
