/**
 * How often a wrong password was given for a person, at each door by itself, so that whoever guesses shuts their own door and not the
 * owner's. A try is taken before the password is looked at: of many at once no more are looked at than of as many one after another.
 */
import { sql } from 'kysely';
import type { Instant } from '../domain/time.ts';
import type { Db, Trx } from './database.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Tries in a row before a door shuts; for how long then, twice as long with each further one, and how long at most; how many in all. */
interface Bound {
  readonly free: number;
  readonly firstMs: number;
  readonly mostMs: number;
  readonly inAll: number;
}

const ONE_DOOR: Bound = { free: 5, firstMs: 15 * MINUTE_MS, mostMs: DAY_MS, inAll: 100 };
/** A hundred in a row is as far as NIST SP 800-63B-4, 3.2.2 goes. */
const ALL_STRANGE: Bound = { free: 20, firstMs: MINUTE_MS, mostMs: 60 * MINUTE_MS, inAll: 100 };
/** A door that was known is strange after as many wrong passwords in a row, or after as long without a right one. */
const KNOWN_TRIES = 20;
export const KNOWN_MS = 180 * DAY_MS;
/** What a strange door has counted is forgotten after as long without a try: by then every door is open again. */
const FORGOTTEN_MS = 2 * DAY_MS;

/** Stands for all strange doors together. */
const STRANGE = 'strange';

export interface Standing {
  readonly person: string;
  /** A session of the person's: nobody else stands there. */
  readonly session?: string | undefined;
  /** Where they may have signed in before, the narrowest first. */
  readonly maybeKnown: readonly string[];
  /** Where they stand in any case. */
  readonly address: string;
}

export interface Try {
  readonly door: string;
  readonly passwordHash: string;
}

class Shut extends Error {}

/** `nobody`: there is no account to sign in to. */
export async function takeTry(db: Db, standing: Standing, at: Instant): Promise<Try | 'shut' | 'nobody'> {
  const { person, session, address } = standing;
  const account = await db
    .selectFrom('account')
    .select('password_hash')
    .where('person', '=', person)
    .where((e) => e.or([e('locked_until', 'is', null), e('locked_until', '<=', new Date(at))]))
    .executeTakeFirst();
  if (account === undefined) return 'nobody';
  const known = session ?? (await knownAmong(db, standing, at));
  const door = known ?? address;
  try {
    // Both or neither: a door that is shut takes nothing from what is left for all strange ones, nor they from it.
    await db.transaction().execute(async (trx) => {
      if (!(await count(trx, person, door, ONE_DOOR, at))) throw new Shut();
      if (known === undefined && !(await count(trx, person, STRANGE, ALL_STRANGE, at))) throw new Shut();
    });
  } catch (error) {
    if (error instanceof Shut) return 'shut';
    throw error;
  }
  return { door, passwordHash: account.password_hash };
}

async function knownAmong(db: Db, { person, maybeKnown }: Standing, at: Instant): Promise<string | undefined> {
  const rows = await db
    .selectFrom('sign_in_door')
    .select('door')
    .where('person', '=', person)
    .where('door', 'in', maybeKnown)
    .where('known_at', '>', new Date(at - KNOWN_MS))
    .where('failures', '<', KNOWN_TRIES)
    .execute();
  return maybeKnown.find((door) => rows.some((row) => row.door === door));
}

/** One statement, which counts and says whether the door was open. */
async function count(trx: Trx, person: string, door: string, { free, firstMs, mostMs, inAll }: Bound, at: Instant): Promise<boolean> {
  const now = sql`${new Date(at)}::timestamptz`;
  const { rows } = await sql`
    insert into sign_in_door as d (person, door, failures, shut_until, tried_at) values (${person}, ${door}, 1, ${now}, ${now})
    on conflict (person, door) do update set failures = d.failures + 1, tried_at = excluded.tried_at,
      shut_until = case when d.failures + 1 < ${free}::integer then d.shut_until
        else ${now} + least(${firstMs}::float8 * 2 ^ least(d.failures + 1 - ${free}::integer, 20), ${mostMs}::float8) * interval '1 millisecond' end
    where d.shut_until <= ${now} and d.failures < ${inAll}::integer
    returning 1`.execute(trx);
  return rows.length > 0;
}

/** The password was right: the door counts from nought again, and so do all strange ones together. */
export async function forgetTries(db: Db, person: string, door: string, at: Instant): Promise<void> {
  await db
    .updateTable('sign_in_door')
    .set({ failures: 0, shut_until: new Date(at) })
    .where('person', '=', person)
    .where('door', 'in', [door, STRANGE])
    .execute();
}

/** The person has shown at these doors who they are. Of somebody without a password there is nothing to count. */
export async function knowDoors(db: Db | Trx, person: string, doors: readonly string[], at: Instant): Promise<void> {
  const now = new Date(at);
  await sql`
    insert into sign_in_door (person, door, failures, shut_until, known_at, tried_at)
      select person, door, 0, ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz
      from account, unnest(${[...doors]}::text[]) as door where person = ${person}
    on conflict (person, door) do update set failures = 0, shut_until = excluded.shut_until,
      known_at = excluded.known_at, tried_at = excluded.tried_at`.execute(db);
  await db
    .deleteFrom('sign_in_door')
    .where('person', '=', person)
    .where('door', '<>', STRANGE)
    .where((e) =>
      e.or([
        e('tried_at', '<', new Date(at - KNOWN_MS)),
        e.and([e('known_at', 'is', null), e('tried_at', '<', new Date(at - FORGOTTEN_MS))]),
      ]),
    )
    .execute();
}

/** With a new password all begins anew: nobody is known any more, and nothing was wrong. */
export async function forgetDoors(db: Db | Trx, person: string): Promise<void> {
  await db.deleteFrom('sign_in_door').where('person', '=', person).execute();
}
