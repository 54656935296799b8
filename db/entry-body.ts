/** Bodies of entries, sealed and opened: in the store every text that its register does not call open is sealed for the entry. */
import type { RegisterDef } from '../domain/register/definition.ts';
import { sealTexts, throughTexts } from '../domain/register/sealed.ts';
import type { EntryBody } from '../domain/register/read-entry.ts';
import type { Db, Trx } from './database.ts';
import { ERASED, opener, sealedText, sealer, subjects, type Opener } from './personal.ts';

/** Seals the texts; an entry that has none to seal needs no key. @throws SubjectErased */
export async function sealedBody(db: Db | Trx, def: RegisterDef, id: string, body: EntryBody): Promise<EntryBody> {
  let found = false;
  sealTexts(def.fields, body, (text) => ((found = true), text));
  if (!found) return body;
  const seal = await sealer(db, subjects.entry(def.id, id));
  return sealTexts(def.fields, body, seal.text);
}

/** A reason is a free text about the entry. */
export async function sealedReason(db: Db | Trx, register: string, id: string, reason: string | undefined): Promise<string | null> {
  if (reason === undefined) return null;
  return sealedText(db, subjects.entry(register, id), reason);
}

/** What opens for these entries of a register. */
export function entryOpener(db: Db | Trx, register: string, ids: readonly string[]): Promise<Opener> {
  return opener(db, ids.map((id) => subjects.entry(register, id))); // prettier-ignore
}

/** As it was written; what nobody can read any more says so. */
export function openBody(open: Opener, register: string, id: string, body: EntryBody): EntryBody {
  return throughTexts(body, (text) => openOne(open, register, id, text)) as EntryBody;
}

/** A text that merely looks sealed was written so, in a field that is not. */
export function openOne(open: Opener, register: string, id: string, text: string): string {
  const subject = subjects.entry(register, id);
  return open.text(subject, text) ?? (open.erased(subject) ? ERASED : text);
}

/** Rows with their bodies opened, by one question for their keys. */
export async function withBodies<T extends { readonly id: string; readonly body: EntryBody }>(
  db: Db | Trx,
  register: string,
  rows: readonly T[],
): Promise<T[]> {
  if (rows.length === 0) return [];
  const open = await entryOpener(db, register, rows.map(({ id }) => id)); // prettier-ignore
  return rows.map((row) => ({ ...row, body: openBody(open, register, row.id, row.body) }));
}
