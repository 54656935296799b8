/** What files were sent, and what they are attached to. The bytes are kept elsewhere, by hash. */
import type { Instant } from '../domain/time.ts';
import { sql } from 'kysely';
import type { Db, Trx } from './database.ts';
import { opener, sealedText, subjects } from './personal.ts';

export interface SentFile {
  readonly hash: string;
  readonly size: number;
  readonly type: string;
  readonly name: string;
}

/** The key was used for something else. */
export class FileKeyReused extends Error {}

interface By {
  readonly key: string;
  readonly by: string;
  readonly at: Instant;
}

/** Notes the files of one request, in order; the same request again changes nothing. @throws FileKeyReused */
export async function noteFiles(db: Db, files: readonly SentFile[], { key, by, at }: By): Promise<void> {
  const values = [];
  for (const [ordinal, file] of files.entries()) {
    const name = await sealedText(db, subjects.file(file.hash), file.name);
    values.push({ ...file, name, person: by, at: new Date(at), key, ordinal });
  }
  try {
    await db.insertInto('file').values(values).execute();
    return;
  } catch (error) {
    if ((error as { code?: string }).code !== '23505') throw error; // the key is known: all of them, or none
  }
  await checkSent(db, files, { key, by });
}

/** That the key was not used for other files, or by somebody else: asked before they are kept. @throws FileKeyReused */
export async function checkSent(db: Db, files: readonly Pick<SentFile, 'hash'>[], { key, by }: Omit<By, 'at'>): Promise<void> {
  const noted = await db.selectFrom('file').select(['hash', 'person']).where('key', '=', key).orderBy('ordinal').execute();
  if (noted.length === 0) return;
  const same = noted.length === files.length && noted.every(({ hash, person }, i) => hash === files[i]?.hash && person === by);
  if (!same) throw new FileKeyReused(key);
}

/** What a file can be attached to. */
export type AttachedTo = { readonly caseNumber: string } | { readonly register: string; readonly entry: string };

/**
 * Attaches a file that the person has sent, or that is attached there already. Returns the attachment's id; undefined when it is
 * neither. @throws FileKeyReused
 */
export async function attachFile(
  db: Db,
  to: AttachedTo,
  { hash, note }: { readonly hash: string; readonly note?: string | undefined },
  { key, by, at }: By,
): Promise<string | undefined> {
  const place = columnsOf(to);
  const known = await db
    .selectFrom('attachment')
    .innerJoin('file', 'file.id', 'attachment.file_id')
    .select([
      'attachment.id',
      'file.hash',
      'attachment.person',
      'attachment.case_number',
      'attachment.register',
      'attachment.entry_id',
      'note',
    ])
    .where('attachment.key', '=', key)
    .executeTakeFirst();
  if (known !== undefined) {
    const subject = subjectOf(to);
    const said = known.note === null ? null : (await opener(db, [subject])).text(subject, known.note);
    const same =
      known.hash === hash &&
      known.person === by &&
      said === (note ?? null) &&
      known.case_number === place.case_number &&
      known.register === place.register &&
      known.entry_id === place.entry_id;
    if (!same) throw new FileKeyReused(key);
    return known.id;
  }
  const fileId = await sentOrThere(db, to, hash, by);
  if (fileId === undefined) return undefined;
  const kept = note === undefined ? null : await sealedText(db, subjectOf(to), note);
  const row = await db
    .insertInto('attachment')
    .values({ ...place, file_id: fileId, note: kept, person: by, at: new Date(at), key })
    .onConflict((c) => c.column('key').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? attachFile(db, to, { hash, note }, { key, by, at });
}

/** The newest of that hash that the person has sent, or that is attached to the same thing. */
async function sentOrThere(db: Db, to: AttachedTo, hash: string, by: string): Promise<string | undefined> {
  const place = columnsOf(to);
  const row = await db
    .selectFrom('file')
    .select('file.id')
    .where('hash', '=', hash)
    .where((x) =>
      x.or([
        x('file.person', '=', by),
        x.exists(
          x
            .selectFrom('attachment')
            .select('attachment.id')
            .whereRef('attachment.file_id', '=', 'file.id')
            .where('case_number', 'is not distinct from', place.case_number)
            .where('register', 'is not distinct from', place.register)
            .where('entry_id', 'is not distinct from', place.entry_id),
        ),
      ]),
    )
    .orderBy('file.id', 'desc')
    .executeTakeFirst();
  return row?.id;
}

/** Withdraws an attachment: it stays, marked. False when it is withdrawn already. */
export async function withdrawAttachment(
  db: Db,
  to: AttachedTo,
  { id, reason }: { readonly id: string; readonly reason: string },
  by: string,
  at: Instant,
): Promise<boolean> {
  const kept = await sealedText(db, subjectOf(to), reason);
  const { numUpdatedRows } = await db
    .updateTable('attachment')
    .set({ withdrawn_at: new Date(at), withdrawn_by: by, withdrawn_reason: kept })
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export interface FormFiles {
  readonly caseNumber: string;
  readonly documentHash: string;
  readonly hashes: readonly string[];
}

/** The hashes that the person may not name in a form of the case: neither sent by them nor attached there. */
export async function unknownFiles(db: Db, { caseNumber, hashes }: Omit<FormFiles, 'documentHash'>, by: string): Promise<string[]> {
  const found = await Promise.all(hashes.map((hash) => sentOrThere(db, { caseNumber }, hash, by)));
  return hashes.filter((_, i) => found[i] === undefined);
}

/** As `unknownFiles`, of an entry of a register; `entry` undefined: it is not there yet. */
export async function unknownEntryFiles(
  db: Db | Trx,
  register: string,
  entry: string | undefined,
  hashes: readonly string[],
  by: string,
): Promise<string[]> {
  const to = { register, entry: entry ?? '' };
  const found = await Promise.all(hashes.map((hash) => sentOrThere(db, to, hash, by)));
  return hashes.filter((_, i) => found[i] === undefined);
}

/** Attaches the files that an entry names, each once. In the transaction that writes the entry. */
export async function attachEntryFiles(
  trx: Trx,
  to: { readonly register: string; readonly entry: string },
  hashes: readonly string[],
  by: string,
  at: Instant,
): Promise<void> {
  for (const hash of hashes) {
    const fileId = await sentOrThere(trx, to, hash, by);
    const { register, entry } = to;
    if (fileId === undefined) continue;
    await sql`insert into attachment (register, entry_id, file_id, person, at)
      select ${register}, ${entry}, ${fileId}::bigint, ${by}, ${new Date(at)}::timestamptz where not exists (
        select from attachment a join file f on f.id = a.file_id where a.register = ${register} and a.entry_id = ${entry} and f.hash = ${hash})`.execute(
      trx,
    );
  }
}

/** Attaches the files that a received form names; they count once an event of the case names the document. */
export async function attachFormFiles(db: Db, { caseNumber, documentHash, hashes }: FormFiles, by: string, at: Instant): Promise<void> {
  const found = await Promise.all(hashes.map((hash) => sentOrThere(db, { caseNumber }, hash, by)));
  const ids = found.filter((id) => id !== undefined);
  if (ids.length === 0) return;
  await db
    .insertInto('attachment')
    .values(ids.map((file_id) => ({ case_number: caseNumber, file_id, document_hash: documentHash, person: by, at: new Date(at) })))
    .onConflict((c) => c.columns(['document_hash', 'file_id']).doNothing())
    .execute();
}

/** Of whom a note on an attachment is. */
export const subjectOf = (to: AttachedTo): string =>
  'caseNumber' in to ? subjects.case(to.caseNumber) : subjects.entry(to.register, to.entry);

function columnsOf(to: AttachedTo) {
  return 'caseNumber' in to
    ? { case_number: to.caseNumber, register: null, entry_id: null }
    : { case_number: null, register: to.register, entry_id: to.entry };
}
