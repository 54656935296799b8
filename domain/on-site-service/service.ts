/** Rules of the on-site service's forms (6.5.2, 6.5.3). */
import { refuse, type Refusal } from '../errors.ts';
import type { Instant } from '../time.ts';

export interface Verification {
  readonly degree: 'full' | 'partly' | 'missed';
  readonly again?: boolean;
}

/** The times of a service record: it began before it ended, and it had ended when the record was filled in. */
export function checkTimes(
  { startedAt, finishedAt }: { readonly startedAt?: Instant; readonly finishedAt: Instant },
  filledAt: Instant,
): Refusal | undefined {
  if (finishedAt > filledAt) return refuse('bad-facts', 'finishedAt');
  return startedAt !== undefined && startedAt > finishedAt ? refuse('bad-facts', 'startedAt') : undefined;
}

/** A goal that was met in full needs no further service. */
export function checkVerification({ degree, again }: Verification): Refusal | undefined {
  return degree === 'full' && again ? refuse('bad-facts', 'again') : undefined;
}
