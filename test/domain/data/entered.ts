/** The shipped registers, asked as their users ask them: what becomes of an entry, and who may write it. */
import { mayRead, mayWrite } from '../../../domain/register/access.ts';
import { CHECKS, type Existing } from '../../../domain/register/checks/all.ts';
import type { RegisterDef } from '../../../domain/register/definition.ts';
import { readEntry } from '../../../domain/register/read-entry.ts';
import { resolveRole } from '../../../domain/pack.ts';
import { loadPack } from '../../../packs/load.ts';
import { loadRegisters } from '../../../packs/registers/load.ts';

const registers = loadRegisters();

function register(name: string): RegisterDef {
  const found = registers.get(name);
  if (found === undefined) throw new Error(`there is no register ${name}`);
  return found;
}

/** The entry as it is kept, or the fields that were refused. */
export function entered(name: string, input: unknown): Readonly<Record<string, unknown>> | string[] {
  const reading = readEntry(register(name), input);
  return reading.ok ? reading.body : reading.problems.map(({ path }) => path);
}

/** What a register warns of, by the checks that it names. */
export function warned(name: string, body: Readonly<Record<string, unknown>>, others: readonly Existing[] = []): string[] {
  const def = register(name);
  return def.checks.flatMap((check) => CHECKS[check]!(def, body, others).flatMap(({ check: by, entries }) => [by, ...entries]));
}

/** Whether whoever is called so in a pack may write and read. */
export function may(name: string, pack: string, called: string): { write: boolean; read: boolean } {
  const role = resolveRole(loadPack(pack), called);
  const held = { [pack]: role === undefined ? [] : [role] };
  return { write: mayWrite(held, register(name)), read: mayRead(held, register(name)) };
}
