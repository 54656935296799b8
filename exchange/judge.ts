/** What each row would become, looking at what the register holds: new, changed, the same, or not taken and why. Reads only. */
import type { Db, Trx } from '../db/database.ts';
import { unknownEntryFiles } from '../db/files.ts';
import { keyedWords, type Keyed } from '../db/personal.ts';
import { seenAmong } from '../db/read/entries.ts';
import { byRowKey, keyHolders, knownEntries, namable, notTheirs, type KnownEntry } from '../db/read/imports.ts';
import type { Naming } from '../db/read/scope.ts';
import { canonicalJson } from '../domain/canonical.ts';
import { filesNamed } from '../domain/form.ts';
import { refsOf, type RegisterDef } from '../domain/register/definition.ts';
import { keysOf, type EntryBody } from '../domain/register/read-entry.ts';
import type { Headings } from './headings.ts';
import { headingOf, say, type RowFault } from './read-row.ts';
import type { ReadRow } from './read-rows.ts';

export type Judged =
  | { readonly became: 'bad'; readonly line: number; readonly faults: readonly RowFault[] }
  | { readonly became: 'same'; readonly line: number }
  | { readonly became: 'new'; readonly line: number; readonly body: EntryBody; readonly key?: string }
  | { readonly became: 'changed'; readonly line: number; readonly body: EntryBody; readonly id: string; readonly version: number };

/**
 * @param ids of the whole file, with the line of each: a row may name one before it
 * @param writer who imports: a row may name files that they have sent, or that its entry has, and touches only what they see
 */
export async function judge(
  db: Db | Trx,
  def: RegisterDef,
  headings: Headings,
  rows: readonly ReadRow[],
  ids: ReadonlyMap<string, number>,
  { person, naming }: Writer,
): Promise<Judged[]> {
  const by = naming?.scope;
  const good = rows.flatMap(({ body, id }) => (body === undefined ? [] : [{ body, id }]));
  const known = await knownEntries(db, def.id, good.flatMap(({ id }) => id ?? [])); // prettier-ignore
  const whole = rows.map((row) => (row.body === undefined ? undefined : withKept(headings, row.body, known.get(row.id ?? ''))));
  const bodies = whole.filter((body) => body !== undefined);
  const holders = await keyHolders(db, def.id, bodies.flatMap((body) => keysOf(def, body))); // prettier-ignore
  const there = await namable(db, bodies.flatMap((body) => refsOf(def.fields, body)), naming); // prettier-ignore
  const keyed = await keyedWords(db);
  const earlier = await byRowKey(db, def.id, rows.flatMap((row) => (hasNoId(row) ? [rowKey(keyed, def, row)] : []))); // prettier-ignore
  const foreign = await foreignAmong();
  const seen = await seenOf([...holders.values(), ...earlier.values(), ...known.keys()]);
  const missing: (readonly RowFault[])[] = [];
  for (const [i, { id }] of rows.entries()) missing.push(await filesMissing(whole[i], known.has(id ?? '') ? id : undefined));
  return rows.map((row, i): Judged => {
    const { line, id } = row;
    const body = whole[i];
    if (body === undefined) return { became: 'bad', line, faults: row.faults };
    const found = known.get(id ?? '');
    // A number is ours to give: of one that is not theirs to see it is as if we had not given it.
    if (!hasNoId(row) && def.key === undefined && (found === undefined || !seen(found.id)))
      return { became: 'bad', line, faults: [nobody(headings)] };
    if (foreign.has(row)) return { became: 'bad', line, faults: [notYours()] };
    if (hasNoId(row)) {
      const key = rowKey(keyed, def, row);
      const before = earlier.get(key);
      if (before !== undefined) return seen(before) ? { became: 'same', line } : { became: 'bad', line, faults: [notYours()] };
      const faults = [...faultsOf(body, undefined, line), ...(missing[i] ?? [])];
      return faults.length > 0 ? { became: 'bad', line, faults } : { became: 'new', line, body, key };
    }
    if (found?.status === 'withdrawn') return { became: 'bad', line, faults: [withdrawn(headings, def)] };
    if (found !== undefined && sameAs(found.body, body)) return { became: 'same', line };
    const faults = [...faultsOf(body, id, line), ...(missing[i] ?? [])];
    if (faults.length > 0) return { became: 'bad', line, faults };
    return found === undefined ? { became: 'new', line, body } : { became: 'changed', line, body, id: found.id, version: found.version };
  });

  async function foreignAmong(): Promise<ReadonlySet<ReadRow>> {
    if (by === undefined) return new Set();
    const looked = rows.flatMap((row, i) => (whole[i] === undefined ? [] : [{ row, id: row.id, body: whole[i] }]));
    const theirs = await notTheirs(db, by, def, looked);
    return new Set(looked.filter((_, i) => theirs.has(i)).map(({ row }) => row));
  }

  async function seenOf(entries: readonly string[]): Promise<(id: string) => boolean> {
    if (by === undefined) return () => true;
    const those = new Set(await seenAmong(db, by, def, entries));
    return (id) => those.has(id);
  }

  async function filesMissing(body: EntryBody | undefined, entry: string | undefined): Promise<RowFault[]> {
    const named = body === undefined ? [] : filesNamed(def.fields, body);
    if (named.length === 0) return [];
    const hashes = [...new Set(named.map(({ hash }) => hash))];
    const unknown = new Set(await unknownEntryFiles(db, def.id, entry, hashes, person));
    return named.filter(({ hash }) => unknown.has(hash)).map(({ path, hash }) => fileLost(headings, path, hash));
  }

  function faultsOf(body: EntryBody, own: string | undefined, line: number): RowFault[] {
    const taken = keysOf(def, body).flatMap(({ name, value }) => {
      const holder = holders.get(`${name}\n${value}`);
      if (holder === undefined || holder === own) return [];
      return [seen(holder) ? takenBy(headings, name, holder) : notYours(columnOf(headings, name))];
    });
    // What it names already it goes on naming.
    const kept = new Set(refsOf(def.fields, known.get(own ?? '')?.body ?? {}).map(({ register, id }) => `${register} ${id}`));
    const lost = refsOf(def.fields, body)
      .filter(
        ({ register, id }) =>
          !kept.has(`${register} ${id}`) && !there.has(`${register} ${id}`) && !(register === def.id && (ids.get(id) ?? line) < line),
      )
      .map(({ field, register, id }) => refLost(headings, field, `${register} ${id}`));
    return [...taken, ...lost];
  }
}

/** Who imports; without `naming` it is the company's own work, which sees all. */
export interface Writer {
  readonly person: string;
  readonly naming?: Naming | undefined;
}

const hasNoId = ({ body, id }: ReadRow): boolean => body !== undefined && id === undefined;

/** The same row in whatever file is the same entry; of rows alike in one file each is one of its own. */
const rowKey = (keyed: Keyed, def: RegisterDef, { body, likeBefore }: ReadRow): string =>
  `import/${def.id}/${keyed('imported row', canonicalJson(body))}/${likeBefore}`;

/** Columns that the file does not have stay as they are; an empty cell clears. */
function withKept({ fields }: Headings, body: EntryBody, known: KnownEntry | undefined): EntryBody {
  if (known === undefined) return body;
  const here = new Set([...fields.values()].map(({ name }) => name));
  return { ...Object.fromEntries(Object.entries(known.body).filter(([name]) => !here.has(name))), ...body };
}

/** Blanks around a text and the kind of its line ends do not survive a table: they make no change. */
const sameAs = (one: EntryBody, other: EntryBody): boolean => canonicalJson(tidy(one)) === canonicalJson(tidy(other));

function tidy(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(/\r\n?/g, '\n').trim();
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, tidy(one)]));
}

const columnOf = (headings: Headings, name: string): string =>
  name.split('+').map((one) => headingOf(headings, one)).join('+'); // prettier-ignore

/** The same words whether there is an entry that the writer does not see, or there would be one. @param column absent: the row as a whole */
export const notYours = (column?: string): RowFault => ({
  ...(column === undefined ? {} : { column }),
  what: say('不属于您可登记的范围', 'is not yours to enter'),
  remedy: say('请更正,或请管辖该处的岗位登记', 'correct it, or have it entered by whoever holds the role there'),
});

export const takenBy = (headings: Headings, name: string, by: string): RowFault => ({
  column: columnOf(headings, name),
  what: say(`与已有登记 ${by} 重复`, `is that of entry ${by} already`),
  remedy: say(`请更正,或修改 ${by}`, `correct it, or change ${by}`),
});

export const refLost = (headings: Headings, field: string, to: string): RowFault => ({
  column: headingOf(headings, field),
  what: say(`没有此登记:${to}`, `names an entry that is not there: ${to}`),
  remedy: say('请先登记它,或更正编号', 'enter that first, or correct the id'),
});

const fileLost = (headings: Headings, path: string, hash: string): RowFault => ({
  column: headingOf(headings, path),
  what: say(`没有此文件:${hash}`, `names a file that is not there: ${hash}`),
  remedy: say('请先上传该文件', 'send that file first'),
});

const withdrawn = (headings: Headings, def: RegisterDef): RowFault => ({
  column: def.key === undefined ? (headings.id ?? '') : headingOf(headings, def.key),
  what: say('该登记已撤销', 'names an entry that is withdrawn'),
  remedy: say('请用新的编号登记', 'enter it under a new id'),
});

const nobody = (headings: Headings): RowFault => ({
  column: headings.id ?? '',
  what: say('没有此编号的登记', 'is the number of no entry'),
  remedy: say('新登记请清空该单元格,编号由系统给出', 'leave it empty for a new entry: it gets a number'),
});
