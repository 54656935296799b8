/** The inbox: everything said, by idempotency key, before anything is decided. */
import { sql } from 'kysely';
import type { Verdict } from '../domain/case/event.ts';
import type { Db, Trx } from './database.ts';
import { holdAuthorities, type RestsOn } from './authority-held.ts';
import { noteSigning, type SignedIn } from './signing.ts';
import { sealer, subjects } from './personal.ts';

export interface Received {
  readonly key: string;
  readonly number: string;
  readonly step: string;
  readonly mode: 'update' | 'signal';
  readonly command: unknown;
  readonly fingerprint: string;
  readonly outcome: Verdict | undefined;
}

export interface NewRow {
  readonly key: string;
  readonly number: string;
  readonly step: string;
  readonly mode: 'update' | 'signal';
  readonly command: unknown;
  readonly fingerprint: string;
  readonly person: string;
  readonly receivedAt: number;
  /** How the sender had signed in; absent: nobody signed in for it (an import, a customer by their link). */
  readonly signedIn?: SignedIn | undefined;
  /** What must not have ended when it is received. */
  readonly restsOn?: RestsOn;
}

export interface StoredDocument {
  readonly hash: string;
  readonly body: string;
}

/**
 * Inserts the row and its documents in one transaction, unless the key is known: then the row that is there.
 * `fresh` tells which. One statement, so that a duplicate costs one round trip more than its key. @throws SubjectErased, AuthorityOver
 */
export async function receive(db: Db, row: NewRow, documents: readonly StoredDocument[]): Promise<Received & { readonly fresh: boolean }> {
  const subject = subjects.case(row.number);
  const seal = documents.length === 0 ? undefined : await sealer(db, subject);
  const { restsOn } = row;
  const insert = (to: Db | Trx) => insertRow(to, row, documents, { subject, seal });
  if (restsOn === undefined || Object.values(restsOn).every((ids) => ids.length === 0)) return insert(db);
  return db.transaction().execute(async (trx) => {
    const known = await find(trx, row.key);
    if (known !== undefined) return { ...known, fresh: false };
    await holdAuthorities(trx, restsOn);
    return insert(trx);
  });
}

async function insertRow(
  db: Db | Trx,
  row: NewRow,
  documents: readonly StoredDocument[],
  { subject, seal }: { readonly subject: string; readonly seal: Awaited<ReturnType<typeof sealer>> | undefined },
): Promise<Received & { readonly fresh: boolean }> {
  const values = {
    key: row.key,
    case_number: row.number,
    step: row.step,
    mode: row.mode,
    command: JSON.stringify(row.command),
    fingerprint: row.fingerprint,
    person: row.person,
    received_at: new Date(row.receivedAt),
  };
  const { signedIn } = row;
  const inserted = db.with('i', (q) =>
    q
      .insertInto('inbox')
      .values(values)
      .onConflict((c) => c.column('key').doNothing())
      .returning('key'),
  );
  const insert = signedIn === undefined ? inserted : inserted.with('s', () => noteSigning(signedIn));
  const written =
    documents.length === 0
      ? await insert.selectFrom('i').select('key').executeTakeFirst()
      : await insert
          .with('d', (q) =>
            q
              .insertInto('document')
              .values(documents.map(({ hash, body }) => ({ hash, body: seal?.text(body) ?? body, subject })))
              .onConflict((c) => c.doNothing())
              .returning('hash'),
          )
          .selectFrom('i')
          .select('key')
          .executeTakeFirst();
  if (written !== undefined) return { ...row, outcome: undefined, fresh: true };
  const known = await find(db, row.key);
  if (known === undefined) throw new Error(`inbox row ${row.key} neither written nor found`);
  return { ...known, fresh: false };
}

export async function find(db: Db | Trx, key: string): Promise<Received | undefined> {
  const row = await db.selectFrom('inbox').select(columns).where('key', '=', key).executeTakeFirst();
  return row === undefined ? undefined : fromRow(row);
}

/** Takes up to `limit` rows without outcome that are due for another attempt, and puts the next attempt off. */
export async function takeUnsettled(db: Db, limit: number): Promise<Received[]> {
  const rows = await db
    .with('due', (q) =>
      q
        .selectFrom('inbox')
        .select('key')
        .where('outcome', 'is', null)
        .where('next_attempt_at', '<=', sql<Date>`now()`)
        .orderBy('next_attempt_at')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('inbox')
    .from('due')
    .set({
      attempts: sql`inbox.attempts + 1`,
      next_attempt_at: sql`now() + least(interval '60 seconds', interval '2 seconds' * power(2, least(inbox.attempts, 5)))`,
    })
    .whereRef('inbox.key', '=', 'due.key')
    .returning(columns)
    .execute();
  return rows.map(fromRow);
}

/** Rows of one case without outcome, oldest first. */
export async function unsettledOf(db: Db, number: string): Promise<Received[]> {
  const rows = await db
    .selectFrom('inbox')
    .select(columns)
    .where('case_number', '=', number)
    .where('outcome', 'is', null)
    .orderBy('received_at')
    .execute();
  return rows.map(fromRow);
}

/** The next uniform number (3.4.3, CS19.A1): letters of the pack, year, six digits. Gaps are possible, repeats are not. */
export async function nextNumber(db: Db, prefix: string, year: string): Promise<string> {
  const { rows } = await sql<{ n: string }>`select nextval('case_number_seq') as n`.execute(db);
  return `${prefix}-${year}-${(rows[0]?.n ?? '0').padStart(6, '0')}`;
}

const columns = [
  'inbox.key',
  'inbox.case_number',
  'inbox.step',
  'inbox.mode',
  'inbox.command',
  'inbox.fingerprint',
  'inbox.outcome',
] as const;

function fromRow(row: {
  key: string;
  case_number: string;
  step: string;
  mode: 'update' | 'signal';
  command: unknown;
  fingerprint: string;
  outcome: Verdict | null;
}): Received {
  const { case_number: number, outcome, ...rest } = row;
  return { ...rest, number, outcome: outcome ?? undefined };
}
