/** Where a limit starts may be said only of a limit whose procedure asks: anywhere else it would be taken and change nothing. */
import type { Pack } from '../domain/pack.ts';
import type { Problem } from './problem.ts';

/** @param starts by limit, what each procedure of the pack reads of `arms`, `startsAt` and `onHandOver` */
export function checkStarts({ rules }: Pack, starts: readonly Readonly<Record<string, readonly string[]>>[]): Problem[] {
  return Object.entries(rules.limits).flatMap(([name, limit]) =>
    (['arms', 'startsAt', 'onHandOver'] as const).flatMap((setting): Problem[] => {
      if (limit[setting] === undefined || starts.some((procedure) => procedure[name]?.includes(setting))) return [];
      const taking = starts.flatMap((procedure) => Object.keys(procedure).filter((one) => procedure[one]?.includes(setting)));
      const where = taking.length === 0 ? 'no limit of this pack takes it' : `these limits take it: ${taking.join(', ')}`;
      return [
        { path: ['limits', name, setting], wrong: `is ${limit[setting]}, which nothing reads there`, right: `to remove it; ${where}` },
      ];
    }),
  );
}
