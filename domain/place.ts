/**
 * Where a case or an entry belongs: an estate, a building, a home, an outlet. A place is an entry of a register, written
 * `<register>/<id>`: `estates/XQ-1`. A role is held for all places, or for some alone.
 */
import type { RoleId } from './pack.ts';

/** Registers whose entries are places, by the field in which forms and entries name one. */
export const PLACE_FIELDS = { estate: 'estates', building: 'buildings', unit: 'units', outlet: 'outlets' } as const;

/** Roles that are held for some places alone, by pack and role: those places. A role that is not in it is held for all. */
export type Places = Readonly<Record<string, Readonly<Record<RoleId, readonly string[]>>>>;

/** What is held in a pack: roles for all places (no `places`), or for some. */
export interface Holding {
  readonly pack: string;
  readonly roles: readonly RoleId[];
  readonly places?: readonly string[];
}

/** What a form or an entry names of places by itself; what those lie in the registers know. */
export function placesNamed(body: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(PLACE_FIELDS).flatMap(([field, register]) => {
    const id = body[field];
    return typeof id === 'string' && id !== '' ? [`${register}/${id}`] : [];
  });
}

/** Roles by pack, split by where they are held. @param only see `Places` */
export function holdings(packs: Readonly<Record<string, readonly RoleId[]>>, only: Places = {}): Holding[] {
  return Object.entries(packs).flatMap(([pack, roles]) => {
    const limits = Object.hasOwn(only, pack) ? (only[pack] ?? {}) : {};
    const all = roles.filter((role) => !Object.hasOwn(limits, role));
    const some = roles.filter((role) => Object.hasOwn(limits, role)).map((role) => ({ pack, roles: [role], places: limits[role] ?? [] }));
    return [...(all.length === 0 ? [] : [{ pack, roles: all }]), ...some];
  });
}

/** A role held for one of these places, or for all; what has no place is for those alone who hold for all. */
export const holdsAt = ({ places }: Pick<Holding, 'places'>, at: readonly string[]): boolean =>
  places === undefined || places.some((place) => at.includes(place));

/** Register and id of a place. */
export function placeParts(place: string): [register: string, id: string] {
  const slash = place.indexOf('/');
  return [place.slice(0, slash), place.slice(slash + 1)];
}
