/** What a pack says and nothing goes by yet: its readers should know that it changes nothing. */
import type { Pack } from '../domain/pack.ts';

/** @param switches those that kit and the pack's procedures read */
export function unread({ rules, kinds, coordinatorMayDecide, duties = {} }: Pack, switches: readonly string[]): string[] {
  // `roll` is applied to the limits when the pack is read.
  const read = new Set(['roll', ...switches]);
  const idle = Object.keys(rules.switches).filter((name) => !read.has(name));
  const said = [
    ...(coordinatorMayDecide === undefined ? [] : ['coordinator.mayDecide']),
    // Years are gone by when something is to be erased; the year's file is the procedure's own.
    ...Object.keys(duties).filter((duty) => duty !== 'retention' || 'file' in (duties.retention ?? {})),
  ];
  return [
    ...(idle.length === 0 || Object.keys(kinds).length === 0 ? [] : [`switches that nothing reads yet: ${idle.join(', ')}`]),
    ...(said.length === 0 ? [] : [`nothing reads this yet: ${said.join(', ')}`]),
  ];
}
