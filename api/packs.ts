/** The shipped packs, each read once per process: a released version of a pack never changes. */
import type { CalendarDays } from '../domain/calendar.ts';
import type { Pack } from '../domain/pack.ts';
import { listPacks, loadCalendar, loadPack } from '../packs/load.ts';
import type { PackSource } from './deps.ts';

export function shippedPacks(): PackSource {
  const ids = listPacks();
  const read = new Map<string, { pack: Pack; calendar: CalendarDays }>();
  return {
    list: () => ids,
    find(id) {
      if (!ids.includes(id)) return undefined;
      const known = read.get(id);
      if (known !== undefined) return known;
      const pack = loadPack(id);
      const fresh = { pack, calendar: loadCalendar(pack.calendarId) };
      read.set(id, fresh);
      return fresh;
    },
  };
}
