/** What the parts of a pack say about each other: every name that is used exists, ladders end at the top … */
import { OWNER } from '../domain/case/owing.ts';
import { checkCaseSettings } from './case-check.ts';
import { checkDuties } from './duty-check.ts';
import { checkForms } from './form-check.ts';
import { known } from './known.ts';
import { checkLadders } from './ladder-check.ts';
import type { Problem } from './problem.ts';
import type { RawPack } from './schema.ts';
import { checkSwitches } from './switch-check.ts';
import { checkTiers } from './tier-check.ts';

/** Problems between the parts of a pack; none when it may be used. */
export function checkReferences(pack: RawPack): Problem[] {
  return [
    ...checkNames(pack),
    ...checkRoles(pack),
    ...checkLimits(pack),
    ...checkLadders(pack),
    ...checkHours(pack),
    ...checkSwitches(pack),
    ...Object.entries(pack.kinds).flatMap(([kind, { form }]) => known(pack.forms, form, ['kinds', kind, 'form'], 'form')),
    ...Object.entries(pack.steps).flatMap(([step, { form, limit, requiredForms = [] }]) => [
      ...known(pack.forms, form, ['steps', step, 'form'], 'form'),
      ...requiredForms.flatMap((one, i) => known(pack.forms, one, ['steps', step, 'requiredForms', i], 'form')),
      ...(limit === undefined ? [] : known(pack.limits, limit, ['steps', step, 'limit'], 'limit')),
    ]),
    ...checkTiers(pack),
    ...checkForms(pack),
    ...checkCaseSettings(pack),
    ...checkDuties(pack),
  ];
}

/** An id, name or alias means one role only. */
function checkNames(pack: RawPack): Problem[] {
  const owner = new Map<string, string>();
  return Object.entries(pack.roles).flatMap(([id, role]) =>
    [...new Set([id, role.zh, role.en]), ...role.aliases].flatMap((name) => {
      const other = owner.get(name);
      owner.set(name, id);
      return other === undefined
        ? []
        : [{ path: ['roles', id], wrong: `"${name}" already names ${other}`, right: 'a name that means one role only' }];
    }),
  );
}

function checkRoles(pack: RawPack): Problem[] {
  const uses: [(string | number)[], string][] = [
    [['generalManager'], pack.generalManager],
    ...pack.coordinator.roles.map((role, i): [(string | number)[], string] => [['coordinator', 'roles', i], role]),
    ...Object.entries(pack.ladders).flatMap(([name, { rungs }]) =>
      rungs.flatMap(({ role }, i): [(string | number)[], string][] => (role === OWNER ? [] : [[['ladders', name, 'rungs', i], role]])),
    ),
    ...Object.entries(pack.kinds).flatMap(([kind, { by }]) =>
      (by ?? []).map((role, i): [(string | number)[], string] => [['kinds', kind, 'by', i], role]),
    ),
    ...Object.entries(pack.steps).flatMap(([step, { by }]) =>
      by.map((role, i): [(string | number)[], string] => [['steps', step, 'by', i], role]),
    ),
    ...Object.entries(pack.switches).flatMap(([name, { role, options }]) =>
      role === undefined ? [] : [role, ...(options ?? [])].map((r): [(string | number)[], string] => [['switches', name, 'role'], r]),
    ),
  ];
  const owner = Object.hasOwn(pack.roles, OWNER)
    ? [{ path: ['roles', OWNER], wrong: 'stands in ladders for whoever owes the task', right: 'another id for the role' }]
    : [];
  return [...owner, ...uses.flatMap(([path, role]) => known(pack.roles, role, path, 'role'))];
}

function checkLimits(pack: RawPack): Problem[] {
  const promises = (['responseLimit', 'closureLimit'] as const).flatMap((key) =>
    typeof pack[key] === 'string' ? known(pack.limits, pack[key], [key], 'limit') : [],
  );
  return [
    ...promises,
    ...Object.entries(pack.limits).flatMap(([name, limit]) => {
      const problems = known(pack.ladders, limit.ladder, ['limits', name, 'ladder'], 'ladder');
      const top = pack.ladders[limit.ladder]?.rungs.at(-1);
      if (limit.hardness === 'hard' && top !== undefined && top.role !== pack.generalManager) {
        problems.push({
          path: ['limits', name, 'ladder'],
          wrong: `${limit.ladder} does not end at ${pack.generalManager}`,
          right: 'a ladder that ends there, as every hard limit needs',
        });
      }
      const tooHigh = limit.hardness === 'soft' && pack.ladders[limit.ladder]?.rungs.some((rung) => rung.role === pack.generalManager);
      if (tooHigh) {
        problems.push({
          path: ['limits', name, 'ladder'],
          wrong: `${limit.ladder} tells ${pack.generalManager} of a soft limit`,
          right: 'a ladder that stays below, since a soft limit warns the department head only',
        });
      }
      if (limit.source === 'text' && limit.clause === 'proposal') {
        problems.push({
          path: ['limits', name, 'source'],
          wrong: 'is text, but no clause is named',
          right: 'its clause, or source: proposal',
        });
      }
      return problems;
    }),
  ];
}

/** Limits that count business hours, and days that end with them, need a pack that has some (C3). */
function checkHours(pack: RawPack): Problem[] {
  if (pack.businessHours !== undefined) return [];
  const right = 'businessHours: { periods: [...] } in the pack';
  const limits = Object.entries(pack.limits).filter(([, { kind }]) => kind === 'business-hours');
  return [
    ...limits.map(([name]): Problem => ({ path: ['limits', name, 'kind'], wrong: 'counts business hours, but the pack has none', right })),
    ...(pack.dayEnd === 'close-of-business'
      ? [{ path: ['dayEnd'], wrong: 'is close-of-business, but the pack has no business hours', right }]
      : []),
  ];
}
