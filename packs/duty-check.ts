/** Schedules, reports, surveys and reopening name roles, limits, steps and answers that the pack has. */
import { known } from './known.ts';
import type { Problem } from './problem.ts';
import type { RawPack } from './schema.ts';

type Path = (string | number)[];

export function checkDuties(pack: RawPack): Problem[] {
  const roles = (names: readonly string[] | undefined, path: Path): Problem[] =>
    (names ?? []).flatMap((role, i) => known(pack.roles, role, [...path, i], 'role'));
  const limit = (name: string | undefined, path: Path): Problem[] => (name === undefined ? [] : known(pack.limits, name, path, 'limit'));
  return [
    ...Object.entries(pack.schedules ?? {}).flatMap(([id, { by, with: others, limit: within, until }]) => [
      ...roles(by, ['schedules', id, 'by']),
      ...roles(others, ['schedules', id, 'with']),
      ...limit(within, ['schedules', id, 'limit']),
      ...limit(until, ['schedules', id, 'until']),
    ]),
    ...Object.entries(pack.reports ?? {}).flatMap(([id, { from, to, limit: within }]) => [
      ...roles(from, ['reports', id, 'from']),
      ...roles(to, ['reports', id, 'to']),
      ...limit(within, ['reports', id, 'limit']),
    ]),
    ...Object.entries(pack.surveys ?? {}).flatMap(([id, { by, limits = [] }]) => [
      ...roles(by, ['surveys', id, 'by']),
      ...limits.flatMap((name, i) => limit(name, ['surveys', id, 'limits', i])),
    ]),
    ...Object.entries(pack.authorityNotices ?? {}).flatMap(([id, { decidedBy, limit: within }]) => [
      ...known(pack.roles, decidedBy, ['authorityNotices', id, 'decidedBy'], 'role'),
      ...limit(within, ['authorityNotices', id, 'limit']),
    ]),
    ...(pack.reopenOn ?? []).flatMap((_one, i) => checkReopening(pack, i)),
  ];
}

function checkReopening(pack: RawPack, index: number): Problem[] {
  const { step, field, equals } = pack.reopenOn![index]!;
  const path = ['reopenOn', index];
  const form = pack.steps[step]?.form;
  if (form === undefined) return known(pack.steps, step, [...path, 'step'], 'step');
  if (field === undefined) return [];
  const fields = pack.forms[form]?.fields ?? [];
  const found = fields.find(({ name }) => name === field);
  if (found === undefined) {
    const names = fields.map(({ name }) => name).join(', ');
    return [{ path: [...path, 'field'], wrong: `form ${form} has no field "${field}"`, right: `one of: ${names}` }];
  }
  const values = found.type === 'boolean' ? [true, false] : Object.keys(found.options ?? {});
  if (equals !== undefined && (values as unknown[]).includes(equals)) return [];
  return [
    { path: [...path, 'equals'], wrong: equals === undefined ? 'is missing' : `is ${equals}`, right: `one of: ${values.join(', ')}` },
  ];
}
