/** What a case's decisions rest on beside their events: how they were sent, by whom signed in how, and the texts that were decided on. */
import { sql } from 'kysely';
import { veiled, type Veil } from '../../domain/case/veil.ts';
import { decisionsIn, type DecisionMade } from '../../domain/case/decisions.ts';
import { opener } from '../personal.ts';
import type { Db } from '../database.ts';
import { chainHash, sha256 } from '../hash.ts';
import { hashOfPack } from '../packs.ts';
import type { EventRow } from './events.ts';

/** A text as it is stored; `matches`: its hash, reckoned again just now, is the one that was decided on. */
export interface ExactText {
  readonly form: Readonly<Record<string, unknown>>;
  readonly matches: boolean;
}

export interface SignedDecision extends DecisionMade {
  /** Names as they were printed when it was made; null = of nobody who is known. */
  readonly name: string | null;
  readonly forName: string | null;
  readonly forged: string | null;
  /** How it reached the case; null = nothing in the inbox says so. */
  readonly sent: 'update' | 'signal' | null;
  readonly signedIn: { readonly how: string; readonly freshAt: number | null } | null;
  readonly hash: string;
  /** The event's hash, reckoned again from the one before and its content, is the recorded one. */
  readonly chained: boolean;
}

/** In the order of the record; what has lapsed is among them. @param rows the case's events, or all up to some event @param veil what is withheld */
export async function signedDecisionsIn(db: Db, number: string, rows: readonly EventRow[], veil?: Veil): Promise<SignedDecision[]> {
  const made = decisionsIn(rows.map(({ event }) => veiled(event, veil)));
  if (made.length === 0) return [];
  const beside = await besides(
    db,
    number,
    made.map(({ event }) => event.seq),
  );
  return made.flatMap((one) => {
    const row = rows.find(({ event }) => event.seq === one.event.seq);
    const more = beside.get(one.event.seq);
    if (row === undefined || more === undefined) return [];
    const { prev_hash: previous, sent, how, fresh_at: freshAt } = more;
    const { name, forName, forged, hash } = row;
    const signedIn = how === null ? null : { how, freshAt: freshAt?.getTime() ?? null };
    return [{ ...one, name, forName, forged, sent, signedIn, hash, chained: chainHash(previous, number, row.event) === hash }];
  });
}

interface Beside {
  readonly seq: number;
  readonly prev_hash: string;
  readonly sent: 'update' | 'signal' | null;
  readonly how: string | null;
  readonly fresh_at: Date | null;
}

async function besides(db: Db, number: string, seqs: readonly number[]): Promise<ReadonlyMap<number, Beside>> {
  const { rows } = await sql<Beside>`
    select e.seq, e.prev_hash, i.mode as sent, s.how, s.fresh_at from event e left join inbox i on i.key = e.key left join signing s on s.key = e.key
    where e.case_number = ${number} and e.seq = any(${[...seqs]}::int[])`.execute(db);
  return new Map(rows.map((row) => [row.seq, row]));
}

/**
 * Texts by the hash they were decided on under, each compared with what is stored. A pack is decided on by the hash of its content,
 * which the stored text bears; everything else by the hash of its document. Absent: nothing of that hash is stored.
 */
export async function exactTexts(db: Db, hashes: readonly string[]): Promise<ReadonlyMap<string, ExactText>> {
  const asked = [...new Set(hashes)];
  if (asked.length === 0) return new Map();
  const documents = await db.selectFrom('document').select(['hash', 'body', 'subject']).where('hash', 'in', asked).execute();
  const open = await opener(db, documents.map(({ subject }) => subject)); // prettier-ignore
  const packs = await db.selectFrom('pack_version').select(['hash', 'content']).where('hash', 'in', asked).execute();
  return new Map([
    ...packs.map(({ hash, content }): [string, ExactText] => [hash, { form: { ...content }, matches: hashOfPack(content) === hash }]),
    // Of an erased subject there is no text any more.
    ...documents.flatMap(({ hash, body, subject }): [string, ExactText][] => {
      if (open.erased(subject)) return [];
      const text = open.text(subject, body);
      if (text === undefined) return [[hash, { form: {}, matches: false }]];
      const { form } = JSON.parse(text) as { form: Record<string, unknown> };
      return [[hash, { form, matches: sha256(text) === hash }]];
    }),
  ]);
}
