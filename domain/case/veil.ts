/**
 * What a reader is shown of a case in which forms carry a label above theirs. That a step was taken stays: the case goes on by it, with class, stage, deadlines and decisions. What was filled in does
 * not; nor, from the first such form on, what the procedure made of it: what it holds for true, amounts. Pure.
 */
import { filedStep } from './filed-step.ts';
import type { AnyEvent, ProposalRef } from './event.ts';
import type { StepId } from '../pack.ts';

export interface Veil {
  /** Hashes of the forms that the reader does not read. */
  readonly unread: ReadonlySet<string>;
  /** Seq of the first event that files one of them. */
  readonly from: number;
}

/** Undefined: nothing is withheld. @param events every event of the case */
export function veilOver(events: readonly AnyEvent[], unread: ReadonlySet<string>): Veil | undefined {
  const first = events.find((event) => files(event, unread));
  return first === undefined ? undefined : { unread, from: first.seq };
}

/** Steps whose latest answer is withheld. */
export function withheldSteps(events: readonly AnyEvent[], { unread }: Pick<Veil, 'unread'>): StepId[] {
  const answers = events.filter(({ kind }) => kind === 'opened' || kind === 'submitted');
  return [...new Map(answers.map((event) => [filedStep(event), files(event, unread)]))].flatMap(([step, hidden]) => (hidden ? [step] : []));
}

/** The event without what is withheld; the same object when nothing is. */
export function veiled(event: AnyEvent, veil: Veil | undefined): AnyEvent {
  if (veil === undefined || event.seq < veil.from) return event;
  const hidden = files(event, veil.unread);
  switch (event.kind) {
    case 'opened':
      return hidden ? { ...event, data: { ...without(event.data, 'documentHash'), facts: {} } } : event;
    case 'submitted':
      return hidden ? { ...event, data: { ...without(event.data, 'documentHash'), facts: {} } } : event;
    case 'decided': {
      const { proposal, ...said } = hidden ? without(event.data, 'documentHash') : event.data;
      return { ...event, data: { ...said, proposal: bare(proposal) } };
    }
    case 'rebased':
      return hidden ? { ...event, data: without(event.data, 'documentHash') } : event;
    case 'ended':
      return hidden ? { ...event, data: without(event.data, 'documentHash') } : event;
    case 'task-opened':
      return event.data.proposal === undefined ? event : { ...event, data: { ...event.data, proposal: bare(event.data.proposal) } };
    case 'proposed':
      return { ...event, data: without(bare(event.data), 'sum') };
    case 'known':
      return { ...event, data: {} };
    case 'effect-done':
      return { ...event, data: { ...event.data, result: {} } };
    default:
      return event;
  }
}

const files = ({ data }: AnyEvent, hashes: ReadonlySet<string>): boolean =>
  'documentHash' in data && typeof data.documentHash === 'string' && hashes.has(data.documentHash);

const bare = <T extends ProposalRef>(proposal: T): Omit<T, 'amount'> & ProposalRef =>
  without(proposal, 'amount') as Omit<T, 'amount'> & ProposalRef;

function without<T extends object, K extends keyof T>(whole: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = whole;
  return rest;
}
