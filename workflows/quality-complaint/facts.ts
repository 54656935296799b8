/** The decision-relevant facts of the complaint's forms. Wording is not here: of a text the case knows only that it is filled in. */
import type { Fen } from '../../domain/money.ts';
import type { RoleId } from '../../domain/pack.ts';

export interface Reply {
  readonly understood: boolean;
  readonly grounds?: true;
}

export interface Heads {
  readonly department: RoleId;
  readonly acceptingPerson: string;
  readonly personInCharge: string;
  readonly invited?: readonly RoleId[];
}

export interface PlanFacts {
  readonly claim?: boolean;
  readonly claimAmount?: Fen;
}

export interface CarryOut {
  readonly lossMadeGood?: true;
}

export interface Confirmation {
  readonly confirmed: boolean;
}

export interface Opinion {
  readonly satisfied: boolean;
  readonly backTo?: 'meeting' | 'plan';
}

export interface Suggestion {
  readonly adopted: boolean;
  readonly forwardedTo?: readonly RoleId[];
}
