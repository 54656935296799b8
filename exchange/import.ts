/** Carries out the import of a table into a register: every good row becomes an entry, every other is named; nothing stops it but the store. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Db, Trx } from '../db/database.ts';
import { addEntry, changeEntry, EntryKeyReused, EntryStale, EntryTaken, RefMissing } from '../db/entries.ts';
import { attachEntryFiles } from '../db/files.ts';
import { beginImport, finishImport, holdImport, moveImport, type Step } from '../db/imports.ts';
import { seenAmong } from '../db/read/entries.ts';
import { faultsOf, findImport } from '../db/read/imports.ts';
import { filesNamed } from '../domain/form.ts';
import type { RegisterDef } from '../domain/register/definition.ts';
import type { Instant } from '../domain/time.ts';
import type { Table } from '../sheets/table.ts';
import { findFields, type Headings } from './headings.ts';
import { judge, notYours, refLost, takenBy, type Judged, type Writer } from './judge.ts';
import { say, type RowFault } from './read-row.ts';
import { readRows } from './read-rows.ts';

export interface ImportRequest extends Writer {
  readonly def: RegisterDef;
  readonly table: Table;
  /** SHA-256 of the file, hex: the same file by the same person goes on where it was broken off. */
  readonly fileHash: string;
  readonly at: Instant;
  /** Looks only; writes nothing. */
  readonly dryRun: boolean;
  readonly onStep?: (done: number, all: number) => void;
}

export interface LineFaults {
  readonly line: number;
  readonly faults: readonly RowFault[];
}

export interface ImportResult {
  readonly register: string;
  readonly dryRun: boolean;
  /** `CSV, UTF-8`. */
  readonly kind: string;
  readonly rows: number;
  readonly new: number;
  readonly changed: number;
  readonly same: number;
  readonly bad: number;
  /** Columns that are none of the register: nothing was taken from them. */
  readonly unknownColumns: readonly string[];
  readonly faults: readonly LineFaults[];
}

/** Rows that one transaction deals with. */
const BATCH = 200;

/** @throws TableProblem when the headings do not fit the register */
export async function importTable(db: Db, request: ImportRequest): Promise<ImportResult> {
  const { def, table, dryRun, onStep } = request;
  const headings = findFields(def, table.columns);
  const rows = readRows(def, headings, table, request.at);
  const ids = new Map(rows.flatMap(({ id, line }) => (id === undefined ? [] : [[id, line] as const])));
  const common = { register: def.id, dryRun, kind: table.kind, rows: rows.length, unknownColumns: headings.unknown };
  if (dryRun) {
    const all: Judged[] = [];
    for (let from = 0; from < rows.length; from += BATCH) {
      all.push(...(await judge(db, def, headings, rows.slice(from, from + BATCH), ids, request)));
      onStep?.(all.length, rows.length);
    }
    const { added, changed, same, faults } = stepOf(all);
    return { ...common, new: added, changed, same, bad: faults.length, faults };
  }
  const run = await beginImport(db, { ...request, id: randomUUID(), register: def.id });
  let upto = run.upto;
  for (;;) {
    const from = rows.findIndex(({ line }) => line > upto);
    if (from < 0) break;
    const batch = rows.slice(from, from + BATCH);
    const last = batch.at(-1)?.line ?? upto;
    const at = upto;
    const moved = await db.transaction().execute(async (trx) => {
      if ((await holdImport(trx, run.id, at)) === undefined) return false;
      const done = await write(trx, request, headings, await judge(trx, def, headings, batch, ids, request));
      await moveImport(trx, run.id, { ...stepOf(done), upto: last });
      return true;
    });
    // Somebody else carries on the same file: go on where they are.
    const now = moved ? undefined : await findImport(db, run.id);
    upto = moved ? last : (now?.upto ?? last);
    if (now !== undefined && now.finished_at !== null) break;
    onStep?.(from + batch.length, rows.length);
  }
  await finishImport(db, run.id, request.at);
  const { added, changed, same } = (await findImport(db, run.id)) ?? run;
  const faults = (await faultsOf(db, run.id)) as LineFaults[];
  return { ...common, new: added, changed, same, bad: faults.length, faults };
}

/** All at once; when the store refuses one of them after all, each for itself, and what it refuses becomes a fault of that row. */
async function write(trx: Trx, request: ImportRequest, headings: Headings, judged: readonly Judged[]): Promise<readonly Judged[]> {
  const refused = await tried(trx, async () => {
    await putAll(trx, request, judged.filter(isWritten)); // prettier-ignore
  });
  if (refused === undefined) return judged;
  const done: Judged[] = [];
  for (const one of judged) {
    const error = isWritten(one) ? await tried(trx, () => putAll(trx, request, [one])) : undefined;
    done.push(error === undefined ? one : { became: 'bad', line: one.line, faults: [await faultOf(trx, request, headings, error.why)] });
  }
  return done;
}

const isWritten = (one: Judged): one is Written => one.became === 'new' || one.became === 'changed';

/** Why it did not work; then nothing of it is left. @throws what concerns no single row */
async function tried(trx: Trx, work: () => Promise<void>): Promise<{ readonly why: Refusal } | undefined> {
  await sql`savepoint import_rows`.execute(trx);
  try {
    await work();
    await sql`release savepoint import_rows`.execute(trx);
    return undefined;
  } catch (why) {
    if (!REFUSALS.some((kind) => why instanceof kind)) throw why;
    await sql`rollback to savepoint import_rows`.execute(trx);
    return { why: why as Refusal };
  }
}

type Written = Extract<Judged, { body: unknown }>;
/** It would be, or has just become, one that the writer does not see. */
class NotTheirs extends Error {}
/** A key that is another person's: both import the same row at once. */
const REFUSALS = [EntryTaken, RefMissing, EntryStale, EntryKeyReused, NotTheirs] as const;
type Refusal = InstanceType<(typeof REFUSALS)[number]>;

async function putAll(trx: Trx, request: ImportRequest, all: readonly Written[]): Promise<void> {
  const ids = new Set<string>();
  for (const one of all) ids.add(await put(trx, request, one));
  const { naming, def } = request;
  if (naming !== undefined && (await seenAmong(trx, naming.scope, def, [...ids])).length < ids.size) throw new NotTheirs();
}

/** Returns its id. */
async function put(trx: Trx, { def, person, at, fileHash, naming }: ImportRequest, one: Written): Promise<string> {
  const { body } = one;
  const { id } =
    one.became === 'new'
      ? await addEntry(trx, { def, body, person, at, naming, key: one.key })
      : await changeEntry(
          trx,
          { def, body, person, at, naming, reason: `import ${fileHash.slice(0, 12)} ${one.line}` },
          one.id,
          one.version,
        );
  const hashes = [...new Set(filesNamed(def.fields, body).map(({ hash }) => hash))];
  await attachEntryFiles(trx, { register: def.id, entry: id }, hashes, person, at);
  return id;
}

async function faultOf(trx: Trx, { naming, def }: ImportRequest, headings: Headings, error: Refusal): Promise<RowFault> {
  if (error instanceof NotTheirs) return notYours();
  if (error instanceof EntryTaken) {
    const { key, by: holder } = error;
    const hidden = naming !== undefined && holder !== undefined && (await seenAmong(trx, naming.scope, def, [holder])).length === 0;
    return hidden ? notYours() : takenBy(headings, key, holder ?? '?');
  }
  if (error instanceof RefMissing) return refLost(headings, error.field, error.to);
  return {
    what: say('刚刚被他人修改', 'was changed by somebody else just now'),
    remedy: say('请再导入一次', 'import it once more'),
  };
}

function stepOf(judged: readonly Judged[]): Omit<Step, 'upto' | 'faults'> & { readonly faults: LineFaults[] } {
  const count = (became: Judged['became']): number => judged.filter((one) => one.became === became).length;
  const faults = judged.flatMap((one) => (one.became === 'bad' ? [{ line: one.line, faults: one.faults }] : []));
  return { added: count('new'), changed: count('changed'), same: count('same'), faults };
}
