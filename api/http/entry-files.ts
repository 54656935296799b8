/** Files that an entry of a register names: there before the entry is written, attached to it in the same transaction. */
import type { Db, Trx } from '../../db/database.ts';
import { attachEntryFiles, unknownEntryFiles } from '../../db/files.ts';
import { filesNamed } from '../../domain/form.ts';
import type { RegisterDef } from '../../domain/register/definition.ts';
import type { EntryBody } from '../../domain/register/read-entry.ts';
import type { Instant } from '../../domain/time.ts';
import { formProblem } from '../problems/problem.ts';

/** @param id undefined: a new entry @throws Problem for a file that the person has neither sent nor finds attached to the entry */
export async function checkNamedFiles(db: Db, def: RegisterDef, id: string | undefined, body: EntryBody, person: string): Promise<void> {
  const named = filesNamed(def.fields, body);
  if (named.length === 0) return;
  const hashes = [...new Set(named.map(({ hash }) => hash))];
  const unknown = new Set(await unknownEntryFiles(db, def.id, id, hashes, person));
  const problems = named
    .filter(({ hash }) => unknown.has(hash))
    .map(({ path }) => ({ path, code: 'bad-facts' as const, zh: '没有此文件;请先上传。', en: 'There is no such file; send it first.' }));
  if (problems.length > 0) throw formProblem(problems);
}

export async function attachNamedFiles(
  trx: Trx,
  def: RegisterDef,
  entry: string,
  body: EntryBody,
  person: string,
  at: Instant,
): Promise<void> {
  const hashes = [...new Set(filesNamed(def.fields, body).map(({ hash }) => hash))];
  await attachEntryFiles(trx, { register: def.id, entry }, hashes, person, at);
}
