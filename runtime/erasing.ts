/** Erasing as it is asked for: what belongs to somebody is looked up, what must still be kept stands in the way, and what is done is logged outside the database. */
import { erase } from '../db/erasure.ts';
import { inTransaction, type Db, type Trx } from '../db/database.ts';
import { note, type Noted } from '../db/journal.ts';
import { subjects } from '../db/personal.ts';
import { belongingsOf, closedCases, unchangedSince } from '../db/read/erasures.ts';
import { keptUntil, type ErasureOf } from '../domain/erasure.ts';
import type { RegisterDef } from '../domain/register/definition.ts';
import { isOfSomebody, isSealed } from '../domain/register/sealed.ts';
import { dateOf, dayOf, type Instant } from '../domain/time.ts';
import type { RuleBook } from '../desk/index.ts';
import { logErasures, loggedErasures } from './erasure-log.ts';

type Rules = Pick<RuleBook, 'pinned'>;
type Registers = ReadonlyMap<string, RegisterDef>;

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
  rules: Rules,
  registers: Registers,
  of: ErasureOf,
  now: Instant,
): Promise<ErasurePlan | undefined> {
  const fields = of.what === 'entry' ? (registers.get(of.register)?.fields ?? []) : undefined;
  // There is nothing to erase of what holds nothing sealed.
  if (fields?.some(isSealed) === false) return undefined;
  // What names a round of a survey is of those who were asked, not of the round.
  const found = await belongingsOf(db, of, fields !== undefined && !isOfSomebody(fields));
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

/** Of a plan, what stands in the way of it: an open case always, a kept one unless there is a legal ground. */
export function standing({ holds }: ErasurePlan, despite: string | undefined): readonly Hold[] {
  return holds.filter(({ why }) => why === 'open' || despite === undefined);
}

export interface Overdue {
  readonly subjects: readonly string[];
  /** The day until which it was kept. */
  readonly until: string;
}

/**
 * What has been kept long enough: closed cases whose pack names years, with what belongs to them alone; entries of registers that name
 * years, by themselves, unless a case of theirs stands in the way. Changes nothing.
 */
export async function* overdue(db: Db, rules: Rules, registers: Registers, now: Instant): AsyncGenerator<Overdue> {
  const today = dateOf(dayOf(now));
  for await (const { number, pack_hash: hash, closed_at: closedAt } of pages(
    (after) => closedCases(db, after, AT_ONCE),
    (one) => one.number,
  )) {
    const until = closedAt === null ? undefined : keptUntil((await rules.pinned(hash)).duties?.retention, closedAt.getTime());
    if (until === undefined || until > today) continue;
    const plan = await planErasure(db, rules, registers, { what: 'case', number }, now);
    if (plan !== undefined && standing(plan, undefined).length === 0) yield { subjects: plan.subjects, until };
  }
  for (const { id: register, keep } of registers.values()) {
    if (keep === undefined) continue;
    for await (const { id, changed_at: changedAt } of pages(
      (after) => unchangedSince(db, register, new Date(now), after, AT_ONCE),
      (one) => one.id,
    )) {
      const until = keptUntil(keep, changedAt.getTime());
      if (until === undefined || until > today) continue;
      const plan = await planErasure(db, rules, registers, { what: 'entry', register, id }, now);
      // Cases that name it have years of their own.
      if (plan !== undefined && standing(plan, undefined).length === 0) yield { subjects: [subjects.entry(register, id)], until };
    }
  }
}

/** Row by row, page by page, until one is not full. */
async function* pages<T>(read: (after: string) => Promise<readonly T[]>, nameOf: (row: T) => string): AsyncGenerator<T> {
  for (let after = ''; ;) {
    const page = await read(after);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < AT_ONCE) return;
    after = nameOf(last);
  }
}

const AT_ONCE = 500;

export interface Asked {
  readonly person: string;
  readonly reason: string;
  /** The legal ground on which something is erased that is still kept; it is kept with the reason. */
  readonly despite?: string | undefined;
  readonly key: string;
  readonly at: Instant;
  /** For the journal. */
  readonly noted: Noted;
}

/**
 * Stands in the journal, by whichever door it was asked for.
 * @param logFile has its lines before the database: after a crash between, `eraseAgain` does what was asked for
 * @returns subjects erased by this
 */
export async function eraseAll(db: Db | Trx, logFile: string, about: readonly string[], asking: Asked): Promise<string[]> {
  const { despite, noted, ...asked } = asking;
  const { at, key } = asked;
  const said = { ...asked, reason: despite === undefined ? asked.reason : `${asked.reason} (${despite})` };
  await logErasures(logFile, about.map((subject) => ({ subject, ...said }))); // prettier-ignore
  // With its line in the journal: all of it or nothing.
  return inTransaction(db, async (trx) => {
    const erased = await erase(trx, { ...said, subjects: about });
    const what = { change: 'erased', subjects: erased.length, key, ...noted.what };
    if (erased.length > 0) await note(trx, { kind: 'people', at, person: noted.person, what });
    return erased;
  });
}

/** After the database was put back: every erasure of the log that it does not know. @returns how many */
export async function eraseAgain(db: Db, logFile: string): Promise<number> {
  let done = 0;
  for (const { subject, ...asked } of await loggedErasures(logFile)) done += (await erase(db, { ...asked, subjects: [subject] })).length;
  return done;
}
