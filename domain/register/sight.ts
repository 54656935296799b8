/** Which entries of a register somebody may see: by the roles that read it, where they are held, and the labels they read. Pure. */
import { familyIn, sights, type Reader } from '../case/concern.ts';
import { upTo, usualOfRegister } from '../secrecy.ts';
import type { RegisterDef } from './definition.ts';

/** What is to be known of a register. */
export type ReadBy = Pick<RegisterDef, 'id' | 'read' | 'write' | 'review'>;

export interface EntrySight {
  /** Entries of these places, and those that name none; absent = all. */
  readonly places?: readonly string[];
  /** Undefined: none that an entry has been given. */
  readonly labels: readonly string[] | undefined;
  /** The label that entries of the register carry by themselves is among them. */
  readonly usual: boolean;
}

/** None: the register is not theirs to read. An entry that names no place is shown wherever the role is held. */
export function entrySights(reader: Reader, def: ReadBy): EntrySight[] {
  const { secrecy, clearance } = reader;
  const usual = secrecy === undefined ? undefined : usualOfRegister(secrecy, def.id);
  const sight = ({ labels, places }: { labels: readonly string[] | undefined; places?: readonly string[] | undefined }): EntrySight => ({
    labels,
    usual: labels === undefined || usual === undefined || labels.includes(usual),
    ...(places === undefined ? {} : { places }),
  });
  const own = { ...reader, standsIn: {}, stands: [] };
  if (def.read === 'everybody') {
    // What everybody reads has no place; somebody without a role in any pack reads it as well.
    const least = secrecy === undefined ? undefined : upTo(secrecy, clearance ?? secrecy.clearance);
    return [{ labels: least }, ...sights(own).map(({ labels }) => ({ labels }))].map(sight);
  }
  const { read = {}, write, review } = def;
  const readers = (pack: string): readonly string[] => [
    ...(rolesIn(read, pack) ?? []),
    ...(rolesIn(write, pack) ?? []),
    ...(review?.pack === pack ? [review.review, review.approve] : []),
  ];
  return sights(own)
    .filter(({ pack, roles }) => familyIn(reader, pack).some((of) => roles.some((role) => readers(of).includes(role))))
    .map(sight);
}

const rolesIn = (roles: Readonly<Record<string, readonly string[]>>, pack: string): readonly string[] | undefined =>
  Object.hasOwn(roles, pack) ? roles[pack] : undefined;
