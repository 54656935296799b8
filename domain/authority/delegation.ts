/**
 * Delegation: somebody who is there lets another decide in their place, within a scope and up to an amount. Unlike an absence it takes nothing from the
 * principal, and it is not passed on: a delegate acts in roles that the principal holds, never in those that the principal represents.
 */
import type { CaseState, TaskState } from '../case/state.ts';
import type { Fen } from '../money.ts';
import type { StepId } from '../pack.ts';

/** What a delegate acts by. */
export interface Delegated {
  readonly id: string;
  /** Absent: every step of the role that is a decision. */
  readonly steps?: readonly StepId[];
  /** Fen, inclusive; absent: none, whether or not what is decided has an amount. */
  readonly ceiling?: Fen;
}

/**
 * `above`: its amount, or the sum by which the decider was chosen, is more than may be decided by it. A ceiling means money: of what it is about no amount is
 * known, it does not cover it.
 */
export function coverage(
  by: Delegated | undefined,
  task: TaskState,
  { proposals }: Pick<CaseState, 'proposals'>,
): 'covers' | 'other-step' | 'above' {
  if (by === undefined) return 'covers';
  if (by.steps !== undefined && !by.steps.includes(task.step)) return 'other-step';
  if (by.ceiling === undefined) return 'covers';
  const { proposal } = task;
  if (proposal?.amount === undefined) return 'above';
  return Math.max(proposal.amount, proposals[proposal.name]?.sum ?? 0) > by.ceiling ? 'above' : 'covers';
}
