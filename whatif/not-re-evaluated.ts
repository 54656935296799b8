/** Where a candidate differs in what no record can show the effect of: people would have acted in another order. */
import { canonicalJson } from '../domain/canonical.ts';
import type { PackLimit, PackRules } from '../domain/pack.ts';

/** `roll` works through the limits themselves; the others send a case another way. */
const worksThroughLimits: readonly string[] = ['roll'];

/** Names of the differing settings: `switches.auditBound`, `steps.survey`, `closureLimit`. */
export function notReEvaluated(was: PackRules, is: PackRules): string[] {
  return [
    ...differing('switches', was.switches, is.switches).filter((name) => !worksThroughLimits.includes(name.slice('switches.'.length))),
    ...differing('steps', was.steps, is.steps),
    ...(was.closureLimit === is.closureLimit ? [] : ['closureLimit']),
    ...Object.entries(is.limits).flatMap(([name, limit]) => startsOtherwise(name, was.limits[name], limit)),
  ];
}

/** The start of a clock is taken as recorded: what would have started it elsewhere is not judged. */
function startsOtherwise(name: string, was: PackLimit | undefined, is: PackLimit): string[] {
  if (was === undefined) return [];
  return (['arms', 'startsAt', 'onHandOver'] as const).filter((key) => was[key] !== is[key]).map((key) => `limits.${name}.${key}`);
}

function differing(group: string, was: Readonly<Record<string, unknown>>, is: Readonly<Record<string, unknown>>): string[] {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((name) => canonicalJson(was[name] ?? null) !== canonicalJson(is[name] ?? null))
    .map((name) => `${group}.${name}`);
}
