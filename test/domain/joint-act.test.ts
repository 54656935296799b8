/** What one administrator does not do alone: which roles decide, what is newly held, who gives the second word, and until when. */
import { expect, test } from 'vitest';
import { decidingRoles, heldText, newlyHeld, readHeld } from '../../domain/authority/deciding.ts';
import { JOINT_ACT_MS, mayJudgeRoles, statusOf } from '../../domain/authority/joint-act.ts';
import { loadPack } from '../../packs/load.ts';
import { loadRegisters } from '../../packs/registers/load.ts';

const registers = [...loadRegisters().values()];
const deciding = (id: string): string[] => [...decidingRoles(loadPack(id), registers)].toSorted();

// Written down from the procedures: chains, determination, audit, bonus, overseers, ladders.
test.each([
  [
    's3-cs19',
    [
      'auditDepartment',
      'caseHandler',
      'customerService',
      'deputyChiefEngineer',
      'deputyGeneralManager',
      'generalManager',
      'serviceManager',
    ],
  ],
  ['s2-cement', ['companyLeader', 'generalManagement', 'market', 'quality', 'safetyProduction']],
  ['s3-std', ['customerService', 'generalManager', 'serviceHead']],
  ['s1-eval', ['generalManager', 'manager', 'serviceDepartment']],
])('%s: who decides', (id, roles) => {
  expect(deciding(id)).toEqual(roles);
});

test('whoever reviews or approves entries of a register decides, in what extends its pack as well', () => {
  const pack = { ...loadPack('s3-std'), id: 'own', bases: ['s3-std'] };
  const reviewed = (of: string) => [{ review: { pack: of, review: 'technician', approve: 'customer' } }];
  expect(decidingRoles(pack, reviewed('s3-std')).has('technician')).toBe(true);
  expect(decidingRoles(pack, reviewed('own')).has('customer')).toBe(true);
  expect(decidingRoles(pack, reviewed('s2-cement')).has('technician')).toBe(false);
});

test('a role for a place is part of the role for all, not the other way', () => {
  const [all, west, east] = [{ role: 'sales' }, { role: 'sales', place: 'estates/west' }, { role: 'sales', place: 'estates/east' }];
  expect(newlyHeld([all], [west, east])).toEqual([]);
  expect(newlyHeld([west], [west, east])).toEqual([east]);
  expect(newlyHeld([west], [all])).toEqual([all]);
  expect(newlyHeld([{ role: 'finance' }], [west])).toEqual([west]);
  for (const held of [all, west]) expect(readHeld(heldText(held))).toEqual(held);
});

test('waits to the last millisecond of the third day', () => {
  const [at, endsAt] = [0, JOINT_ACT_MS];
  expect(endsAt - at).toBe(3 * 24 * 3_600_000);
  expect(statusOf({ outcome: null, endsAt }, endsAt - 1)).toBe('waiting');
  expect(statusOf({ outcome: null, endsAt }, endsAt)).toBe('over');
  expect(statusOf({ outcome: 'confirmed', endsAt }, endsAt + 1)).toBe('confirmed');
});

test('of roles of a pack its general manager for all places', () => {
  const boss = (only: Record<string, Record<string, string[]>> = {}) => ({ packs: { p: ['gm', 'x'] }, only });
  expect(mayJudgeRoles(boss(), 'p', 'gm')).toBe(true);
  expect(mayJudgeRoles(boss(), 'q', 'gm')).toBe(false);
  expect(mayJudgeRoles(boss(), 'p', 'other')).toBe(false);
  expect(mayJudgeRoles(boss({ p: { gm: ['estates/west'] } }), 'p', 'gm')).toBe(false);
  expect(mayJudgeRoles(boss({ p: { x: ['estates/west'] } }), 'p', 'gm')).toBe(true);
});
