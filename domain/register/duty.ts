/** Who takes repair requests at an outlet (GB/T 27922, line 12). Pure. */
import { parseBeijing, type Instant } from '../time.ts';
import type { EntryBody } from './read-entry.ts';

/** People on duty at that instant, in the order of the roster; `until` is no longer theirs. Empty = nobody. */
export function onDuty({ roster }: EntryBody, at: Instant): string[] {
  if (!Array.isArray(roster)) return [];
  const rows = roster as readonly { readonly person: string; readonly from: string; readonly until: string }[];
  return rows.filter(({ from, until }) => parseBeijing(from) <= at && at < parseBeijing(until)).map(({ person }) => person);
}
