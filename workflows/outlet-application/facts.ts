/** The decision-relevant facts of an outlet's forms. Money is fen; addresses and names of contractors are not here. */
import type { Fen } from '../../domain/money.ts';

export interface Application {
  readonly outlet: string;
  readonly funds: Fen;
}

export interface Confirmation {
  readonly confirmed: boolean;
}

export interface Assessment {
  readonly assessed: boolean;
}

export interface Funds {
  readonly amount: Fen;
}

export interface Tender {
  readonly kind?: string;
}

export interface Contractors {
  readonly contractors: readonly string[];
}

export interface Review {
  readonly contractor: string;
  readonly passed: boolean;
}
