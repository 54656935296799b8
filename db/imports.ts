/** How far an import has come: moved on in the transaction that writes the rows, so that a kill loses and doubles nothing. */
import type { Instant } from '../domain/time.ts';
import type { Db, Trx } from './database.ts';
import { findImport, type ImportRow } from './read/imports.ts';

export interface NewImport {
  readonly id: string;
  readonly register: string;
  /** SHA-256 of the file, hex. */
  readonly fileHash: string;
  readonly person: string;
  readonly at: Instant;
}

/** The import of this file by this person that was broken off, or a new one. */
export async function beginImport(db: Db, { id, register, fileHash, person, at }: NewImport): Promise<ImportRow> {
  for (;;) {
    await db
      .insertInto('register_import')
      .values({ id, register, file_hash: fileHash, person, started_at: new Date(at) })
      .onConflict((c) => c.columns(['register', 'file_hash', 'person']).where('finished_at', 'is', null).doNothing())
      .execute();
    const running = await db
      .selectFrom('register_import')
      .selectAll()
      .where('register', '=', register)
      .where('file_hash', '=', fileHash)
      .where('person', '=', person)
      .where('finished_at', 'is', null)
      .executeTakeFirst();
    // Another process may finish the run that was there before it is read: then this one is a run of its own.
    if (running !== undefined) return running;
  }
}

export interface Step {
  /** Last line of the file that this step has dealt with. */
  readonly upto: number;
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly faults: readonly { readonly line: number; readonly faults: unknown }[];
}

/** Holds the import for one step. Undefined when another process has moved it on or finished it meanwhile. */
export async function holdImport(trx: Trx, id: string, upto: number): Promise<true | undefined> {
  await trx.selectFrom('register_import').select('id').where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
  const now = await findImport(trx, id);
  return now?.upto === upto && now.finished_at === null ? true : undefined;
}

export async function moveImport(trx: Trx, id: string, { upto, added, changed, same, faults }: Step): Promise<void> {
  if (faults.length > 0)
    await trx
      .insertInto('register_import_fault')
      .values(faults.map((fault) => ({ import: id, line: fault.line, faults: JSON.stringify(fault.faults) })))
      .execute();
  await trx
    .updateTable('register_import')
    .set((e) => ({ upto, added: e('added', '+', added), changed: e('changed', '+', changed), same: e('same', '+', same) }))
    .where('id', '=', id)
    .execute();
}

export async function finishImport(db: Db, id: string, at: Instant): Promise<void> {
  await db
    .updateTable('register_import')
    .set({ finished_at: new Date(at) })
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .execute();
}
