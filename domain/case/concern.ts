/**
 * Whose case it is: need to know [CEM.A3]; nobody else gets at what it holds of a customer [STD.A1]. A case concerns the roles that owe or may do something in it or were told of
 * it, whoever acted in it or holds a task, and the pack's overseers: its coordinators and its general manager.
 */
import { familyOf } from '../family.ts';
import type { RoleId } from '../pack.ts';
import { holdings, holdsAt, type Holding, type Places } from '../place.ts';
import { clearanceOf, upTo, usualOfKind, type Secrecy } from '../secrecy.ts';
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
  /** What carries which label and who reads up to which; absent: nothing is read that carries a label of its own. */
  readonly secrecy?: Secrecy;
  /** What packs extend in which they hold roles: a role that the secrecy of a pack does not name is that of the base. */
  readonly bases?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Up to which label they read whatever their roles. */
  readonly clearance?: string | undefined;
}

/** What is held somewhere, and which labels are read by it; undefined: none that a record has been given. */
export interface Sight extends Holding {
  readonly labels: readonly string[] | undefined;
}

/** What is to be known of a case to say who may see it. */
export interface Seen {
  readonly pack: string;
  readonly concern: Concern | undefined;
  /** Where it belongs, with what those places lie in; none: it has no place. */
  readonly places: readonly string[];
  readonly kind: string;
  /** Its own; null: that of its kind. */
  readonly label: string | null;
}

/**
 * The one rule for reads and lists. A case of a pack in which the reader has no role for its place is as good as absent; so is
 * one that does not concern them, or is more secret than the role by which it does reads. A case that was opened before its concern was kept is seen by all of its pack.
 */
export function maySee(reader: Reader, seen: Seen): boolean {
  return sightsOf(reader, seen).length > 0;
}

/** Labels of papers in a case that the reader reads: by the roles by which they see the case. */
export function mayReadIn(reader: Reader, seen: Seen, label: string): boolean {
  return sightsOf(reader, seen).some(({ labels }) => labels?.includes(label));
}

function sightsOf(reader: Reader, { pack, concern, places, kind, label }: Seen): Sight[] {
  const { person, secrecy } = reader;
  return sights(reader).filter(({ roles, labels, ...one }) => {
    if (one.pack !== pack || !holdsAt(one, places)) return false;
    if (
      labels === undefined || secrecy === undefined
        ? label !== null
        : !labels.includes(label ?? usualOfKind(secrecy, familyIn(reader, pack), kind))
    )
      return false;
    return concern === undefined || concern.persons.includes(person) || roles.some((role) => concern.roles.includes(role));
  });
}

/** A pack and what it extends, as far as the reader's packs go. */
export const familyIn = ({ bases = {} }: Pick<Reader, 'bases'>, pack: string): readonly string[] =>
  familyOf({ id: pack, bases: Object.hasOwn(bases, pack) ? bases[pack] : [] });

/** What somebody sees cases by: the roles they hold, and those they stand in for. */
export function sights({ packs, only, standsIn = {}, standsInOnly, secrecy, bases, clearance }: Reader): Sight[] {
  const held = [...holdings(packs, only), ...holdings(standsIn, standsInOnly)];
  if (secrecy === undefined) return held.map((one) => ({ ...one, labels: undefined }));
  return held.flatMap((one) => {
    const levels = Map.groupBy(one.roles, (role) => clearanceOf(secrecy, familyIn({ bases }, one.pack), role, clearance));
    return [...levels].map(([level, roles]) => ({ ...one, roles, labels: upTo(secrecy, level) }));
  });
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
