/** The decision-relevant facts of the repair's forms. Money is fen, instants epoch milliseconds, wording is not here. */
import type { Fen } from '../../domain/money.ts';
import type { RoleId } from '../../domain/pack.ts';
import type { Instant } from '../../domain/time.ts';

export interface Intake {
  readonly provisionalEstimate?: Fen;
  readonly unit?: string;
  readonly office?: string;
}

export interface Survey {
  readonly trades: 'single' | 'multi';
  readonly complex?: boolean;
  readonly signedBy: readonly RoleId[];
  readonly absent?: readonly RoleId[];
  readonly responsible: 'builder' | 'company' | 'unclear';
  readonly estimate?: Fen;
  readonly orderClass?: 'A' | 'B';
}

export interface Extension {
  readonly until: Instant;
  readonly complex?: boolean;
  readonly consentAt?: Instant;
  readonly evidence?: true;
}

export interface Completion {
  readonly acceptedBy: readonly RoleId[];
  readonly customerSigned: boolean;
}

export interface FollowUp {
  readonly satisfied: boolean;
}

export interface Amount {
  readonly amount: Fen;
}

export interface Audit {
  readonly auditedAmount: Fen;
}

export interface Confirmation {
  readonly confirmed: boolean;
}
