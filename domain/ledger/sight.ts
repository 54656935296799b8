/** Which accounts are somebody's to see or to enter on: by the roles that the ledger names, for where they hold them. Pure. */
import { familyIn, type Reader } from '../case/concern.ts';
import type { RoleId } from '../pack.ts';
import { holdings, type Holding } from '../place.ts';
import { ACCOUNT_KINDS, type AccountKind } from './account.ts';

/** Who does what with accounts of a kind: roles of a pack. */
export interface KindRules {
  readonly pack: string;
  readonly open: readonly RoleId[];
  readonly enter: Readonly<Record<string, readonly RoleId[] | undefined>>;
  readonly read: readonly RoleId[];
}

/** Accounts of a kind, of these places; absent: all of the kind. What has no place is for whoever holds for all. */
export interface AccountSight extends Pick<Holding, 'places'> {
  readonly kind: AccountKind;
}

type Who = Pick<Reader, 'packs' | 'only' | 'bases'>;

/** Where somebody holds one of these roles of a pack, or of what extends it. */
export function heldFor(who: Who, pack: string, roles: readonly RoleId[]): Pick<Holding, 'places'>[] {
  return holdings(who.packs, who.only)
    .filter((one) => familyIn(who, one.pack).includes(pack) && one.roles.some((role) => roles.includes(role)))
    .map(({ places }) => (places === undefined ? {} : { places }));
}

/** Whoever may open, enter or read sees an account. */
export function accountSights(who: Who, kinds: Readonly<Record<AccountKind, KindRules>>): AccountSight[] {
  return ACCOUNT_KINDS.flatMap((kind) => {
    const { pack, open, enter, read } = kinds[kind];
    const readers = [...open, ...Object.values(enter).flatMap((roles = []) => roles), ...read];
    return heldFor(who, pack, readers).map((where) => ({ kind, ...where }));
  });
}
