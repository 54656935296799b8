/** Who owes what a clock or a task waits for. */
import type { PackRules, RoleId } from '../pack.ts';
import { openTasks, type CaseState, type ClockState, type TaskState } from './state.ts';

export interface Owing {
  readonly roles: readonly RoleId[];
  /** Those who hold the task; absent: nobody does, the whole role owes it. */
  readonly persons?: readonly string[];
}

/** The role in a ladder that stands for whoever owes the task when the rung fires. */
export const OWNER = 'owner';

export function owingTask({ by, holder }: TaskState): Owing {
  return { roles: by, ...(holder === undefined ? {} : { persons: [holder] }) };
}

/** By its open tasks, else by the roles it was started for; what nobody else owes, the coordinators owe. */
export function owingClock(clock: ClockState, state: CaseState, { coordinator }: Pick<PackRules, 'coordinator'>): Owing {
  const tasks = openTasks(state).filter((t) => t.clock === clock.id && !t.optional);
  if (tasks.length === 0) return { roles: clock.of.length > 0 ? clock.of : coordinator };
  const roles = [...new Set(tasks.flatMap((t) => t.by))];
  // One task is held, another not: then the roles are told, the holder among them.
  const held = tasks.flatMap((t) => (t.holder === undefined ? [] : [t.holder]));
  return held.length === tasks.length ? { roles, persons: [...new Set(held)] } : { roles };
}
