/** What the events of a case put into `duty_act`, where the store itself holds duties apart. */
import { behind } from '../domain/authority/of-case.ts';
import { duties } from '../domain/authority/duties.ts';
import type { AnyEvent, ProposalRef } from '../domain/case/event.ts';
import type { CaseState } from '../domain/case/state.ts';

export interface DutyActRow {
  readonly thing: string;
  readonly of_thing: string;
  readonly act: string;
  readonly person: string;
  readonly case_number: string;
  readonly seq: number;
}

/** One person would have done both acts of a row of the table: the store takes no such decision. The event that says so is `seq`. */
export class DutyBroken extends Error {
  readonly seq: number;
  constructor(seq: number, message: string) {
    super(message);
    this.name = 'DutyBroken';
    this.seq = seq;
  }
}

/** The error itself, or what it says of duties. */
export function asDutyBroken(error: unknown): unknown {
  const { constraint, detail, message = '' } = error as { constraint?: string; detail?: string; message?: string };
  return constraint === 'separation_of_duties' ? new DutyBroken(Number(detail), message) : error;
}

/** @param state of the case after the event @param outcast events that count as no act: they broke a duty */
export function dutyActs(state: CaseState, event: AnyEvent, outcast: ReadonlySet<number> = new Set()): DutyActRow[] {
  if (outcast.has(event.seq)) return [];
  const { number } = state;
  const rows = (thing: string, what: string, act: string, persons: readonly string[]): DutyActRow[] =>
    [...new Set(persons)].map((person) => ({ thing, of_thing: `${number}/${what}`, act, person, case_number: number, seq: event.seq }));
  const version = ({ name, version: of }: ProposalRef): string => `${name}@${of}`;
  switch (event.kind) {
    case 'proposed':
      return rows('proposal', version(event.data), 'draw-up', event.data.by);
    case 'decided': {
      // An older case lets one person review and approve.
      if (event.actor === undefined || (event.data.act === 'review' && state.edition === undefined)) return [];
      return rows('proposal', version(event.data.proposal), event.data.act, behind(event.actor));
    }
    case 'task-opened': {
      const duty = duties.find(({ at }) => at === event.data.step);
      if (duty === undefined || event.data.proposal !== undefined) return [];
      return rows(duty.thing, event.data.task, duty.done, event.data.notBy ?? []);
    }
    case 'submitted': {
      const duty = duties.find(({ at }) => at === event.data.step);
      if (duty === undefined || event.actor === undefined) return [];
      return rows(duty.thing, event.data.task, duty.never, behind(event.actor));
    }
    default:
      return [];
  }
}
