/** What may be done in a case now: its open tasks, and the acts that every open case takes. */
import { coverage, type Delegated } from '../../domain/authority/delegation.ts';
import { barredByGrant, grantFor, type EmergencyGrant } from '../../domain/authority/emergency.ts';
import { barredAt } from '../../domain/authority/of-case.ts';
import type { Duty } from '../../domain/authority/duties.ts';
import { shownActs } from '../../domain/case/acts.ts';
import type { CaseState, TaskState } from '../../domain/case/state.ts';
import { openTasks } from '../../domain/case/state.ts';

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
  return [...tasks.map((task) => ({ step: task.step, task })), ...shownActs.map((step) => ({ step }))];
}

function compare<T extends number | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export interface Doer {
  readonly person: string;
  readonly roles: readonly string[];
  /** Persons in whose place they may act, with those persons' roles. */
  readonly stands?: readonly { readonly person: string; readonly role: string; readonly delegation?: Delegated | null }[];
  readonly emergency?: readonly EmergencyGrant[];
}

/** The same rule by which the case judges who may answer: role, substitute, delegate or grant; holder; nobody whom a duty keeps from it. */
export function mayDo(task: TaskState | undefined, by: readonly string[], state: CaseState, doer: Doer): boolean {
  const { person, roles, stands = [], emergency } = doer;
  if (task?.notBy?.includes(person)) return false;
  const own = by.some((role) => roles.includes(role)) && (task?.holder ?? person) === person;
  if (own || task === undefined || (task.proposal === undefined && !task.escalation)) return own;
  const stood = stands.some(
    (one) =>
      by.includes(one.role) &&
      (task.holder ?? one.person) === one.person &&
      !task.notBy?.includes(one.person) &&
      coverage(one.delegation ?? undefined, task, state) === 'covers',
  );
  const grant = grantFor(emergency, task, state);
  return stood || (grant !== undefined && barredByGrant(task, state, [grant.asked, grant.granted]) === undefined);
}

/** Why somebody of the right role may not do it all the same: the row of the table of duties. */
export function barredBy(task: TaskState | undefined, state: CaseState, person: string): Duty | undefined {
  return task === undefined ? undefined : barredAt(task, state, person);
}
