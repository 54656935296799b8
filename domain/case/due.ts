/** One thing that falls due in a case, and what is next in one clock. */
import type { CalendarDays } from '../calendar.ts';
import type { PackRules } from '../pack.ts';
import type { Instant } from '../time.ts';
import type { EventData } from './event.ts';
import type { Warning } from './ladder.ts';
import type { CaseState, ClockState } from './state.ts';

/** The kinds of event a passing instant brings about by itself. */
export type DueKind = 'warned' | 'clock-breached' | 'notified' | 'escalated' | 'reminded' | 'skipped' | 'digested';
/** `at` is when it may be acted on; `occurredAt` is the instant it stands for (a breach: the due instant itself). */
export type Due = {
  [K in DueKind]: {
    readonly kind: K;
    readonly at: Instant;
    readonly occurredAt: Instant;
    readonly clause?: string;
    readonly data: EventData[K];
  };
}[DueKind];

/** What is next in one clock. */
export type Next =
  | { readonly what: 'reminder' | 'breach' | 'rung'; readonly at: Instant }
  | { readonly what: 'warning'; readonly at: Instant; readonly warning: Warning }
  | { readonly what: 'repeat'; readonly at: Instant; readonly repeat: NonNullable<ClockState['repeats']>[number] };

/** What dues are reckoned from. */
export interface Under {
  readonly state: CaseState;
  readonly rules: PackRules;
  readonly calendar: CalendarDays;
}
