/**
 * What a signature shows besides the record (21 CFR 11.50): the name that was printed when it was given, and how its sender had
 * signed in. A person may be called otherwise later; what they signed keeps the name it was signed under.
 */
import { sql, type RawBuilder } from 'kysely';
import type { Instant } from '../domain/time.ts';

/** How whoever sends a message has signed in; `freshAt`: when they last proved to be there, which a token never does. */
export interface SignedIn {
  readonly how: 'password' | 'link' | 'oidc' | 'token';
  readonly freshAt?: Instant;
  /** Id of the request, as in the log. */
  readonly request?: string;
}

/** Of a `receive` that writes its inbox row as `i`: noted once, by whoever was first. */
export function noteSigning({ how, freshAt, request }: SignedIn): RawBuilder<{ key: string }> {
  return sql`(insert into signing (key, how, fresh_at, request)
    select key, ${how}::text, ${freshAt === undefined ? null : new Date(freshAt)}::timestamptz, ${request ?? null}::text from i returning key)`;
}

/**
 * The name a person bore when a message was received, as SQL: by the store's own clock where it noted the sender, else by the
 * instant the record has. Before their first name that is kept it is that one.
 * @param person expression that gives the id
 */
export function nameAsSigned(person: RawBuilder<unknown>, key: string, recordedAt: string): RawBuilder<string | null> {
  return sql<string | null>`coalesce(
    (select n.name from person_name n where n.person = ${person}
      and n.since <= coalesce((select stored_at from signing where key = ${sql.ref(key)}), ${sql.ref(recordedAt)}) order by n.since desc, n.ordinal desc limit 1),
    (select n.name from person_name n where n.person = ${person} order by n.ordinal limit 1))`;
}
