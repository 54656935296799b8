/** The decision-relevant facts of the cement maker's forms. A text is only `true`, "it is there"; its wording is not here. */
import type { RoleId } from '../../domain/pack.ts';

export interface Intake {
  readonly siteServiceNeeded?: boolean;
  /** Somebody is complained about, so they too are asked. */
  readonly respondent?: true;
}

export interface SiteJudgement {
  readonly needed: boolean;
  readonly reason?: true;
}

export interface SiteRecord {
  readonly sampled: boolean;
  readonly sampledBy?: readonly RoleId[];
  readonly dataGivenInWriting: boolean;
}

export interface Analysis {
  readonly cause: 'quality' | 'nonQuality' | 'other';
  readonly ourFault: boolean;
  readonly humanCause?: string;
  readonly reasonable?: boolean;
  readonly analysedBy: readonly RoleId[];
  readonly reportedTo?: readonly RoleId[];
}

export interface Explanation {
  readonly appraisal?: true;
  readonly grounds?: true;
  readonly attachment?: string;
}

export interface Severity {
  readonly severity: string;
}

export interface Departments {
  readonly departments: readonly RoleId[];
}

export interface Solution {
  readonly discussedBy: readonly RoleId[];
}

export interface Agreement {
  readonly agreed: boolean;
}

export interface BuilderAcceptance {
  readonly accepted: boolean;
}

export interface Meeting {
  readonly notifyAuthorities: boolean;
}

export interface Opinion {
  readonly signed: boolean;
  readonly handedTo: string;
}

export interface Reply {
  readonly written: boolean;
}

export interface Effect {
  readonly effective: boolean;
}

export interface Release {
  readonly demandMet: boolean;
}

export interface Satisfaction {
  readonly complainantSatisfied: boolean;
  readonly respondentSatisfied?: boolean;
}
