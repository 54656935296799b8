/** The packs that open cases: the shipped ones, read once per process. */
import type { DeskOptions } from '../desk/index.ts';
import { loadCalendar, loadPack } from '../packs/load.ts';

export function activePacks(): DeskOptions['packOf'] {
  const known = new Map<string, ReturnType<DeskOptions['packOf']>>();
  return (id) => {
    const found = known.get(id) ?? read(id);
    known.set(id, found);
    return found;
  };
}

function read(id: string): ReturnType<DeskOptions['packOf']> {
  const pack = loadPack(id);
  return { pack, calendar: loadCalendar(pack.calendarId) };
}
