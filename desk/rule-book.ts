/** Which rules hold: the version of a pack in force at an instant, and the version a case is pinned to. */
import type { Db } from '../db/database.ts';
import { calendarByVersion, newestVersion } from '../db/read/calendars.ts';
import { activeHash, approvedHash, latestHash, packByHash } from '../db/read/packs.ts';
import type { CalendarDays } from '../domain/calendar.ts';
import type { Pack } from '../domain/pack.ts';
import { formatInstant, type Instant } from '../domain/time.ts';
import { NotActive, NotFound } from './types.ts';

export interface Rules {
  readonly pack: Pack;
  readonly calendar: CalendarDays;
}

export interface RuleBook {
  /** The version in force at an instant: what a case received then is opened under. @throws NotFound, NotActive */
  active(packId: string, at: Instant): Promise<Rules>;
  /** The version of a hash, whatever has become of it. @throws NotFound */
  pinned(packHash: string): Promise<Pack>;
  /** An approved version by its name, if it has begun and was not withdrawn. @throws NotFound */
  approved(packId: string, version: string, at: Instant): Promise<Pack>;
  /** A calendar by its version; without one the newest. @throws NotFound */
  calendar(id: string, version?: string): Promise<CalendarDays>;
  /** For names of roles and steps outside a case: the version in force, else the newest; undefined = no such pack. */
  latest(packId: string, at: Instant): Promise<Pack | undefined>;
}

export interface StoredRules {
  readonly db: Db;
  /** Puts packs and calendars of this release into the store; done at the first look, again when it fails. */
  readonly stock: () => Promise<void>;
}

/** Versions read, kept for the life of the process: their content never changes. */
const KEPT = 1_000;

/** The rules as the store holds them. Which version is in force is asked every time: a withdrawal takes hold at once. */
export function storedRules({ db, stock }: StoredRules): RuleBook {
  const read = new Map<string, Pack>();
  const calendars = new Map<string, CalendarDays>();
  let stocked: Promise<void> | undefined;

  function stockOnce(): Promise<void> {
    stocked ??= stock().catch((error: unknown) => {
      stocked = undefined;
      throw error;
    });
    return stocked;
  }

  async function find(hash: string): Promise<Pack | undefined> {
    const known = read.get(hash);
    if (known !== undefined) return known;
    await stockOnce();
    const pack = await packByHash(db, hash);
    if (pack === undefined) return undefined;
    if (read.size >= KEPT) read.clear();
    read.set(hash, pack);
    return pack;
  }

  async function pinned(hash: string): Promise<Pack> {
    const pack = await find(hash);
    if (pack === undefined) throw new NotFound(`no version of a pack has the hash ${hash}`);
    return pack;
  }

  async function calendar(id: string, version?: string): Promise<CalendarDays> {
    await stockOnce();
    const named = version ?? (await newestVersion(db, id));
    const known = calendars.get(`${id}@${named}`);
    if (known !== undefined) return known;
    const found = named === undefined ? undefined : await calendarByVersion(db, id, named);
    if (found === undefined) throw new NotFound(`there is no calendar ${id}${version === undefined ? '' : ` of version ${version}`}`);
    calendars.set(`${id}@${named}`, found);
    return found;
  }

  return {
    pinned,
    calendar,
    async approved(id, version, at) {
      await stockOnce();
      const hash = await approvedHash(db, id, version, at);
      if (hash === undefined) throw new NotFound(`no version ${version} of the pack ${id} is in force`);
      return pinned(hash);
    },
    async active(id, at) {
      await stockOnce();
      const hash = await activeHash(db, id, at);
      if (hash === undefined) {
        if ((await latestHash(db, id)) === undefined) throw new NotFound(`there is no pack ${id}`);
        throw new NotActive(id, formatInstant(at));
      }
      const pack = await pinned(hash);
      return { pack, calendar: await calendar(pack.calendarId) };
    },
    async latest(id, at) {
      await stockOnce();
      const hash = (await activeHash(db, id, at)) ?? (await latestHash(db, id));
      return hash === undefined ? undefined : find(hash);
    },
  };
}

/** Rules that nobody changes: one version of one pack since ever. For stories and measurements. */
export function fixedRules(rules: Rules): RuleBook {
  const { pack, calendar } = rules;
  return {
    async approved(id, version) {
      if (id !== pack.id || version !== pack.version) throw new NotFound(`no version ${version} of the pack ${id} is in force`);
      return pack;
    },
    async calendar(id, version = calendar.version) {
      if (id !== calendar.id || version !== calendar.version) throw new NotFound(`there is no calendar ${id} of version ${version}`);
      return calendar;
    },
    async active(id) {
      if (id !== pack.id) throw new NotFound(`there is no pack ${id}`);
      return rules;
    },
    async pinned(hash) {
      if (hash !== pack.hash) throw new NotFound(`no version of a pack has the hash ${hash}`);
      return pack;
    },
    latest: async (id) => (id === pack.id ? pack : undefined),
  };
}
