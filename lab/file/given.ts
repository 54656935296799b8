/** What is so before the story begins: units with their builder, the retention that is left, people. */
import { parseYuan } from '../../domain/money.ts';
import { parseBeijing } from '../../domain/time.ts';
import { resolveRole, type Pack } from '../../domain/pack.ts';
import type { Problem } from '../../packs/problem.ts';
import type { Absent, Given, Unit } from '../story.ts';
import { unknown } from './names.ts';
import type { Draft, Item } from './variants.ts';

export function readGiven(raw: Draft['given'], items: readonly Item[], pack: Pack, problems: Problem[]): Given {
  const units = Object.entries(raw.units ?? {}).map(([id, unit]): Unit => ({ ...ordinary(id), ...defined(unit) }));
  if (raw.retention !== undefined && units.length === 0) {
    const named = items.flatMap(({ opening }) => (typeof opening?.form['unit'] === 'string' ? [ordinary(opening.form['unit'])] : []));
    if (named.length === 0)
      problems.push({ path: ['given', 'retention'], wrong: 'is of no unit', right: 'given.units, or a unit in the form of the opening' });
    units.push(...named);
  }
  const people = Object.entries(raw.people ?? {}).map(
    ([person, names]) => [person, names.flatMap((name, i) => rolesOf(pack, person, name, i, problems))] as const,
  );
  const absences = (raw.absences ?? []).map((absence, i) => absent(absence, raw.people ?? {}, pack, ['given', 'absences', i], problems));
  return {
    units,
    people: Object.fromEntries(people),
    absences,
    ...(raw.retention === undefined ? {} : { retention: parseYuan(raw.retention) }),
  };
}

const ordinary = (id: string): Unit => ({ id, estate: 'lab-estate', building: 'lab-building', builder: 'lab-builder' });

function rolesOf(pack: Pack, person: string, name: string, i: number, problems: Problem[]): string[] {
  const role = resolveRole(pack, name);
  if (role === undefined) problems.push({ path: ['given', 'people', person, i], ...unknown(pack, 'role', name) });
  return role === undefined ? [] : [role];
}

function absent(
  { from, until, role, ...who }: NonNullable<Draft['given']['absences']>[number],
  people: object,
  pack: Pack,
  path: NonNullable<Problem['path']>,
  problems: Problem[],
): Absent {
  for (const key of ['person', 'substitute'] as const) {
    if (Object.hasOwn(people, who[key])) continue;
    const right = `one of: ${Object.keys(people).join(', ') || 'given.people first'}`;
    problems.push({ path: [path, key].flat(), wrong: `nobody is called ${who[key]}`, right });
  }
  const resolved = role === undefined ? undefined : resolveRole(pack, role);
  if (role !== undefined && resolved === undefined) problems.push({ path: [path, 'role'].flat(), ...unknown(pack, 'role', role) });
  return { ...who, from: parseBeijing(from), until: parseBeijing(until), ...(resolved === undefined ? {} : { role: resolved }) };
}

function defined<T extends object>(value: T): { [K in keyof T]: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as { [K in keyof T]: NonNullable<T[K]> };
}
