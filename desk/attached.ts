/** Files that a form names: looked for before the form is received, so that none is promised that is not there. */
import type { Db } from '../db/database.ts';
import { attachFormFiles, unknownFiles } from '../db/files.ts';
import type { StoredDocument } from '../db/inbox.ts';
import type { NamedFile } from '../domain/form.ts';
import type { Instant } from '../domain/time.ts';
import { FormError } from './types.ts';

/**
 * Attaches them to the case by way of the document: they count once an event of the case names it, so a refused form attaches
 * nothing. @throws FormError for a file that the person has neither sent nor finds attached to the case
 */
export async function attachNamed(
  db: Db,
  caseNumber: string,
  files: readonly NamedFile[],
  { documents: [document], by, at }: { readonly documents: readonly StoredDocument[]; readonly by: string; readonly at: Instant },
): Promise<void> {
  if (files.length === 0 || document === undefined) return;
  const hashes = [...new Set(files.map(({ hash }) => hash))];
  const unknown = new Set(await unknownFiles(db, { caseNumber, hashes }, by));
  const problems = files
    .filter(({ hash }) => unknown.has(hash))
    .map(({ path }) => ({ path, code: 'bad-facts' as const, zh: '没有此文件;请先上传。', en: 'There is no such file; send it first.' }));
  if (problems.length > 0) throw new FormError(problems);
  await attachFormFiles(db, { caseNumber, documentHash: document.hash, hashes }, by, at);
}
