/** Whether a buyer's licence, as the customer file has it, allows what a contract claims (ISO 13485 text, 5.1.5). Pure. */
import { dayFromDate } from '../time.ts';
import type { Day } from '../civil.ts';
import type { EntryBody } from './read-entry.ts';

export type LicenceFault = 'none' | 'another' | 'expired';

/** Undefined = in order: the file has the licence that is claimed, and its last day has not passed. */
export function licenceFault({ licence, licenceUntil }: EntryBody, claimed: string, on: Day): LicenceFault | undefined {
  if (typeof licence !== 'string') return 'none';
  if (licence !== claimed) return 'another';
  return typeof licenceUntil === 'string' && dayFromDate(licenceUntil) < on ? 'expired' : undefined;
}
