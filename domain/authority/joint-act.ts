/**
 * What no administrator does alone: what gives somebody a say over what others do, or destroys. One asks, a second confirms within three days, neither of
 * them whom it benefits; until then nothing of it is in force. While a company has had but one administrator who can sign in, that one acts alone.
 */
import type { RoleId } from '../pack.ts';
import type { Places } from '../place.ts';
import type { Instant } from '../time.ts';

/** In their own words: roles of a pack, `sales` or `sales@estates/XQ-1`, those held when it was asked for beside them; a link; an identity; an erasure. */
export interface JointActs {
  readonly roles: { readonly roles: readonly string[]; readonly had: readonly string[] };
  readonly link: Readonly<Record<never, never>>;
  readonly identity: { readonly issuer: string; readonly subject: string };
  readonly erasure: { readonly of: string; readonly subjects: number; readonly reason: string; readonly despite?: string | undefined };
}
export type JointKind = keyof JointActs;

/** How long it waits for its second person. */
export const JOINT_ACT_MS = 72 * 3_600_000;

/** Why one person was enough: it gives nobody a say and destroys nothing, or there has never been a second administrator. */
export type Alone = 'no-power' | 'sole-administrator';

export type JointOutcome = 'confirmed' | 'refused' | 'taken-back';
/** `over`: nobody has confirmed it in time. */
export type JointStatus = 'waiting' | JointOutcome | 'over';

export function statusOf(
  { outcome, endsAt }: { readonly outcome: JointOutcome | null; readonly endsAt: Instant },
  at: Instant,
): JointStatus {
  return outcome ?? (endsAt <= at ? 'over' : 'waiting');
}

/** Whether somebody who is no administrator gives the second word on roles of a pack: its general manager for all places does. */
export function mayJudgeRoles({ packs, only }: { packs: Held; only: Places }, pack: string, generalManager: RoleId): boolean {
  const limited = Object.hasOwn(only, pack) && Object.hasOwn(only[pack] ?? {}, generalManager);
  return Object.hasOwn(packs, pack) && packs[pack]?.includes(generalManager) === true && !limited;
}
type Held = Readonly<Record<string, readonly RoleId[]>>;
