/** What customers say by their link that is no step of their case: kept for ever beside it, and told to a role in the same transaction. */
import { sql } from 'kysely';
import { canonicalJson } from '../domain/canonical.ts';
import type { Instant } from '../domain/time.ts';
import { overseersOf } from './append.ts';
import type { Db, Trx } from './database.ts';
import { opener, sealer, subjects } from './personal.ts';
import type { CustomerWordTable } from './schema/customer.ts';

export type WordKind = CustomerWordTable['kind'];

export interface NewWord {
  readonly key: string;
  readonly caseNumber: string;
  readonly link: string;
  readonly kind: WordKind;
  readonly round: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly at: Instant;
}

export interface WordRow {
  readonly id: string;
  readonly kind: WordKind;
  readonly round: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly at: Date;
}

/** The key was used for something else. */
export class WordKeyReused extends Error {}

/**
 * Keeps a word once, with a notice to each role: its seq is below zero, because no event of the record gives rise to it. Says where it
 * is kept, never what. @throws WordKeyReused
 */
export function addWord(db: Db, word: NewWord, told: { readonly pack: string; readonly roles: readonly string[] }): Promise<void> {
  const { key, caseNumber, link, kind, round, body, at } = word;
  return db.transaction().execute(async (trx) => {
    const seal = await sealer(trx, subjects.case(caseNumber));
    const row = await trx
      .insertInto('customer_word')
      .values({ key, case_number: caseNumber, link, kind, round, body: JSON.stringify(seal.value(body)), at: new Date(at) })
      .onConflict((c) => c.column('key').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (row === undefined) {
      const known = await trx.selectFrom('customer_word').selectAll().where('key', '=', key).executeTakeFirstOrThrow();
      const said = await opened(trx, caseNumber, [known]);
      const same = known.link === link && known.kind === kind && canonicalJson(said[0]?.body) === canonicalJson(body);
      if (!same) throw new WordKeyReused(key);
      return;
    }
    const what = JSON.stringify({ what: `customer-${kind}`, word: Number(row.id) });
    for (const role of told.roles) {
      await sql`insert into outbox (case_number, seq, recipient, kind, body, status, created_at, persons)
        values (${caseNumber}, ${-Number(row.id)}, ${role}, 'customer', ${what}::jsonb, 'pending', ${new Date(at)},
          persons_told_at(${told.pack}, ${role}, ${new Date(at)},
            (select places from case_file where number = ${caseNumber}), ${overseersOf(caseNumber, [])}))`.execute(trx);
    }
  });
}

/** Oldest first, after an id; one more than `limit`, if there is one. */
export async function wordsOfCase(
  db: Db,
  caseNumber: string,
  { after = '0', limit }: { after?: string | undefined; limit: number },
): Promise<WordRow[]> {
  const rows = await db
    .selectFrom('customer_word')
    .select(['id', 'kind', 'round', 'body', 'at'])
    .where('case_number', '=', caseNumber)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  return opened(db, caseNumber, rows);
}

/** What was said; of an erased case nothing. */
async function opened<T extends { readonly body: unknown }>(
  db: Db | Trx,
  caseNumber: string,
  rows: readonly T[],
): Promise<(Omit<T, 'body'> & { body: Record<string, unknown> })[]> {
  const subject = subjects.case(caseNumber);
  const open = await opener(db, [subject]);
  return rows.map((row) => {
    const body = typeof row.body === 'string' ? (open.value(subject, row.body) ?? {}) : row.body;
    return { ...row, body: body as Record<string, unknown> };
  });
}

/** Whether so many were said by the link since an instant. */
export async function saidAtLeast(db: Db, link: string, since: Instant, most: number): Promise<boolean> {
  const rows = await db
    .selectFrom('customer_word')
    .select('id')
    .where('link', '=', link)
    .where('at', '>', new Date(since))
    .limit(most)
    .execute();
  return rows.length >= most;
}
