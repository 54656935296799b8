/** Who answers a task for whom: in their own role, or as the substitute of somebody who is absent. */
import type { TaskState } from '../../domain/case/state.ts';
import type { RoleId } from '../../domain/pack.ts';
import type { Message } from './messages.ts';

export interface Represented {
  readonly person: string;
  readonly role: RoleId;
}

/**
 * The absent persons in whose role the sender may answer a task, as the desk states them: approvals and escalations only,
 * and of a task that somebody holds only its holder.
 */
export function standsInFor({ actor }: Message, { by, holder, proposal, escalation }: TaskState): readonly Represented[] {
  if (proposal === undefined && !escalation) return [];
  return (actor.for ?? []).filter(({ person, role }) => by.includes(role) && (holder === undefined || holder === person));
}

/** For whom a message that was judged answers the task; undefined: in a role of the sender's own. */
export function representedBy(message: Message, task: TaskState): Represented | undefined {
  const own = task.by.some((role) => message.actor.roles.includes(role)) && (task.holder ?? message.actor.person) === message.actor.person;
  return own ? undefined : standsInFor(message, task).find(({ person }) => task.notBy?.includes(person) !== true);
}
