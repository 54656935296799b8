/** In which of their roles somebody acts. */
import type { RoleId } from '../../domain/pack.ts';
import type { Message } from './messages.ts';

/** The role in which a person does it: the first of the allowed roles that they have. */
export function actingRole({ actor }: Pick<Message, 'actor'>, allowed: readonly RoleId[]): RoleId | undefined {
  return allowed.find((role) => actor.roles.includes(role));
}
