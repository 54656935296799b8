/** Erasing as it is asked for: what belongs to somebody is looked up, what must still be kept stands in the way, and what is done is logged outside the database. */
import { erase } from '../db/erasure.ts';
import type { Db } from '../db/database.ts';
import { belongingsOf, closedCases, unchangedSince } from '../db/read/erasures.ts';
import { keptUntil, type ErasureOf } from '../domain/erasure.ts';
import type { RegisterDef } from '../domain/register/definition.ts';
import { dateOf, dayOf, type Instant } from '../domain/time.ts';
import type { RuleBook } from '../desk/index.ts';
import { logErasures, loggedErasures } from './erasure-log.ts';

export interface Hold {
  readonly number: string;
  /** `open`: the case is at work; `kept`: its procedure keeps it until a day. */
  readonly why: 'open' | 'kept';
  readonly until?: string;
}

export interface ErasurePlan {
  readonly subjects: readonly string[];
  readonly cases: readonly string[];
  readonly holds: readonly Hold[];
}

/** What would be erased; undefined when there is nobody of that name. Changes nothing. */
export async function planErasure(
  db: Db,
  rules: Pick<RuleBook, 'pinned'>,
  registers: ReadonlyMap<string, RegisterDef>,
  of: ErasureOf,
  now: Instant,
): Promise<ErasurePlan | undefined> {
  // What no person is told of in is nobody's: a product would take everybody's cases with it.
  if (of.what === 'entry' && !tellsOfPeople(registers.get(of.register))) return undefined;
  const found = await belongingsOf(db, of);
  if (found === undefined) return undefined;
  const holds: Hold[] = [];
  for (const { number, pack_hash: hash, closed_at: closedAt } of found.cases) {
    if (closedAt === null) {
      holds.push({ number, why: 'open' });
      continue;
    }
    const until = keptUntil((await rules.pinned(hash)).duties?.retention, closedAt.getTime());
    if (until !== undefined && until > dateOf(dayOf(now))) holds.push({ number, why: 'kept', until });
  }
  return { subjects: found.subjects, cases: found.cases.map(({ number }) => number), holds };
}

/**
 * What has been kept long enough: closed cases whose pack names years, entries of registers that do. Each as it would be asked for.
 * Changes nothing.
 */
export async function* overdue(
  db: Db,
  rules: Pick<RuleBook, 'pinned'>,
  registers: Iterable<RegisterDef>,
  now: Instant,
): AsyncGenerator<{ readonly of: ErasureOf; readonly until: string }> {
  const today = dateOf(dayOf(now));
  for (let after = ''; ;) {
    const page = await closedCases(db, after, AT_ONCE);
    for (const { number, pack_hash: hash, closed_at: closedAt } of page) {
      const until = closedAt === null ? undefined : keptUntil((await rules.pinned(hash)).duties?.retention, closedAt.getTime());
      if (until !== undefined && until <= today) yield { of: { what: 'case', number }, until };
    }
    const last = page.at(-1);
    if (last === undefined || page.length < AT_ONCE) break;
    after = last.number;
  }
  for (const { id: register, keep } of registers) {
    if (keep === undefined) continue;
    for (let after = ''; ;) {
      const page = await unchangedSince(db, register, new Date(now), after, AT_ONCE);
      for (const { id, changed_at: changedAt } of page) {
        const until = keptUntil(keep, changedAt.getTime());
        if (until !== undefined && until <= today) yield { of: { what: 'entry', register, id }, until };
      }
      const last = page.at(-1);
      if (last === undefined || page.length < AT_ONCE) break;
      after = last.id;
    }
  }
}

const AT_ONCE = 500;

function tellsOfPeople(def: RegisterDef | undefined): boolean {
  return def !== undefined && def.fields.some(({ personal, fields }) => personal === true || fields?.some((one) => one.personal === true));
}

export interface Asked {
  readonly person: string;
  readonly reason: string;
  readonly key: string;
  readonly at: Instant;
}

/** @param logFile has its lines before the database: after a crash between, `eraseAgain` does what was asked for. @returns subjects erased by this */
export async function eraseAll(db: Db, logFile: string, subjects: readonly string[], asked: Asked): Promise<string[]> {
  await logErasures(logFile, subjects.map((subject) => ({ subject, ...asked }))); // prettier-ignore
  return erase(db, { ...asked, subjects });
}

/** After the database was put back: every erasure of the log that it does not know. @returns how many */
export async function eraseAgain(db: Db, logFile: string): Promise<number> {
  let done = 0;
  for (const { subject, ...asked } of await loggedErasures(logFile)) done += (await erase(db, { ...asked, subjects: [subject] })).length;
  return done;
}
