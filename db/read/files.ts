/** Files and attachments as somebody may see them. */
import { sql, type RawBuilder } from 'kysely';
import { subjectOf, type AttachedTo } from '../files.ts';
import type { Db } from '../database.ts';
import type { ReadBy } from '../../domain/register/sight.ts';
import { ERASED, opener, subjects } from '../personal.ts';
import { entrySight, mySight, readsAll, type Scope } from './scope.ts';

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

/** Labels of an attachment: its own, and that of the form that names it. */
const papers = sql<string[]>`array[attachment.label,
  (select d.label from document_label d where d.case_number = attachment.case_number and d.hash = attachment.document_hash)]`;

/** What the attachment belongs to, and the attachment itself, may be seen. @param def the register it belongs to; undefined: it is of a case */
function attachmentSight(scope: Scope, def: ReadBy | undefined): RawBuilder<boolean> {
  return def === undefined
    ? sql<boolean>`exists (select from case_file where case_file.number = attachment.case_number and ${mySight(scope, papers)})`
    : sql<boolean>`(attachment.register = ${def.id} and exists (select from entry
        where entry.register = attachment.register and entry.id = attachment.entry_id and ${entrySight(scope, def, 'entry', papers)}))`;
}

/** Attachments of the file that carry, or hang on what carries, a label which the reader does not read. */
function raised(scope: Scope): RawBuilder<unknown> {
  const labels = sql<string[]>`(${papers}
    || (select case_file.label from case_file where case_file.number = attachment.case_number)
    || (select entry.label from entry where entry.register = attachment.register and entry.id = attachment.entry_id))`;
  return sql`select from attachment where attachment.file_id = file.id
    and cardinality(array_remove(${labels}, null)) > 0 and not ${readsAll(scope, labels)}`;
}

/**
 * A file, for whoever has sent it, as long as it is attached to nothing of a label above theirs, or may see what it is attached to, a withdrawn attachment included.
 * @param defs the registers
 */
export async function findFile(db: Db, scope: Scope, hash: string, defs: readonly ReadBy[]): Promise<FileRow | undefined> {
  const seen = await db
    .selectFrom('file')
    .select(['file.id', 'hash', 'size', 'type', 'name'])
    .where('hash', '=', hash)
    .where((x) =>
      x.or([
        sql<boolean>`(file.person = ${scope.person} and not exists (${raised(scope)}))`,
        x.exists(
          x
            .selectFrom('attachment')
            .select('attachment.id')
            .whereRef('attachment.file_id', '=', 'file.id')
            .where(sql<boolean>`attachment.case_number is not null and ${counts} and ${attachmentSight(scope, undefined)}`),
        ),
      ]),
    )
    .orderBy('file.id', 'desc')
    .executeTakeFirst();
  return named(db, seen ?? (await ofEntry(db, scope, hash, defs)));
}

/** With its name opened; nothing when it was erased. */
async function named(db: Db, row: FileRow | undefined): Promise<FileRow | undefined> {
  if (row === undefined) return undefined;
  const subject = subjects.file(row.hash);
  const name = (await opener(db, [subject])).text(subject, row.name);
  return name === undefined ? undefined : { ...row, name };
}

async function ofEntry(db: Db, scope: Scope, hash: string, defs: readonly ReadBy[]): Promise<FileRow | undefined> {
  const some = await db
    .selectFrom('file')
    .innerJoin('attachment', 'attachment.file_id', 'file.id')
    .select('register')
    .distinct()
    .where('hash', '=', hash)
    .where('register', 'is not', null)
    .execute();
  const named = defs.filter(({ id }) => some.some(({ register }) => register === id));
  if (named.length === 0) return undefined;
  return db
    .selectFrom('file')
    .innerJoin('attachment', 'attachment.file_id', 'file.id')
    .select(['file.id', 'hash', 'size', 'type', 'name'])
    .where('hash', '=', hash)
    .where(
      sql<boolean>`(${sql.join(
        named.map((def) => attachmentSight(scope, def)),
        sql` or `,
      )})`,
    )
    .orderBy('file.id', 'desc')
    .limit(1)
    .executeTakeFirst();
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
  // Labels: its own, and that of the form that names it.
  papers.as('labels'),
] as const;

/** Who looks, and of an entry at which register; absent: a paper, whose own label covers them. */
export interface SeenBy {
  readonly scope: Scope;
  readonly def?: ReadBy;
}

/** Attachments of a case or an entry in the order they came; one more than `limit`, if there is one. */
export async function attachmentsOf(
  db: Db,
  to: AttachedTo,
  { after, limit, by }: { after?: string | undefined; limit: number; by?: SeenBy },
) {
  const query = db
    .selectFrom('attachment')
    .innerJoin('file', 'file.id', 'attachment.file_id')
    .select(columns)
    .where(counts)
    .where(by === undefined ? sql<boolean>`true` : attachmentSight(by.scope, by.def))
    .orderBy('attachment.id')
    .limit(limit + 1);
  const from = after === undefined ? query : query.where('attachment.id', '>', after);
  const rows = await (
    'caseNumber' in to
      ? from.where('case_number', '=', to.caseNumber)
      : from.where('register', '=', to.register).where('entry_id', '=', to.entry)
  ).execute();
  const about = subjectOf(to);
  const open = await opener(db, [about, ...rows.map(({ hash }) => subjects.file(hash))]);
  const opened = (kept: string | null): string | null => (kept === null ? null : (open.text(about, kept) ?? ERASED));
  return rows.map((row) => ({
    ...row,
    name: open.text(subjects.file(row.hash), row.name) ?? ERASED,
    note: opened(row.note),
    withdrawn_reason: opened(row.withdrawn_reason),
  }));
}

export type AttachmentRow = Awaited<ReturnType<typeof attachmentsOf>>[number];

export async function findAttachment(db: Db, to: AttachedTo, id: string, by: SeenBy): Promise<AttachmentRow | undefined> {
  const [row] = await attachmentsOf(db, to, { after: String(BigInt(id) - 1n), limit: 1, by });
  return row?.id === id ? row : undefined;
}

/** The hashes of all files that are noted, in their order. */
export async function* notedFiles(db: Db): AsyncGenerator<string> {
  for (let after = '', more = true; more;) {
    const rows = await db
      .selectFrom('file')
      .select('hash')
      .distinct()
      .where('hash', '>', after)
      .orderBy('hash')
      .limit(NOTED_AT_ONCE)
      .execute();
    yield* rows.map(({ hash }) => hash);
    after = rows.at(-1)?.hash ?? after;
    more = rows.length === NOTED_AT_ONCE;
  }
}
const NOTED_AT_ONCE = 5_000;

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
