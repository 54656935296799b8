/**
 * The family of a pack: itself and what it extends. A company's own pack that extends a shipped one is one of its family: it stands in the
 * registers of the base, its roles do there what the roles of the same name do in the base, and customers see its cases alike.
 */

/** Pack → roles held in it. */
export type HeldByPack = Readonly<Record<string, readonly string[]>>;

/** Itself first, then its base, the base of that, and so on. */
export const familyOf = ({
  id,
  bases = [],
}: {
  readonly id: string;
  readonly bases?: readonly string[] | undefined;
}): readonly string[] => [id, ...bases];

/** Roles as they count for what is kept by pack beside the cases: those of a pack count in its bases, too; never the other way round. */
export function heldInFamilies(held: HeldByPack, bases: Readonly<Record<string, readonly string[]>>): HeldByPack {
  const counted: Record<string, readonly string[]> = { ...held };
  for (const [pack, roles] of Object.entries(held)) {
    const of = Object.hasOwn(bases, pack) ? (bases[pack] ?? []) : [];
    for (const base of of) counted[base] = [...new Set([...(Object.hasOwn(counted, base) ? (counted[base] ?? []) : []), ...roles])];
  }
  return counted;
}
