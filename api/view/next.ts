/** What may be done in a case now: its open tasks, and the acts that every open case takes. */
import type { CaseState, TaskState } from '../../domain/case/state.ts';
import { openTasks } from '../../domain/case/state.ts';

/** Acts on the case rather than answers to a task. */
export const caseActs = ['assign', 'withdraw', 'duplicate', 'openedInError'] as const;

export interface StepNow {
  readonly step: string;
  /** Absent for an act on the case. */
  readonly task?: TaskState;
}

/** Owed tasks first, by their due instant; then what may be done; then the acts. A closed or ended case takes nothing. */
export function stepsNow(state: CaseState): StepNow[] {
  if (state.status === 'closed' || state.reason !== undefined) return [];
  const due = (t: TaskState): number => (t.clock === undefined ? Infinity : (state.clocks[t.clock]?.dueAt ?? Infinity));
  const tasks = openTasks(state).toSorted(
    (a, b) => Number(a.optional) - Number(b.optional) || compare(due(a), due(b)) || compare(a.id, b.id),
  );
  return [...tasks.map((task) => ({ step: task.step, task })), ...caseActs.map((step) => ({ step }))];
}

function compare<T extends number | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The same rule by which the case judges who may answer: role, holder, not a contributor. */
export function mayDo(task: TaskState | undefined, by: readonly string[], person: string, roles: readonly string[]): boolean {
  if (!by.some((role) => roles.includes(role))) return false;
  return (task?.holder ?? person) === person && task?.notBy?.includes(person) !== true;
}
