/** Whose data is asked to be erased, and what stands in the way. Pure. */
import type { Retention } from './pack-duties.ts';
import { dateOf, dayOf, type Instant } from './time.ts';

/** A customer file or another entry with all that names it, or one case, or somebody who signs in. */
export type ErasureOf =
  | { readonly what: 'entry'; readonly register: string; readonly id: string }
  | { readonly what: 'case'; readonly number: string }
  | { readonly what: 'person'; readonly person: string };

const SHAPE = /^(?:(case|person):)?([A-Za-z0-9_][A-Za-z0-9_.@-]{0,63})(?:\/([A-Za-z0-9][A-Za-z0-9_.-]{0,63}))?$/;

/** `customers/KH-2026-00001`, `case:CS19-2026-000001` or `person:w.li`; undefined for anything else. */
export function readErasureOf(text: string): ErasureOf | undefined {
  const [, what, name, id] = SHAPE.exec(text) ?? [];
  if (name === undefined) return undefined;
  if (what === undefined) return id === undefined ? undefined : { what: 'entry', register: name, id };
  if (id !== undefined) return undefined;
  return what === 'case' ? { what, number: name } : { what: 'person', person: name };
}

/**
 * The day from which something need not be kept any more; undefined when nothing is said of it.
 * @param retention of a pack for its closed cases, of a register for its entries
 * @param from when it was closed, or changed last
 */
export function keptUntil(retention: Retention | { readonly years: number } | undefined, from: Instant): string | undefined {
  if (retention === undefined || !('years' in retention) || retention.years === undefined) return undefined;
  const closed = dateOf(dayOf(from));
  const year = String(Number(closed.slice(0, 4)) + retention.years);
  // 29 February ends on 1 March of a year that has none.
  const day = closed.slice(5) === '02-29' && !isLeap(Number(year)) ? '03-01' : closed.slice(5);
  return `${year}-${day}`;
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
