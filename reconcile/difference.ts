/** What reconcile can find. Each kind has one meaning and one thing to do about it (docs/operating.md). */

export type DifferenceKind =
  /** History holds it, the store does not. Repairable, unless later events are there already. */
  | 'event-missing'
  /** The store holds an event that no history holds. */
  | 'event-extra'
  /** Same seq, other content. */
  | 'event-different'
  /** The stored record does not verify by itself: a hash, a link, a column, the head. */
  | 'chain-broken'
  /** Events are there, the case's row is not. */
  | 'case-row-missing'
  /** A column of the case's row, or its folded state, is not what its events make it. */
  | 'case-row-different'
  | 'task-missing'
  | 'task-extra'
  | 'task-different'
  | 'clock-missing'
  | 'clock-extra'
  | 'clock-different'
  /** A notice that an event gives rise to is not in the outbox; one there that none gives rise to; one with other content. */
  | 'outbox-missing'
  | 'outbox-extra'
  | 'outbox-different'
  /** Received, not decided: an inbox row without outcome, and no verdict in the history. */
  | 'inbox-open'
  /** Decided, the inbox row does not know. */
  | 'outcome-missing'
  /** The inbox row knows another verdict than the history, or one that no history holds. */
  | 'outcome-different'
  /** An event names a document that is not stored, or not with that hash. History cannot bring it back. */
  | 'document-missing'
  | 'document-different'
  /** The history has no event of this seq though it has later ones, or cannot be folded. */
  | 'history-broken'
  /** The run was terminated, failed or timed out: nobody decides this case any more. */
  | 'run-ended'
  /** The case is open and has no run. */
  | 'run-lost'
  /** A counter of the reports is not the sum of its events. */
  | 'rollup-different';

/** Worth knowing, nothing to mend. */
export type NoteKind =
  /** Closed long ago; its history has gone by retention. The store stands alone and verifies by itself. */
  | 'only-in-store'
  /** Decided in the history without an inbox row: sent past the desk, from the Temporal UI or a script. */
  | 'past-the-desk';

export interface Difference {
  readonly kind: DifferenceKind;
  readonly seq?: number;
  /** Which event kind, task, clock, recipient, key, hash or columns. */
  readonly what?: string;
}

export interface Note {
  readonly kind: NoteKind;
  readonly what?: string;
}

/** One text for one difference, to tell which of them a repair has removed. */
export const nameOf = ({ kind, seq, what }: Difference): string => `${kind}\n${seq ?? ''}\n${what ?? ''}`;
