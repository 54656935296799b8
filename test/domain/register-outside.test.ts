/** Registers are for the company: nobody from outside reads or writes one, whatever their case lets them see. */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { mayRead, mayWrite } from '../../domain/register/access.ts';
import { loadPack } from '../../packs/load.ts';
import { loadRegisters } from '../../packs/registers/load.ts';

/** Roles of people who do not belong to the company, or about whom a case is; by pack, none of them left out. */
const OUTSIDE: Readonly<Record<string, readonly string[]>> = {
  's0-ts16949': ['customer'],
  's1-eval': [],
  's1-outlet': ['contractor', 'outlet'],
  's2-cement': ['builder', 'customer', 'complainant', 'respondent', 'authorities'],
  's3-13485-contract': [],
  's3-16949-sat': ['customer', 'purchasing'],
  's3-cs19': ['builder', 'customer'],
  's3-cs19-demo': ['builder', 'customer'],
  's3-std': ['customer'],
  's4-feedback': ['customer', 'authority'],
};

/** What everybody signed in may read, and why. */
const SHOWN: Readonly<Record<string, string>> = {
  departments: 'names and codes of departments, to address them; nothing about a person',
  serviceRules: 'the service manual says what customers and contractors may expect (GB/T 27922, line 1)',
  certificates: 'certificates are published by the body that issues them (line 4)',
  standardisation: 'published standards and the part the company took in them (line 5)',
};

const registers = [...loadRegisters().values()];
const roles = Object.entries(OUTSIDE).flatMap(([pack, names]) => names.map((role) => ({ pack, role })));

test('every pack says who is outside, and means roles that it has', () => {
  const shipped = readdirSync(new URL('../../packs', import.meta.url), { withFileTypes: true })
    .filter((one) => one.isDirectory() && /^s\d/.test(one.name))
    .map(({ name }) => name);
  expect(Object.keys(OUTSIDE).toSorted()).toEqual(shipped.toSorted());
  for (const { pack, role } of roles) expect(loadPack(pack).roles.map(({ id }) => id)).toContain(role);
});

describe.each(roles)('$pack $role', ({ pack, role }) => {
  const held = { [pack]: [role] };
  test('writes no register, and reads none but what is shown to everybody', () => {
    expect(registers.filter((def) => mayWrite(held, def)).map(({ id }) => id)).toEqual([]);
    expect(
      registers
        .filter((def) => mayRead(held, def))
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(Object.keys(SHOWN).toSorted());
  });
});

test('a role of the same pack alone opens no register', () => {
  const def = { write: { 's3-cs19': ['customerService'] } };
  expect(mayRead({ 's3-cs19': ['customerService'] }, def)).toBe(true);
  expect(mayRead({ 's3-cs19': ['builder'] }, def)).toBe(false);
});
