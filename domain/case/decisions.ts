/**
 * What people have put their name to in a case, as the record holds it: each with its meaning (21 CFR 11.50), what exactly it was
 * about, and what has become of it. Nothing is ever left out: what no longer holds is said to have lapsed.
 */
import type { AnyEvent, ProposalRef } from './event.ts';

/** What a signature means. `ended`: the case was ended early by it. */
export type Meaning = 'reviewed' | 'approved' | 'rejected' | 'acknowledged' | 'signed' | 'ended';

export const MEANINGS: Readonly<Record<Meaning, { readonly zh: string; readonly en: string }>> = {
  reviewed: { zh: '审核同意', en: 'reviewed' },
  approved: { zh: '批准', en: 'approved' },
  rejected: { zh: '不同意', en: 'rejected' },
  acknowledged: { zh: '知悉并处理', en: 'acknowledged' },
  signed: { zh: '会签', en: 'signed' },
  ended: { zh: '决定提前结束', en: 'ended the case early' },
};

/** Why a decision no longer holds. */
export type Lapse = 'newer-version' | 'superseded' | 'refused';

export const LAPSES: Readonly<Record<Lapse, { readonly zh: string; readonly en: string }>> = {
  'newer-version': { zh: '已有新版本，本决定失效', en: 'voided by a newer version' },
  superseded: { zh: '所决定的版本已被取代', en: 'the version was superseded' },
  refused: { zh: '同一版本另有人不同意，本票失效', en: 'voided by a refusal of the same version' },
};

export interface DecisionMade {
  readonly event: AnyEvent;
  readonly meaning: Meaning;
  /** The step it was answered at, or of a proposal's its name. */
  readonly on: string;
  readonly proposal?: ProposalRef;
  /** Stands for the exact text it was about; absent: there was none. */
  readonly text?: string;
  /** Stands for what the decider wrote with it. */
  readonly said?: string;
  /** Whose signatures it brings: the roles that signed a common sheet. */
  readonly signers?: readonly string[];
  readonly lapsed?: { readonly seq: number; readonly why: Lapse };
}

/** Facts that name who signed a common sheet. */
const SIGNATURES = ['signedBy', 'acceptedBy'];

/** In the order of the record. @param events all of a case, or all up to some event */
export function decisionsIn(events: readonly AnyEvent[]): DecisionMade[] {
  const escalations = new Set(events.flatMap((e) => (e.kind === 'task-opened' && e.data.escalation ? [e.data.task] : [])));
  return events.flatMap((event): DecisionMade[] => {
    switch (event.kind) {
      case 'decided': {
        const { proposal, act, decision, documentHash: said } = event.data;
        const meaning = decision === 'reject' ? 'rejected' : act === 'approve' ? 'approved' : 'reviewed';
        const lapsed = lapseOf(event, events);
        const text = proposal.hash;
        return [{ event, meaning, on: proposal.name, proposal, text, ...(said && { said }), ...(lapsed && { lapsed }) }];
      }
      case 'submitted': {
        const { step, task, facts, documentHash: text } = event.data;
        if (escalations.has(task)) return [{ event, meaning: 'acknowledged', on: step, ...(text && { text }) }];
        const signers = SIGNATURES.flatMap((name) => (Array.isArray(facts[name]) ? (facts[name] as string[]) : []));
        return signers.length === 0 ? [] : [{ event, meaning: 'signed', on: step, signers, ...(text && { text }) }];
      }
      case 'ended': {
        const { reason, documentHash: text } = event.data;
        return event.actor === undefined ? [] : [{ event, meaning: 'ended', on: reason, ...(text && { text }) }];
      }
      default:
        return [];
    }
  });
}

/** By what follows it in the record: a newer version voids all earlier decisions, one refusal all votes of a common version. */
function lapseOf(made: AnyEvent & { kind: 'decided' }, events: readonly AnyEvent[]): DecisionMade['lapsed'] {
  const { proposal, decision } = made.data;
  const all = events.some(
    (e) => e.kind === 'proposed' && e.data.hash === proposal.hash && e.data.version === proposal.version && e.data.mode === 'all',
  );
  for (const event of events) {
    if (event.seq <= made.seq) continue;
    if (event.kind === 'proposed' && event.data.name === proposal.name && event.data.version > proposal.version)
      return { seq: event.seq, why: 'newer-version' };
    if (event.kind !== 'proposal-settled' || event.data.name !== proposal.name || event.data.version !== proposal.version) continue;
    if (event.data.outcome === 'superseded') return { seq: event.seq, why: 'superseded' };
    if (event.data.outcome === 'rejected' && all && decision === 'approve') return { seq: event.seq, why: 'refused' };
  }
  return undefined;
}
