/** The joint survey sheet 《现场勘察会签表》: who must sign, and what follows from it (3.4.5). */
import { refuse, type Refusal } from '../errors.ts';
import type { Fen } from '../money.ts';
import type { RoleId } from '../pack.ts';
import type { Instant } from '../time.ts';

export interface SurveySheet {
  readonly signedBy: readonly RoleId[];
  readonly absent: readonly RoleId[];
  /** On the sheet, else the provisional one of the intake; undefined = unknown. */
  readonly estimate?: Fen;
  readonly occurredAt: Instant;
}

export interface Invitation {
  readonly invitedFor: Instant;
}

/**
 * Who must sign: the service department, engineering or the property company (one of the two suffices), the team leader,
 * and above the bound, or while no estimate is known, the builder [CS19.X13]. A builder that was invited and did not come may
 * be noted absent from the invited time on [CS19.X14].
 */
export function checkSurvey(sheet: SurveySheet, builderNotNeededUpTo: Fen, invitation?: Invitation): Refusal | undefined {
  const signed = (role: RoleId): boolean => sheet.signedBy.includes(role);
  if (!signed('customerService')) return refuse('survey-incomplete', 'customerService');
  if (!signed('engineering') && !signed('property')) return refuse('survey-incomplete', 'engineering | property');
  if (!signed('teamLeader')) return refuse('survey-incomplete', 'teamLeader');
  if (signed('builder') || !builderRequired(sheet.estimate, builderNotNeededUpTo)) return undefined;
  if (!sheet.absent.includes('builder')) return refuse('survey-incomplete', 'builder');
  return invitation !== undefined && sheet.occurredAt >= invitation.invitedFor ? undefined : refuse('builder-not-invited');
}

/** Up to the bound the builder need not attend; over it, or with no estimate known, he does [CS19.T6]. */
export function builderRequired(estimate: Fen | undefined, notNeededUpTo: Fen): boolean {
  return estimate === undefined || estimate > notNeededUpTo;
}

/** Class A is warranty work that the builder pays in the end; unclear starts as B and may be re-classed [CS19.X19]. */
export function orderClass(responsible: string, stated?: string): 'A' | 'B' {
  if (stated === 'A' || stated === 'B') return stated;
  return responsible === 'builder' ? 'A' : 'B';
}
