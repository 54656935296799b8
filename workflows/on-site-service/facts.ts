/** The decision-relevant facts of the on-site service's forms. Money is fen, instants epoch milliseconds. */
import type { Fen } from '../../domain/money.ts';
import type { Instant } from '../../domain/time.ts';

export interface ServiceRequest {
  readonly customerKind: 'new' | 'existing';
}

export interface ServiceNotice {
  readonly plannedFor: Instant;
  readonly productionStaffNeeded?: boolean;
  readonly charged?: boolean;
}

export interface ServiceRecord {
  readonly startedAt?: Instant;
  readonly finishedAt: Instant;
  readonly customerTrained?: boolean;
  readonly repair?: boolean;
  readonly charge?: Fen;
}
