/** The decision-relevant facts of a corrective action. */
import type { RoleId } from '../../domain/pack.ts';
import type { Instant } from '../../domain/time.ts';

export interface Assignment {
  readonly owner: RoleId;
  readonly dueAt: Instant;
}

export interface Verification {
  readonly carriedOut: boolean;
  /** When the effect is looked at; needed where it was carried out. */
  readonly effectCheckAt?: Instant;
}

export interface Effect {
  readonly effective: boolean;
}
