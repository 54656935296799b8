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
