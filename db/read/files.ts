/** Files and attachments as somebody may see them. */
import { sql, type RawBuilder } from 'kysely';
import type { AttachedTo } from '../files.ts';
import type { Db } from '../database.ts';
import { mySight, type Scope } from './scope.ts';

export interface FileRow {
  readonly id: string;
  readonly hash: string;
  readonly size: string;
  readonly type: string;
  readonly name: string;
}

/** Of a filled form it counts once the case has recorded the form. */
const counts: RawBuilder<boolean> = sql<boolean>`(attachment.document_hash is null or exists (select from event e
  where e.case_number = attachment.case_number and e.body -> 'data' ->> 'documentHash' = attachment.document_hash))`;

/**
 * A file, for whoever has sent it or may see what it is attached to, a withdrawn attachment included.
 * @param reads whether the reader may read a register
 */
export async function findFile(db: Db, scope: Scope, hash: string, reads: (register: string) => boolean): Promise<FileRow | undefined> {
  const seen = await db
    .selectFrom('file')
    .select(['file.id', 'hash', 'size', 'type', 'name'])
    .where('hash', '=', hash)
    .where((x) =>
      x.or([
        x('file.person', '=', scope.person),
        x.exists(
          x
            .selectFrom('attachment')
            .innerJoin('case_file', 'case_file.number', 'attachment.case_number')
            .select('attachment.id')
            .whereRef('attachment.file_id', '=', 'file.id')
            .where(sql<boolean>`${mySight(scope)} and ${counts}`),
        ),
      ]),
    )
    .orderBy('file.id', 'desc')
    .executeTakeFirst();
  return seen ?? (await ofEntry(db, hash, reads));
}

async function ofEntry(db: Db, hash: string, reads: (register: string) => boolean): Promise<FileRow | undefined> {
  const rows = await db
    .selectFrom('file')
    .innerJoin('attachment', 'attachment.file_id', 'file.id')
    .select(['file.id', 'hash', 'size', 'type', 'name', 'register'])
    .where('hash', '=', hash)
    .where('register', 'is not', null)
    .distinctOn('register')
    .orderBy('register')
    .orderBy('file.id', 'desc')
    .execute();
  const seen = rows.find(({ register }) => register !== null && reads(register));
  if (seen === undefined) return undefined;
  const { register: _, ...row } = seen;
  return row;
}

const columns = [
  'attachment.id',
  'file.hash',
  'file.size',
  'file.type',
  'file.name',
  'attachment.document_hash',
  'attachment.note',
  'attachment.person',
  'attachment.at',
  'attachment.withdrawn_at',
  'attachment.withdrawn_by',
  'attachment.withdrawn_reason',
] as const;

/** Attachments of a case or an entry in the order they came; one more than `limit`, if there is one. */
export async function attachmentsOf(db: Db, to: AttachedTo, { after, limit }: { after?: string | undefined; limit: number }) {
  const query = db
    .selectFrom('attachment')
    .innerJoin('file', 'file.id', 'attachment.file_id')
    .select(columns)
    .where(counts)
    .orderBy('attachment.id')
    .limit(limit + 1);
  const from = after === undefined ? query : query.where('attachment.id', '>', after);
  return 'caseNumber' in to
    ? from.where('case_number', '=', to.caseNumber).execute()
    : from.where('register', '=', to.register).where('entry_id', '=', to.entry).execute();
}

export type AttachmentRow = Awaited<ReturnType<typeof attachmentsOf>>[number];

export async function findAttachment(db: Db, to: AttachedTo, id: string): Promise<AttachmentRow | undefined> {
  const [row] = await attachmentsOf(db, to, { after: String(BigInt(id) - 1n), limit: 1 });
  return row?.id === id ? row : undefined;
}

/** Hashes that somebody has attached to a case and that are not withdrawn; `limit` at most. */
export async function photosBy(db: Db, caseNumber: string, person: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('attachment')
    .innerJoin('file', 'file.id', 'attachment.file_id')
    .select('file.hash')
    .where('case_number', '=', caseNumber)
    .where('attachment.person', '=', person)
    .where('withdrawn_at', 'is', null)
    .limit(limit)
    .execute();
  return rows.map(({ hash }) => hash);
}
