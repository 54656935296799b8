/** The rules of a story: which version new cases are opened under at an instant, and the one a case is pinned to. */
import type { RuleBook } from '../../desk/index.ts';
import { NotFound } from '../../desk/index.ts';
import type { CalendarDays } from '../../domain/calendar.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { Pack } from '../../domain/pack.ts';
import type { Instant } from '../../domain/time.ts';
import { versionAt, type Story } from '../story.ts';

/** @param clock the story's */
export function storyRules(story: Story, clock: () => Instant): RuleBook {
  const known = (id: string): void => {
    if (id !== story.pack.id) throw new NotFound(`there is no pack ${id}`);
  };
  return {
    async active(id, at) {
      known(id);
      return versionAt(story, at);
    },
    async pinned(hash) {
      const found = story.versions.find(({ pack }) => pack.hash === hash);
      if (found === undefined) throw new NotFound(`no version of a pack has the hash ${hash}`);
      return found.pack;
    },
    async approved(id, version, at) {
      known(id);
      const found = story.versions.find(({ pack, from }) => pack.version === version && from <= at);
      if (found === undefined) throw new NotFound(`no version ${version} of the pack ${id} is in force`);
      return found.pack;
    },
    async calendar(id, version = versionAt(story, clock()).calendar.version) {
      const found = story.versions.find(({ calendar, from }) => calendar.id === id && calendar.version === version && from <= clock());
      if (found === undefined) throw new NotFound(`there is no calendar ${id} of version ${version}`);
      return found.calendar;
    },
    latest: async (id, at) => (id === story.pack.id ? versionAt(story, at).pack : undefined),
  };
}

/** The rules that a case goes by, as its record names them. */
export function rulesOf({ versions, pack }: Story, state: CaseState): { pack: Pack; calendar: CalendarDays } {
  const calendars = versions.map((version) => version.calendar);
  return {
    pack: versions.find((version) => version.pack.hash === state.pack.hash)?.pack ?? pack,
    calendar: (calendars.find(({ version }) => version === state.calendar.version) ?? calendars[0]) as CalendarDays,
  };
}
