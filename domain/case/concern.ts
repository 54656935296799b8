/**
 * Whose case it is: need to know [CEM.A3]; nobody else gets at what it holds of a customer [STD.A1]. A case concerns the roles that owe or may do something in it or were told of
 * it, whoever acted in it or holds a task, and the pack's overseers: its coordinators and its general manager.
 */
import { familyOf } from '../family.ts';
import type { RoleId } from '../pack.ts';
import { holdings, holdsAt, type Holding, type Places } from '../place.ts';
import { clearanceOf, upTo, usualOfKind, type Secrecy } from '../secrecy.ts';
import type { AnyEvent, RungRef } from './event.ts';
import type { TaskState } from './state.ts';

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
  /** Of these the delegations: by one somebody sees what waits for a decision that it covers, and no more. */
  readonly stands?: readonly Stood[];
  /** What carries which label and who reads up to which; absent: nothing is read that carries a label of its own. */
  readonly secrecy?: Secrecy;
  /** What packs extend in which they hold roles: a role that the secrecy of a pack does not name is that of the base. */
  readonly bases?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Up to which label they read whatever their roles. */
  readonly clearance?: string | undefined;
}

/** In whose place somebody acts, in which role of a pack and for which places (null: all). */
export interface Stood {
  readonly pack: string;
  readonly person: string;
  readonly role: RoleId;
  readonly places: readonly string[] | null;
  /** Absent or null: as the substitute of somebody absent. */
  readonly delegation?: { readonly steps?: readonly string[] } | null;
}

/** What is held somewhere, and which labels are read by it; undefined: none that a record has been given. */
export interface Sight extends Holding {
  readonly labels: readonly string[] | undefined;
  /** By a delegation: only while a decision of the roles is open that it covers, of these steps (absent: any) and not held by another than the principal. */
  readonly decides?: { readonly principal: string; readonly steps?: readonly string[] | undefined };
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
  /** Absent: none that anybody decides. */
  readonly tasks?: Readonly<Record<string, TaskState>> | undefined;
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

function sightsOf(reader: Reader, { pack, concern, places, kind, label, tasks = {} }: Seen): Sight[] {
  const { person, secrecy } = reader;
  return sights(reader).filter(({ roles, labels, decides, ...one }) => {
    if (one.pack !== pack || !holdsAt(one, places)) return false;
    if (
      labels === undefined || secrecy === undefined
        ? label !== null
        : !labels.includes(label ?? usualOfKind(secrecy, familyIn(reader, pack), kind))
    )
      return false;
    if (decides !== undefined) return Object.values(tasks).some((task) => waitsFor(task, roles, decides));
    return concern === undefined || concern.persons.includes(person) || roles.some((role) => concern.roles.includes(role));
  });
}

function waitsFor(task: TaskState, roles: readonly RoleId[], { principal, steps }: NonNullable<Sight['decides']>): boolean {
  const decided = task.status === 'open' && (task.escalation || task.proposal !== undefined);
  return decided && task.by.some((role) => roles.includes(role)) && steps?.includes(task.step) !== false && (task.holder ?? principal) === principal; // prettier-ignore
}

/** A pack and what it extends, as far as the reader's packs go. */
export const familyIn = ({ bases = {} }: Pick<Reader, 'bases'>, pack: string): readonly string[] =>
  familyOf({ id: pack, bases: Object.hasOwn(bases, pack) ? bases[pack] : [] });

/** What somebody sees cases by: the roles they hold, those of absent persons they stand in for, and what was delegated to them. */
export function sights(reader: Reader): Sight[] {
  const { packs, only, standsIn = {}, standsInOnly, secrecy, bases, clearance } = reader;
  const held = [...holdings(packs, only), ...holdings(standsIn, standsInOnly)];
  if (secrecy === undefined) return [...held.map((one) => ({ ...one, labels: undefined })), ...delegated(reader)];
  const own = held.flatMap((one) => {
    const levels = Map.groupBy(one.roles, (role) => clearanceOf(secrecy, familyIn({ bases }, one.pack), role, clearance));
    return [...levels].map(([level, roles]) => ({ ...one, roles, labels: upTo(secrecy, level) }));
  });
  return [...own, ...delegated(reader)];
}

/** Labels that both the role reads and the delegate by a role of their own; who holds none in the pack sees nothing by a delegation. */
function delegated(reader: Reader): Sight[] {
  const { packs, stands = [], secrecy, clearance } = reader;
  return stands.flatMap(({ pack, person: principal, role, places, delegation }) => {
    const own = Object.hasOwn(packs, pack) ? (packs[pack] ?? []) : [];
    if (!delegation || own.length === 0) return [];
    const read = (by: RoleId, personal?: string): readonly string[] =>
      secrecy === undefined ? [] : upTo(secrecy, clearanceOf(secrecy, familyIn(reader, pack), by, personal));
    const mine = new Set(own.flatMap((by) => read(by, clearance)));
    const labels = secrecy === undefined ? undefined : read(role, clearance).filter((label) => mine.has(label));
    const { steps } = delegation;
    return [{ pack, roles: [role], ...(places === null ? {} : { places }), labels, decides: { principal, ...(steps && { steps }) } }];
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
