/** The rules and the calendar that recorded cases ran under: each pair is fetched once, however many cases share it. */
import { openedWith } from '../db/read/inbox.ts';
import { packByHash } from '../db/read/packs.ts';
import type { Db } from '../db/database.ts';
import type { AnyEvent } from '../domain/case/event.ts';
import type { Rulebook } from '../domain/what-if/rejudge.ts';
import { listCalendars, listPacks, loadCalendar, loadPack } from '../packs/load.ts';

type Opened = Extract<AnyEvent, { kind: 'opened' }>;

export class RuleShelf {
  private readonly known = new Map<string, Rulebook>();
  private readonly missing = new Set<string>();
  private readonly db: Db;

  constructor(db: Db) {
    this.db = db;
  }

  /** Every pair found so far. */
  get books(): Rulebook[] {
    return [...this.known.values()];
  }

  /** Undefined when neither the case's opening, nor the store's versions, nor the shipped packs have what it names. */
  async of(opened: Opened): Promise<Rulebook | undefined> {
    const { pack, calendar } = opened.data;
    const name = `${pack.hash} ${calendar.id}@${calendar.version}`;
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const found = (await this.received(opened)) ?? (await this.elsewhere(name, opened));
    if (found !== undefined) this.known.set(name, found);
    return found;
  }

  /** Looked for once, found or not: only an opening may still have what is in none of these places. */
  private async elsewhere(name: string, opened: Opened): Promise<Rulebook | undefined> {
    if (this.missing.has(name)) return undefined;
    const found = (await this.stored(opened)) ?? shipped(opened);
    if (found === undefined) this.missing.add(name);
    return found;
  }

  private async received({ key, data }: Opened): Promise<Rulebook | undefined> {
    const book = key === undefined ? undefined : await openedWith(this.db, key);
    return book !== undefined && isNamed(book, data) ? book : undefined;
  }

  private async stored({ data }: Opened): Promise<Rulebook | undefined> {
    if (!listCalendars().includes(data.calendar.id)) return undefined;
    const pack = await packByHash(this.db, data.pack.hash);
    const book = pack === undefined ? undefined : { rules: pack.rules, calendar: loadCalendar(data.calendar.id) };
    return book !== undefined && isNamed(book, data) ? book : undefined;
  }
}

function shipped({ data }: Opened): Rulebook | undefined {
  if (!listPacks().includes(data.pack.id) || !listCalendars().includes(data.calendar.id)) return undefined;
  const book = { rules: loadPack(data.pack.id).rules, calendar: loadCalendar(data.calendar.id) };
  return isNamed(book, data) ? book : undefined;
}

function isNamed({ rules, calendar }: Rulebook, data: Opened['data']): boolean {
  return rules.hash === data.pack.hash && calendar.id === data.calendar.id && calendar.version === data.calendar.version;
}
