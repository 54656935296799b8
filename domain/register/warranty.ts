/** What the registers say of a warranty and of a promise. Advisory: the person decides. Pure. */
import { addMonths, type Day } from '../civil.ts';
import { dateOf, dayFromDate } from '../time.ts';
import type { EntryBody } from './read-entry.ts';

/** Last day of the warranty, `2026-09-30`: as it is entered, or months counted from the sale. Undefined = the entry does not say. */
export function warrantyUntil({ warrantyUntil: until, soldOn, warrantyMonths }: EntryBody): string | undefined {
  if (typeof until === 'string') return until;
  if (typeof soldOn !== 'string' || typeof warrantyMonths !== 'number') return undefined;
  return dateOf(addMonths(dayFromDate(soldOn), warrantyMonths));
}

/** The last day is still within. Undefined = the entry does not say. */
export function isUnderWarranty(body: EntryBody, on: Day): boolean | undefined {
  const until = warrantyUntil(body);
  return until === undefined ? undefined : on <= dayFromDate(until);
}

/** Days by which a promised delivery was, or is on that day, late: 0 = in time. Undefined = no date was promised. */
export function daysLate({ promisedDate, deliveredOn }: EntryBody, on: Day): number | undefined {
  if (typeof promisedDate !== 'string') return undefined;
  const done = typeof deliveredOn === 'string' ? dayFromDate(deliveredOn) : on;
  return Math.max(0, done - dayFromDate(promisedDate));
}
