/** Where a page ends, as an opaque text: the sort values of its last row. It grants nothing, so it is not signed. */
import type { z } from 'zod';
import { Problem } from '../problems/problem.ts';

export function toCursor(value: unknown): string {
  return Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
}

/** @throws Problem bad-cursor, also for a cursor of another list or sort */
export function fromCursor<T extends z.ZodType>(schema: T, cursor: string | undefined): z.output<T> | undefined {
  if (cursor === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new Problem('bad-cursor');
  }
}

/** One row more than asked for tells whether there is a next page, without counting. */
export function page<R>(rows: readonly R[], limit: number, cursorOf: (last: R) => unknown): { items: readonly R[]; next: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? toCursor(cursorOf(last)) : null };
}

/** The same as what a list hands over. @param view what becomes of a row */
export function cut<R, A, I = R>(
  rows: readonly R[],
  limit: number,
  after: (last: R) => A,
  view: (row: R) => I = (row) => row as unknown as I,
): { readonly items: I[]; readonly after: A | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(view), after: rows.length > limit && last !== undefined ? after(last) : null };
}
