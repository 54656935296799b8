/** The decision-relevant facts of each form of the feedback. Texts and personal data stay in the documents. */
import type { ContentGroup } from '../../domain/customer-feedback/routing.ts';
import type { Harm } from '../../domain/customer-feedback/statutory.ts';
import type { RoleId } from '../../domain/pack.ts';

export type FeedbackClass = 'general' | 'important' | 'complaint';

export interface Intake {
  /** At first sight; the classification may change it. */
  readonly class?: FeedbackClass;
}

export interface Classification {
  readonly class: FeedbackClass;
  /** Absent where an old register is entered. */
  readonly content?: readonly ContentGroup[];
  readonly departments?: readonly RoleId[];
  readonly possibleAdverseEvent?: boolean;
}

export interface Cause {
  /** Not known where an old register is entered. */
  readonly fault?: 'company' | 'customer' | 'carrier' | 'other';
  readonly department?: RoleId;
  readonly participants?: readonly RoleId[];
  readonly absent?: readonly RoleId[];
}

export interface Screening {
  readonly adverseEvent: boolean;
  readonly recall: boolean;
  readonly harm?: Harm;
}

/** A corrective action is asked for; who owes it by when, where that is said. */
export interface Action {
  readonly correctiveAction?: boolean;
  readonly owner?: RoleId;
  readonly dueAt?: number;
}
