/** Instants as they go out. */
import { isoBeijing, type Instant } from '../../domain/time.ts';

export const iso = (at: Instant): string => isoBeijing(at);
export const isoOrNull = (at: Instant | undefined): string | null => (at === undefined ? null : isoBeijing(at));
export const isoOfDate = (at: Date | null): string | null => (at === null ? null : isoBeijing(at.getTime()));
