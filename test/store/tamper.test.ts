/** Any change of any row of the record, made past the application, is found, and the finding names the place. */
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canonicalJson } from '../../domain/canonical.ts';
import { columns } from '../../db/columns.ts';
import type { Trx } from '../../db/database.ts';
import { held, proved } from '../../db/held.ts';
import { note } from '../../db/journal.ts';
import { auditAll } from '../../reconcile/audit-all.ts';
import { auditCase } from '../../reconcile/audit.ts';
import { faultsOfCheckpoints, faultsOfRecord } from '../../reconcile/checkpoints.ts';
import { auditEntries } from '../../reconcile/entries.ts';
import { auditJournals } from '../../reconcile/journal.ts';
import { auditLabels } from '../../reconcile/labels.ts';
import { auditProofs } from '../../reconcile/proofs.ts';
import { readCheckpoint, type SignedCheckpoint } from '../../runtime/checkpoint/format.ts';
import { readCheckpointKey, readPublicKey } from '../../runtime/checkpoint/key.ts';
import { readCheckpoints } from '../../runtime/checkpoint/folder.ts';
import { takeCheckpoint } from '../../runtime/checkpoint/take.ts';
import { noon } from './support/story.ts';
import { useStore } from './support/store.ts';
import { alteredLeaf, changed, randomChange, type Change, type Changed, type Row, type Shape } from './support/tamper/change.ts';
import { CASES, columnsOf, fillRecord } from './support/tamper/record.ts';

/** Ten times as many with `REDRESS_FULL=1`. */
const RUNS = process.env['REDRESS_FULL'] === '1' ? 10_000 : 1_000;
const SEED = Number(process.env['REDRESS_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

const store = useStore();
const home = mkdtempSync(join(tmpdir(), 'redress-tamper-'));
const [folder, keyFile] = [join(home, 'checkpoints'), join(home, 'checkpoint.key')];
const tables = Object.keys(held).filter((table) => !('outside' in held[table]!));
const shapes = new Map<string, Shape>();
const rows = new Map<string, Row[]>();
let checkpoints: SignedCheckpoint[];
const found = new Map<string, number>();

beforeAll(async () => {
  await fillRecord(store);
  for (let i = 0; i < 4; i += 1) {
    await note(store.db, { kind: 'read', at: noon + i, person: 'auditor', what: { case: `T-${i}` } });
    await takeCheckpoint({ db: store.db, folder, key: readCheckpointKey(keyFile) }, Date.now());
  }
  checkpoints = await readCheckpoints(folder);
  const all = await columnsOf(store.owner);
  for (const table of tables) {
    const key = await sql<{ name: string }>`
      select a.attname as name from pg_index i cross join unnest(i.indkey) with ordinality k(n, place)
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.n
      where i.indisprimary and i.indrelid = ${table}::regclass order by k.place`.execute(store.owner);
    shapes.set(table, { columns: all.filter((column) => column.table === table), key: key.rows.map(({ name }) => name) });
    const kept = await sql<{ row: Row }>`select to_jsonb(t) as row from ${sql.table(table)} t`.execute(store.owner);
    rows.set(table, kept.rows.map(({ row }) => row)); // prettier-ignore
  }
});
afterAll(() => {
  rmSync(home, { recursive: true });
  process.stdout.write(`tamper: seed ${SEED}, ${JSON.stringify(Object.fromEntries(found))}\n`);
});

describe('what is held', () => {
  test('every table says how, or why not, and no column is left out that is not there', () => {
    expect(Object.keys(held).toSorted()).toEqual(Object.keys(columns).toSorted());
    for (const [table, how] of Object.entries(held)) {
      const { erase = [], mask = [], retain } = columns[table]!;
      if ('except' in how) expect([...erase, ...mask, ...retain]).toEqual(expect.arrayContaining(Object.keys(how.except)));
      // What is sealed for ever stands where it stood: an erasure must not look like a forgery.
      if ('proof' in how) expect(mask, table).toEqual([]);
    }
  });

  test('every row that has a proof gets it from its table', async () => {
    const { rows: triggers } = await sql<{ table: string; arguments: string }>`
      select tgrelid::regclass::text as table, encode(tgargs, 'escape') as arguments from pg_trigger t
      join pg_proc p on p.oid = t.tgfoid where p.proname = 'keep_proof' and tgenabled = 'O' order by 1`.execute(store.owner);
    const said = triggers.map((one) => [one.table, ...one.arguments.split('\\000').slice(0, 2)]);
    expect(said).toEqual(proved.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });

  test('every table has rows to be changed, and as it was written it verifies', async () => {
    for (const table of tables) expect(rows.get(table)!.length, table).toBeGreaterThan(1);
    expect((await auditProofs(store.db)).faults).toEqual([]);
    expect((await auditEntries(store.db)).faults).toEqual([]);
    expect(await auditLabels(store.db)).toEqual([]);
    expect((await auditJournals(store.db)).faults).toEqual([]);
    for (const number of CASES) expect((await auditCase(store.db, number)).faults).toEqual([]);
    expect(await faultsOfRecord(store.db, checkpoints)).toEqual([]);
  });
});

/** A text that no event names is no part of the record. */
const never: Readonly<Record<string, readonly Change['sort'][]>> = { document: ['copy'] };

function changeOf(c: Change): { readonly table: string; readonly change: Changed } | undefined {
  const table = tables[c.table % tables.length]!;
  if (never[table]?.includes(c.sort)) return undefined;
  const how = held[table]!;
  const open = 'except' in how ? Object.keys(how.except) : [];
  const change = changed(rows.get(table)!, shapes.get(table)!, open, c);
  return same(change.taken, change.put) ? undefined : { table, change };
}

const same = (a: readonly Row[], b: readonly Row[]): boolean => {
  const text = (of: readonly Row[]): string => of.map(canonicalJson).toSorted().join();
  return text(a) === text(b);
};

class Undone extends Error {}

/** What is found while the change stands; undefined: the schema itself refuses it. */
async function whileChanged<T>(table: string, { taken, put }: Changed, look: (trx: Trx) => Promise<T>): Promise<T | undefined> {
  let seen: T | undefined;
  const { key } = shapes.get(table)!;
  const work = store.owner.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    const { numAffectedRows } = await sql`delete from ${sql.table(table)} t using jsonb_populate_recordset(null::${sql.table(table)},
      ${JSON.stringify(taken)}::jsonb) r where ${sql.join(key.map((name) => sql`t.${sql.ref(name)} = r.${sql.ref(name)}`), sql` and `)}`.execute(trx); // prettier-ignore
    expect(Number(numAffectedRows)).toBe(new Set(taken).size);
    await sql`insert into ${sql.table(table)} overriding system value
      select * from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(put)}::jsonb)`.execute(trx);
    await sql`set constraints all immediate`.execute(trx);
    seen = await look(trx);
    throw new Undone();
  });
  await work.catch((error: unknown) => {
    const refused = ['23505', '23514', '23502'].includes(String((error as { code?: unknown }).code));
    if (!(error instanceof Undone) && !refused) throw error;
  });
  return seen;
}

/** Findings of the part of the audit that holds the table. */
async function findings(trx: Trx, table: string, { taken, put }: Changed): Promise<readonly object[]> {
  // A proof is of the table that it names.
  const of = table === 'row_proof' ? [...taken, ...put].map((row) => row['of']) : [table];
  switch (table) {
    case 'event':
    case 'document':
      return (
        await Promise.all(CASES.map(async (number) => (await auditCase(trx, number)).faults.map((fault) => ({ number, ...fault }))))
      ).flat();
    case 'journal':
      return (await auditJournals(trx)).faults;
    case 'entry':
    case 'entry_version':
      return [...(await auditEntries(trx)).faults, ...(await auditLabels(trx))];
    default:
      return (await auditProofs(trx, proved.filter(([name]) => of.includes(name)))).faults; // prettier-ignore
  }
}

/** What a finding must name of one of the rows: the chain it is in. */
function placeOf(table: string, row: Row): string[] {
  const how = held[table]!;
  if ('proof' in how) return how.proof.named.split(',').map((name) => String(row[name]));
  const of: Readonly<Record<string, readonly string[]>> = {
    event: ['case_number'],
    document: [],
    journal: ['chain'],
    entry: ['id'],
    entry_version: ['id'],
    row_proof: ['of', 'thing'],
  };
  return of[table]!.map((name) => String(row[name]));
}

test(`${RUNS.toLocaleString('en')} random changes of the record are found, each by its place`, { timeout: RUNS * 300 }, async () => {
  const changes = fc.sample(randomChange, { numRuns: RUNS * 2, seed: SEED });
  const missed: string[] = [];
  let done = 0;
  for (const c of changes) {
    if (done === RUNS) break;
    const one = changeOf(c);
    if (one === undefined) continue;
    const { table, change } = one;
    const told = await whileChanged(table, change, async (trx) => {
      const faults = await findings(trx, table, change);
      return faults.length > 0 ? faults : faultsOfRecord(trx, checkpoints);
    });
    if (told === undefined) continue;
    done += 1;
    found.set(table, (found.get(table) ?? 0) + 1);
    const places = [...change.taken, ...change.put].map((row) => placeOf(table, row));
    const said = JSON.stringify(told);
    const isNamed = told.length > 0 && places.some((names) => names.every((name) => said.includes(JSON.stringify(name).slice(1, -1))));
    if (!isNamed) missed.push(`seed ${SEED}: ${table} ${c.sort} ${JSON.stringify(change).slice(0, 2_000)}: ${said.slice(0, 500)}`);
  }
  expect(missed).toEqual([]);
  expect(done).toBe(RUNS);
  expect([...found.keys()].toSorted()).toEqual(tables.toSorted());
});

test('the audit as a whole goes to its end whatever was changed, and finds it', { timeout: RUNS * 120 }, async () => {
  const all = async (trx: Trx): Promise<string[]> => {
    const lines: string[] = [];
    await auditAll({ db: trx, client: undefined, folder, publicKeyFile: keyFile, only: undefined }, (_, text) => lines.push(text));
    return lines;
  };
  const before = new Set(await store.owner.transaction().execute(all));
  for (const c of fc.sample(randomChange, { numRuns: RUNS / 50, seed: SEED + 1 })) {
    const one = changeOf(c);
    const lines = one && (await whileChanged(one.table, one.change, all));
    if (lines === undefined) continue;
    expect(lines.filter((line) => !before.has(line)), `seed ${SEED}: ${JSON.stringify(one)}`).not.toEqual([]); // prettier-ignore
  }
});

// That the last ones were taken away, no checkpoint shows: they are kept where nobody takes them away (docs/operating.md).
test(`${(RUNS / 5).toLocaleString('en')} random changes of the checkpoints are found`, () => {
  const key = readPublicKey(keyFile);
  const isFound = (forged: readonly SignedCheckpoint[]): boolean => {
    try {
      return faultsOfCheckpoints(forged.map((one) => readCheckpoint(JSON.stringify(one))), key).length > 0; // prettier-ignore
    } catch {
      return true; // said of the file: it is no checkpoint
    }
  };
  expect(isFound(checkpoints)).toBe(false);
  for (const { sort, row, other, place, by } of fc.sample(randomChange, { numRuns: RUNS / 5, seed: SEED + 2 })) {
    const [i, j] = [row % (checkpoints.length - 1), other % checkpoints.length];
    const forged =
      {
        delete: () => checkpoints.toSpliced(i, 1),
        copy: () => checkpoints.toSpliced(j, 0, checkpoints[i]!),
        swap: () => checkpoints.with(i, checkpoints[j]!),
        reorder: () => checkpoints.with(i, checkpoints[j]!).with(j, checkpoints[i]!),
      }[sort as string] ?? (() => checkpoints.with(j, alteredLeaf(checkpoints[j], place, by) as SignedCheckpoint));
    if (JSON.stringify(forged()) === JSON.stringify(checkpoints)) continue;
    expect(isFound(forged()), `seed ${SEED}: ${sort} ${i} ${j} ${place} ${by}`).toBe(true);
  }
});
