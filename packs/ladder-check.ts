/** Ladders: they end after the deadline, and tell nobody the same thing twice. */
import type { Rung } from '../domain/pack.ts';
import type { Problem } from './problem.ts';
import type { RawPack } from './schema.ts';

export function checkLadders(pack: RawPack): Problem[] {
  return Object.entries(pack.ladders).flatMap(([name, { rungs }]) => [...endsTooSoon(pack, name, rungs), ...toldTwice(name, rungs)]);
}

/** Once for the ladder, however many limits climb it. A soft limit's may warn only. */
function endsTooSoon({ limits, generalManager }: RawPack, name: string, rungs: readonly Rung[]): Problem[] {
  const top = rungs.at(-1);
  const climbed = Object.values(limits).some(({ hardness, ladder }) => hardness === 'hard' && ladder === name);
  if (!climbed || top?.role !== generalManager || top.when !== 'before') return [];
  const right = `${generalManager} at the breach or after it, as every hard limit needs`;
  return [{ path: ['ladders', name, 'rungs', rungs.length - 1], wrong: 'ends before the deadline', right }];
}

function toldTwice(name: string, rungs: readonly Rung[]): Problem[] {
  const said = rungs.map((rung) => `${rung.role} ${momentOf(rung)}`);
  return said.flatMap((one, i): Problem[] => {
    if (said.indexOf(one) === i) return [];
    const wrong = `tells ${rungs[i]!.role} a second time at the same instant`;
    return [{ path: ['ladders', name, 'rungs', i], wrong, right: 'each role once for an instant' }];
  });
}

/** At the breach is no working day after it. */
function momentOf({ when = 'after', percent, hours, afterWorkdays = 0, workdays = afterWorkdays }: Rung): string {
  const unit = percent !== undefined ? `percent ${percent}` : hours !== undefined ? `hours ${hours}` : `workdays ${workdays}`;
  return `${when} ${unit}`;
}
