/**
 * What is personal is sealed by the key of its subject before it reaches the database, and opened after it has left. Keys of subjects
 * are kept wrapped by the master key; erasing a subject destroys its key and leaves what is sealed where it stands, so that chains hold.
 */
import { canonicalJson } from '../domain/canonical.ts';
import { isSealedBytes, isSealedText, NotOurs, openBytes, openText, sealBytes, sealText } from '../vault/cipher.ts';
import type { Vault } from '../vault/vault.ts';
import { bareWord, keyedWord } from '../vault/words.ts';
import { isAway, type Db, type Trx } from './database.ts';
import type { SubjectKeyTable } from './schema/subjects.ts';
import { vaultOf } from './vault-of.ts';

/** The customer of a case and all that the case holds of them; an entry of a register; somebody who signs in. */
export const subjects = {
  case: (number: string): string => `case:${number}`,
  entry: (register: string, id: string): string => `entry:${register}:${id}`,
  person: (id: string): string => `person:${id}`,
  file: (hash: string): string => `file:${hash}`,
};

/** Stands for what nobody can read any more. */
export const ERASED = '〔已删除 erased〕';

/** The subject was erased: nothing more is kept of it. */
export class SubjectErased extends Error {
  readonly subject: string;
  constructor(subject: string) {
    super(`${subject} was erased`);
    this.name = 'SubjectErased';
    this.subject = subject;
  }
}

export interface Sealer {
  text(text: string): string;
  /** Any JSON value. */
  value(value: unknown): string;
  bytes(bytes: Buffer): Buffer;
}

/** What seals for a subject, whose key is made when it is the first time. @throws SubjectErased */
export async function sealer(db: Db | Trx, subject: string): Promise<Sealer> {
  const key = await keyFor(db, subject);
  return {
    text: (text) => sealText(key, subject, text),
    value: (value) => sealText(key, subject, canonicalJson(value)),
    bytes: (bytes) => sealBytes(key, subject, bytes),
  };
}

export interface Opener {
  /**
   * As it was written; undefined when nobody can read it any more: its subject is erased, its key is lost, or it was altered. What was
   * kept before there were keys is as it is.
   */
  text(subject: string | null, kept: string): string | undefined;
  value(subject: string | null, kept: string): unknown;
  bytes(subject: string, kept: Buffer): Buffer | undefined;
  /** Whether it was erased, as opposed to lost or altered. */
  erased(subject: string | null): boolean;
}

/** What opens for these subjects. Keys are asked for each time, so that an erasure holds at once for every process. */
export async function opener(db: Db | Trx, about: Iterable<string | null>): Promise<Opener> {
  const names = [...new Set(about)].filter((name) => name !== null);
  const vault = vaultOf(db);
  const rows = names.length === 0 ? [] : await db.selectFrom('subject_key').selectAll().where('subject', 'in', names).execute();
  const keys = new Map(rows.map((row) => [row.subject, unlessAltered(() => unwrapped(vault, row))]));
  const erased = new Set(rows.flatMap(({ subject, erased_at: at }) => (at === null ? [] : [subject])));
  const text = (subject: string | null, kept: string): string | undefined => {
    if (subject === null || !isSealedText(kept)) return kept;
    const key = keys.get(subject);
    return key === undefined ? undefined : unlessAltered(() => openText(key, subject, kept));
  };
  return {
    text,
    value(subject, kept) {
      const opened = text(subject, kept);
      return opened === undefined || opened === kept ? opened : JSON.parse(opened);
    },
    bytes(subject, kept) {
      if (!isSealedBytes(kept)) return kept;
      const key = keys.get(subject);
      return key === undefined ? undefined : unlessAltered(() => openBytes(key, subject, kept));
    },
    erased: (subject) => subject !== null && erased.has(subject),
  };
}

/** Keys of stored files, for whoever keeps their bytes. */
export function fileKeys(db: Db): {
  keyFor(hash: string): Promise<Buffer>;
  find(hash: string): Promise<Buffer | undefined>;
  nameOf(hash: string): Promise<string>;
} {
  return {
    keyFor: (hash) => keyFor(db, subjects.file(hash)),
    async find(hash) {
      const subject = subjects.file(hash);
      const row = await db.selectFrom('subject_key').selectAll().where('subject', '=', subject).executeTakeFirst();
      return row === undefined ? undefined : unwrapped(vaultOf(db), row);
    },
    nameOf: async (hash) => Buffer.from(bareWord((await keyedWords(db))('name of a file', hash)), 'base64url').toString('hex'),
  };
}

/** A text as it is kept. @throws SubjectErased */
export async function sealedText(db: Db | Trx, subject: string, text: string): Promise<string> {
  return (await sealer(db, subject)).text(text);
}

/** Rows with these texts of theirs opened, by one question for the keys of those they are of. */
export async function withTexts<K extends string, T extends { readonly [name in K]: string | null }>(
  db: Db | Trx,
  rows: readonly T[],
  names: readonly K[],
  subjectOf: (row: T) => string,
): Promise<T[]> {
  const open = await opener(db, rows.filter((row) => names.some((name) => row[name] !== null)).map(subjectOf)); // prettier-ignore
  const opened = (row: T, kept: string | null): string | null => (kept === null ? null : (open.text(subjectOf(row), kept) ?? ERASED));
  return rows.map((row) => ({ ...row, ...Object.fromEntries(names.map((name) => [name, opened(row, row[name])])) }));
}

/** Rows with their reasons opened. */
export const withReasons = <T extends { readonly reason: string | null }>(
  db: Db | Trx,
  rows: readonly T[],
  subjectOf: (row: T) => string,
): Promise<T[]> => withTexts(db, rows, ['reason'], subjectOf);

/** Words by which what is sealed is looked up; the key is the installation's, made once. */
export type Keyed = (about: string, word: string) => string;

export async function keyedWords(db: Db | Trx): Promise<Keyed> {
  const { adapter } = db.getExecutor();
  const key = lookUpKeys.get(adapter) ?? (await keyFor(db, LOOK_UP));
  // It is never erased; but one that is made in a transaction may yet be rolled back.
  if (!db.isTransaction) lookUpKeys.set(adapter, key);
  return (about, word) => keyedWord(key, about, word);
}

/**
 * That the master key is the one by which this store is sealed, before anything is sealed by another: a lost file is made anew, and two
 * hosts may have two. @throws in one sentence
 */
export async function proveVault(db: Db): Promise<void> {
  try {
    await keyFor(db, LOOK_UP);
  } catch (error) {
    // Away now, it is asked for with the first text.
    if (isAway(error)) return;
    throw new Error('vault.key is not the master key by which this store is sealed: put back the one that is (docs/personal-data.md)', {
      cause: error,
    });
  }
}

type KeyRow = Pick<SubjectKeyTable, 'subject' | 'master_key' | 'wrapped'>;

const LOOK_UP = 'look-up';
const lookUpKeys = new WeakMap<object, Buffer>();

/** Undefined: erased. @throws NotOurs, and when it is wrapped by a master key that this process does not have */
function unwrapped(vault: Vault, { subject, master_key: masterKey, wrapped }: KeyRow): Buffer | undefined {
  return wrapped === null || masterKey === null ? undefined : vault.unwrap(subject, { masterKey, wrapped });
}

/** One row that somebody altered must not keep a whole case from being read. */
function unlessAltered<T>(open: () => T): T | undefined {
  try {
    return open();
  } catch (error) {
    if (error instanceof NotOurs) return undefined;
    throw error;
  }
}

async function keyFor(db: Db | Trx, subject: string): Promise<Buffer> {
  const vault = vaultOf(db);
  for (let tried = false; ; tried = true) {
    const row = await db.selectFrom('subject_key').selectAll().where('subject', '=', subject).executeTakeFirst();
    if (row !== undefined) {
      const key = unwrapped(vault, row);
      if (key === undefined) throw new SubjectErased(subject);
      return key;
    }
    if (tried) throw new Error(`the key of ${subject} was neither made nor found`);
    const { key: fresh, masterKey, wrapped } = vault.freshKey(subject);
    const made = await db
      .insertInto('subject_key')
      .values({ subject, master_key: masterKey, wrapped })
      .onConflict((c) => c.doNothing())
      .returning('subject')
      .executeTakeFirst();
    // Of two that begin at once the first one's key is everybody's.
    if (made !== undefined) return fresh;
  }
}
