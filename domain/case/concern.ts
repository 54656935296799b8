/**
 * Whose case it is: need to know [CEM.A3]; nobody else gets at what it holds of a customer [STD.A1]. A case concerns the roles that owe or may do something in it or were told of
 * it, whoever acted in it or holds a task, and the pack's overseers: its coordinators and its general manager.
 */
import type { RoleId } from '../pack.ts';
import { holdings, holdsAt, type Holding, type Places } from '../place.ts';
import type { AnyEvent, RungRef } from './event.ts';

export interface Concern {
  readonly roles: readonly RoleId[];
  readonly persons: readonly string[];
}

/** Somebody who wants to see a case: their roles by pack. */
export interface Reader {
  readonly person: string;
  readonly packs: Readonly<Record<string, readonly RoleId[]>>;
  /** Roles of absent persons whose substitute they are just now, by pack: for them they see the cases, too. */
  readonly standsIn?: Readonly<Record<string, readonly RoleId[]>>;
  /** Which of the roles are held for some places alone. */
  readonly only?: Places;
  /** The same of the roles they stand in for. */
  readonly standsInOnly?: Places;
}

/** What is to be known of a case to say who may see it. */
export interface Seen {
  readonly pack: string;
  readonly concern: Concern | undefined;
  /** Where it belongs, with what those places lie in; none: it has no place. */
  readonly places: readonly string[];
}

/**
 * The one rule for reads and lists. A case of a pack in which the reader has no role for its place is as good as absent; so is
 * one that does not concern them. A case that was opened before its concern was kept is seen by all of its pack.
 */
export function maySee(reader: Reader, { pack, concern, places }: Seen): boolean {
  const held = sights(reader)
    .filter((one) => one.pack === pack && holdsAt(one, places))
    .flatMap(({ roles }) => roles);
  if (held.length === 0) return false;
  return concern === undefined || concern.persons.includes(reader.person) || held.some((role) => concern.roles.includes(role));
}

/** What somebody sees cases by: the roles they hold, and those they stand in for. */
export function sights({ packs, only, standsIn = {}, standsInOnly }: Reader): Holding[] {
  return [...holdings(packs, only), ...holdings(standsIn, standsInOnly)];
}

/** Roles that a person holds in a pack for what lies in these places. */
export function rolesAt({ packs, only }: Reader, pack: string, places: readonly string[]): RoleId[] {
  return holdings(packs, only)
    .filter((one) => one.pack === pack && holdsAt(one, places))
    .flatMap(({ roles }) => roles);
}

/** The concern after an event; the same object when it brings in nobody. */
export function concernAfter(concern: Concern | undefined, event: AnyEvent): Concern | undefined {
  const roles = rolesOf(event);
  if (concern === undefined) {
    const known = event.kind === 'opened' && event.data.overseers !== undefined;
    return known ? { roles: [...new Set(roles)], persons: personsOf(event) } : undefined;
  }
  const more = { roles: added(concern.roles, roles), persons: added(concern.persons, personsOf(event)) };
  return more.roles === concern.roles && more.persons === concern.persons ? concern : more;
}

function rolesOf(event: AnyEvent): readonly RoleId[] {
  switch (event.kind) {
    case 'opened':
      return [...(event.data.overseers ?? []), ...(event.actor === undefined ? [] : [event.actor.role])];
    case 'task-opened':
      return event.data.by;
    case 'told':
      return [event.data.role];
    case 'warned':
    case 'notified':
    case 'escalated':
      return told(event.data);
    case 'digested':
      return event.data.rungs.flatMap(told);
    default:
      return [];
  }
}

const told = ({ role, roles = [role] }: RungRef): readonly RoleId[] => roles;

function personsOf(event: AnyEvent): string[] {
  const actor = event.actor === undefined ? [] : [event.actor.person];
  return event.kind === 'assigned' ? [...actor, event.data.person] : actor;
}

function added<T>(known: readonly T[], more: readonly T[]): readonly T[] {
  const fresh = more.filter((one, i) => !known.includes(one) && more.indexOf(one) === i);
  return fresh.length === 0 ? known : [...known, ...fresh];
}
