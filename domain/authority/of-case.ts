/** Separation of duties in a case: what was done to a proposal, and why a person may not answer a task. */
import type { Actor } from '../case/event.ts';
import type { CaseState, ProposalState, TaskState } from '../case/state.ts';
import { barring, duties, type Deed, type Duty } from './duties.ts';

/** Whoever acted, and in whose place. */
export const behind = ({ person, for: absent }: Actor): string[] => (absent === undefined ? [person] : [person, absent]);

/** Of the present version. @param by who contributed to it */
export function deedsOf({ version, decisions }: Pick<ProposalState, 'version' | 'decisions'>, by: readonly string[]): Deed[] {
  const decided = decisions.filter((one) => one.version === version).map(({ act, actor }) => ({ act, persons: behind(actor) }));
  return [{ act: 'draw-up', persons: by }, ...decided];
}

/** Who contributed to the next version: its author, and those of the versions since the one that was last approved. */
export function contributors(before: Pick<ProposalState, 'by' | 'outcome'> | undefined, by: readonly string[]): string[] {
  const earlier = before === undefined || before.outcome === 'approved' ? [] : before.by;
  return [...new Set([...earlier, ...by])];
}

/** The row that keeps a person from answering a task, by the persons that the task was opened with; undefined: none does. */
export function barredAt(task: TaskState, state: Pick<CaseState, 'proposals'>, person: string): Duty | undefined {
  if (task.notBy?.includes(person) !== true) return undefined;
  const proposal = task.proposal === undefined ? undefined : state.proposals[task.proposal.name];
  if (proposal === undefined) return duties.find(({ at }) => at === task.step) ?? other;
  const deeds = deedsOf(proposal, proposal.by);
  return barring('proposal', 'review', deeds, person) ?? barring('proposal', 'approve', deeds, person) ?? other;
}

/** Of a task of which a procedure of its own says who may not do it. */
const [other] = duties;
