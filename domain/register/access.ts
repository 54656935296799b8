/** Who may read and write a register: one place for lists, entries, imports and exports. Pure. */
import type { RegisterDef, RolesByPack } from './definition.ts';

type Held = Readonly<Record<string, readonly string[]>>;

const holds = (held: Held, wanted: RolesByPack): boolean =>
  Object.entries(wanted).some(([pack, roles]) => Object.hasOwn(held, pack) && roles.some((role) => held[pack]?.includes(role)));

export const mayWrite = (held: Held, { write }: Pick<RegisterDef, 'write'>): boolean => holds(held, write);

/** Whoever may write or review may read; others only if `read` names them: a role of the same pack is not enough. */
export function mayRead(held: Held, def: Pick<RegisterDef, 'read' | 'write' | 'review'>): boolean {
  const { read, write, review } = def;
  if (read === 'everybody' || holds(held, write)) return true;
  if (review !== undefined && holds(held, { [review.pack]: [review.review, review.approve] })) return true;
  return read !== undefined && holds(held, read);
}

/** Packs whose roles the register names. */
export function packsOf({ read, write, review }: Pick<RegisterDef, 'read' | 'write' | 'review'>): readonly string[] {
  return [...Object.keys(write), ...(typeof read === 'object' ? Object.keys(read) : []), ...(review === undefined ? [] : [review.pack])];
}

/** Whether somebody may take the next act on an entry in review; neither who wrote the version nor who reviewed it. */
export function mayDecide(held: Held, { review }: Pick<RegisterDef, 'review'>, act: 'review' | 'approve'): boolean {
  return review !== undefined && holds(held, { [review.pack]: [review[act]] });
}
