/**
 * Break-glass: nobody who may decide is there, and it cannot wait. One of the pack's overseers asks that a person may decide one step of one case in a
 * role for some hours, another overseer grants it, and a third person looks at it afterwards. Nobody decides on what they drew up by it.
 */
import type { CaseState, TaskState } from '../case/state.ts';
import type { PackRules, RoleId, StepId } from '../pack.ts';
import type { Duty } from './duties.ts';
import { barredAt } from './of-case.ts';

/** What somebody acts by, as the desk states it. */
export interface EmergencyGrant {
  readonly id: string;
  readonly role: RoleId;
  readonly step: StepId;
  /** The one task it was granted for, which stands for its version and amount and is over with one decision. Absent in old histories. */
  readonly task?: string;
  readonly asked: string;
  readonly granted: string;
}

/** Who may ask, grant and review: the pack's coordinators and its general manager. They are told of every use, too. */
export const overseersOf = ({ coordinator, generalManager }: Pick<PackRules, 'coordinator' | 'generalManager'>): RoleId[] => [
  ...new Set([generalManager, ...coordinator]),
];

/** Switches of the pack: for how many hours at most (24), and within how many days it is reviewed (5). */
export function emergencyBounds({ switches }: Pick<PackRules, 'switches'>): { readonly hours: number; readonly reviewDays: number } {
  const count = (name: string, otherwise: number): number => {
    const said = switches[name];
    return typeof said === 'number' && said > 0 ? said : otherwise;
  };
  return { hours: count('emergencyHours', 24), reviewDays: count('emergencyReviewDays', 5) };
}

/**
 * The grant by which somebody may decide a task: of that very task, and of a role that it is asked of. A new version, a later link or another round is another task.
 * @param edition that the case is judged by: before the seventh a grant that named no task was good for any of its step
 */
export function grantFor(
  grants: readonly EmergencyGrant[] | undefined,
  task: TaskState,
  { edition = 1 }: Pick<CaseState, 'edition'>,
): EmergencyGrant | undefined {
  if (task.proposal === undefined && !task.escalation) return undefined;
  return grants?.find(
    ({ role, step, task: of }) => (edition < 7 ? (of ?? task.id) : of) === task.id && step === task.step && task.by.includes(role),
  );
}

/** The row of the table of duties that one of the persons behind a grant is kept by from the task; undefined: none is. */
export function barredByGrant(
  task: TaskState,
  state: Pick<CaseState, 'proposals'>,
  persons: readonly string[],
): { person: string; duty: Duty } | undefined {
  for (const person of persons) {
    const duty = barredAt(task, state, person);
    if (duty !== undefined) return { person, duty };
  }
  return undefined;
}
