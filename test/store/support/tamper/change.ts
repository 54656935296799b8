/** One random change of a table's rows, of every sort there is. Pure: rows are as `to_jsonb` gives them. */
import fc from 'fast-check';
import type { Column } from './record.ts';

export type Row = Readonly<Record<string, unknown>>;

/** Columns of a table, and which of them are its primary key. */
export interface Shape {
  readonly columns: readonly Column[];
  readonly key: readonly string[];
}

const nat = fc.nat({ max: 1_000_000 });
export const randomChange = fc.record({
  sort: fc.constantFrom('value', 'value', 'value', 'swap', 'reorder', 'delete', 'copy', 'cut'),
  table: nat,
  row: nat,
  other: nat,
  column: nat,
  place: nat,
  by: nat,
});
export type Change = typeof randomChange extends fc.Arbitrary<infer T> ? T : never;

export interface Changed {
  readonly taken: readonly Row[];
  readonly put: readonly Row[];
}

const pick = <T>(from: readonly T[], n: number): T => from[n % from.length]!;

/** @param open columns that may change unseen */
export function changed(rows: readonly Row[], { columns, key }: Shape, open: readonly string[], c: Change): Changed {
  const [row, other] = [pick(rows, c.row), pick(rows, c.other)];
  const column = pick(columns.filter(({ name }) => !open.includes(name)), c.column); // prettier-ignore
  switch (c.sort) {
    case 'value':
      return { taken: [row], put: [{ ...row, [column.name]: altered(row[column.name], column, c) }] };
    case 'swap':
      return exchanged(row, other, [column.name]);
    case 'reorder': // each in the other's place
      return exchanged(row, other, key);
    case 'delete':
      return { taken: [row], put: [] };
    case 'copy':
      return { taken: [], put: [{ ...row, ...fresh(rows, row, columns, key) }] };
    default: {
      const about = key.slice(0, -1);
      const chain = rows.filter((one) => about.every((name) => one[name] === row[name]));
      return { taken: chain.slice(-1 - (c.by % chain.length)), put: [] };
    }
  }
}

function exchanged(a: Row, b: Row, names: readonly string[]): Changed {
  const of = (from: Row): Row => Object.fromEntries(names.map((name) => [name, from[name]]));
  return { taken: [a, b], put: [{ ...a, ...of(b) }, { ...b, ...of(a) }] }; // prettier-ignore
}

/** A key of its own behind the last, and texts that are unique made so. */
function fresh(rows: readonly Row[], row: Row, columns: readonly Column[], key: readonly string[]): Row {
  const last = key.at(-1)!;
  const taken = columns.filter(({ name, type }) => name === 'key' && type === 'text' && row[name] !== null).map(({ name }) => name);
  const next = typeof row[last] === 'number' ? Math.max(...rows.map((one) => Number(one[last]))) + 1 : `${String(row[last])}x`;
  return { ...Object.fromEntries(taken.map((name) => [name, `${String(row[name])}x`])), [last]: next };
}

function altered(value: unknown, { type, nullable }: Column, { place, by }: Change): unknown {
  if (nullable && value !== null && by % 10 === 0) return null;
  switch (type) {
    case 'int4':
    case 'int8':
      return Number(value ?? 0) + 1 + (by % 1_000);
    case 'bool':
      return value !== true;
    case 'timestamptz':
      return new Date(new Date((value as string | null) ?? 0).getTime() + 1 + by).toISOString();
    case 'json':
    case 'jsonb':
      return alteredLeaf(value, place, by);
    case 'bytea':
      return `\\x${flipped(String(value).slice(2), place, '0123456789abcdef', by)}`;
    case '_text':
      return by % 2 === 0 ? [...((value as unknown[] | null) ?? []), 'more'] : [];
    default:
      return value === null ? 'x' : alteredText(value as string, place, by);
  }
}

function alteredText(text: string, place: number, by: number): string {
  switch (by % 4) {
    case 0:
      return `${text}x`;
    case 1:
      return text.slice(0, -1);
    default:
      return text === '' ? 'x' : flipped(text, place, 'abcdefghij0123456789', by);
  }
}

function flipped(text: string, place: number, alphabet: string, by: number): string {
  const letters = Array.from(text);
  const at = place % letters.length;
  const others = Array.from(alphabet).filter((letter) => letter !== letters[at]);
  return letters.with(at, pick(others, by)).join('');
}

/** One leaf of a JSON value set to something else, or a field of it taken away. */
export function alteredLeaf(value: unknown, place: number, by: number): unknown {
  const leaves: (readonly string[])[] = [];
  const walk = (node: unknown, way: readonly string[]): void => {
    if (typeof node !== 'object' || node === null) return void leaves.push(way);
    for (const [name, inner] of Object.entries(node)) walk(inner, [...way, name]);
  };
  walk(value, []);
  if (leaves.length === 0) return 'x';
  const way = pick(leaves, place);
  if (way.length === 0) return alteredScalar(value, place, by);
  const copy = structuredClone(value);
  let node = copy as Record<string, unknown>;
  for (const name of way.slice(0, -1)) node = node[name] as Record<string, unknown>;
  const last = way.at(-1)!;
  if (by % 5 === 0 && !Array.isArray(node)) delete node[last];
  else node[last] = alteredScalar(node[last], place, by);
  return copy;
}

function alteredScalar(value: unknown, place: number, by: number): unknown {
  if (typeof value === 'number') return value + 1 + by;
  if (typeof value === 'boolean') return !value;
  return typeof value === 'string' ? alteredText(value, place, by) : 'x';
}
