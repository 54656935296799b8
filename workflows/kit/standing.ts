/** Who answers a task for whom: in their own role, as the substitute of somebody who is absent, as a delegate, or in an emergency. */
import { coverage, type Delegated } from '../../domain/authority/delegation.ts';
import { grantFor } from '../../domain/authority/emergency.ts';
import type { Actor } from '../../domain/case/event.ts';
import type { CaseState, TaskState } from '../../domain/case/state.ts';
import type { RoleId } from '../../domain/pack.ts';
import type { Message } from './messages.ts';

export interface Represented {
  readonly person: string;
  readonly role: RoleId;
  readonly delegation?: Delegated;
}

type Proposals = Pick<CaseState, 'proposals'>;

/**
 * The persons in whose place the sender may answer a task, as the desk states them: approvals and escalations only, of a task
 * that somebody holds only its holder, and of a delegation what its scope and ceiling cover.
 */
export function standsInFor(message: Message, task: TaskState, state: Proposals): readonly Represented[] {
  return named(message, task).filter(({ delegation }) => coverage(delegation, task, state) === 'covers');
}

/** The ceiling, in fen, of a delegation that would cover the task but for its amount. */
export function ceilingBelow(message: Message, task: TaskState, state: Proposals): number | undefined {
  return named(message, task).find(({ delegation }) => coverage(delegation, task, state) === 'above')?.delegation?.ceiling;
}

function named({ actor }: Message, { by, holder, proposal, escalation }: TaskState): readonly Represented[] {
  if (proposal === undefined && !escalation) return [];
  return (actor.for ?? []).filter(({ person, role }) => by.includes(role) && (holder === undefined || holder === person));
}

/** Who a message that was judged is recorded as: for whom, by which delegation or grant; undefined: in a role of the sender's own. */
export function actingFor(message: Message, task: TaskState, state: Proposals & Pick<CaseState, 'edition'>): Actor | undefined {
  const { person, roles, emergency } = message.actor;
  const own = task.by.some((role) => roles.includes(role)) && (task.holder ?? person) === person;
  if (own) return undefined;
  const stood = standsInFor(message, task, state).find((one) => task.notBy?.includes(one.person) !== true);
  if (stood !== undefined) {
    const { delegation } = stood;
    return { person, role: stood.role, for: stood.person, ...(delegation === undefined ? {} : { delegation: delegation.id }) };
  }
  const grant = grantFor(emergency, task, state);
  return grant === undefined ? undefined : { person, role: grant.role, emergency: grant.id };
}
