/** What `db/columns.ts` declares, held against what stands in a store. */
import { sql } from 'kysely';
import { columns } from '../../../../db/columns.ts';
import type { Db } from '../../../../db/database.ts';
import type { Opener } from '../../../../db/personal.ts';
import { sealTexts } from '../../../../domain/register/sealed.ts';
import type { EntryBody } from '../../../../domain/register/read-entry.ts';
import { loadRegisters } from '../../../../packs/registers/load.ts';
import { isSealedBytes, isSealedText } from '../../../../vault/cipher.ts';

/** One text, or some bytes, of a column that is declared `erase`. */
export interface Cell {
  readonly place: string;
  /** For whom it is declared to be sealed. */
  readonly subject: string;
  readonly kept: string | Buffer;
}

export const erasable: readonly string[] = Object.entries(columns).flatMap(([table, { erase = [] }]) =>
  erase.map((name) => `${table}.${name}`),
);

export async function erasableCells(owner: Db): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const [table, { of, erase = [] }] of Object.entries(columns)) {
    if (of === undefined) continue;
    const { rows } = await sql<{ subject: string; row: Record<string, unknown> }>`
      select ${sql.raw(of)} as subject, to_jsonb(t) as row from ${sql.table(table)} t`.execute(owner);
    for (const { subject, row } of rows)
      for (const name of erase)
        for (const kept of partsOf(row[name], row['register'])) cells.push({ place: `${table}.${name}`, subject, kept });
  }
  return cells;
}

/** Of an entry every text that its register does not call open. */
function partsOf(value: unknown, register: unknown): (string | Buffer)[] {
  if (value === null || value === undefined || value === '') return [];
  const body: unknown = typeof value === 'string' && value.startsWith('{') ? JSON.parse(value) : value;
  if (typeof body === 'string') return [body.startsWith('\\x') ? Buffer.from(body.slice(2), 'hex') : body];
  const found: string[] = [];
  sealTexts(loadedRegisters.get(String(register))?.fields ?? [], body as EntryBody, (text) => (found.push(text), text));
  return found;
}

const loadedRegisters = loadRegisters();

export const isSealedCell = ({ kept }: Cell): boolean => (typeof kept === 'string' ? isSealedText(kept) : isSealedBytes(kept));

export const opens = (open: Opener, { subject, kept }: Cell): boolean =>
  (typeof kept === 'string' ? open.text(subject, kept) : open.bytes(subject, kept)) !== undefined;
