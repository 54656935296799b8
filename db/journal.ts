/** The record beside the cases, a chain a day: what was refused, who has read personal data, what administrators changed of people, and secrecy labels. */
import { sql } from 'kysely';
import { canonicalJson } from '../domain/canonical.ts';
import { dateOf, dayOf, type Instant } from '../domain/time.ts';
import type { Db, Trx } from './database.ts';
import { sha256 } from './hash.ts';

export type JournalKind = 'refusal' | 'read' | 'people' | 'label';

export interface JournalEntry {
  readonly kind: JournalKind;
  readonly at: Instant;
  readonly person: string;
  /** Ids, codes and hashes: never wording, names or numbers of telephones. */
  readonly what: Readonly<Record<string, string | number>>;
}

/** Who does something, and what the entry says of it beside the thing itself: who had asked for it, why one person was enough. */
export type Noted = Pick<JournalEntry, 'person' | 'what'>;

/** Appends to the chain of its Beijing day; returns its seq there. Entries of a chain are told apart by nothing but their place. */
export async function note(db: Db | Trx, { kind, at, person, what }: JournalEntry): Promise<number> {
  const chain = `${kind}:${dateOf(dayOf(at))}`;
  const body = canonicalJson({ at, person, ...what });
  const { rows } = await sql<{
    seq: number;
  }>`select append_journal(${chain}, ${new Date(at)}, ${person}, ${body}) as seq`.execute(db);
  return rows[0]!.seq;
}

/** What the function of the migration makes of an entry: SHA-256 over the hash before, the chain and the body, hex. */
export function journalHash(previous: string, chain: string, body: string): string {
  return sha256(`${previous}\n${chain}\n${body}`);
}
