/** The decision-relevant facts of the default pack's forms. */
import type { Fen } from '../../domain/money.ts';
import type { Instant } from '../../domain/time.ts';

export interface Intake {
  readonly boughtAt?: Instant;
}

export interface Reply {
  /** The customer needs no more. */
  readonly settled: boolean;
}

export interface Solution {
  readonly solution: 'solved' | 'technician' | 'takeBack' | 'replace' | 'refund' | 'answer';
}

export interface Visit {
  readonly repaired: boolean;
  readonly customerTrained?: boolean;
}

export interface Goods {
  readonly way: 'takeBack' | 'replace';
  readonly withinRules: boolean;
}

export interface Refund {
  readonly amount: Fen;
}

export interface Confirmation {
  readonly satisfied: boolean;
}
