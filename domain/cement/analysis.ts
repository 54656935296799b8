/** Cause and responsibility (二(二)2): who analyses, what goes together, what must be shown when we are not the cause. */
import { refuse, type Refusal } from '../errors.ts';
import type { RoleId } from '../pack.ts';

export interface Findings {
  readonly cause: 'quality' | 'nonQuality' | 'other';
  readonly ourFault: boolean;
  readonly humanCause?: string;
  readonly reasonable?: boolean;
  readonly analysedBy: readonly RoleId[];
}

/**
 * Quality inspection and production analyse together, whatever the cause [CEM.P4]. A human cause belongs to a complaint that is
 * not about quality; what we caused is not called unreasonable.
 */
export function checkAnalysis({ cause, ourFault, humanCause, reasonable, analysedBy }: Findings): Refusal | undefined {
  const missing = ['quality', 'safetyProduction'].find((role) => !analysedBy.includes(role));
  if (missing !== undefined) return refuse('participant-missing', missing);
  if (humanCause !== undefined && cause !== 'nonQuality') return refuse('bad-facts', 'humanCause');
  return ourFault && reasonable === false ? refuse('bad-facts', 'reasonable') : undefined;
}

/** The customer was shown the appraisal and its grounds: as a document, or both in words. */
export function shown({ appraisal, grounds, attachment }: { appraisal?: true; grounds?: true; attachment?: string }): boolean {
  return attachment !== undefined || (appraisal === true && grounds === true);
}
