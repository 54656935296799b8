/** Roles by which somebody may decide: to give one is to give power over what others have asked for, drawn up or done. */
import type { Pack, RoleId } from '../pack.ts';
import type { RegisterDef } from '../register/definition.ts';
import { duties } from './duties.ts';
import { overseersOf } from './emergency.ts';

type Deciding = Pick<Pack, 'id' | 'bases' | 'rules' | 'steps' | 'forms' | 'switchLabels'>;

/**
 * Who oversees cases (and so assigns them, ends them, says who stands in, grants in an emergency); who has a link in a chain; who answers a step that
 * decides, or that the table of duties keeps for somebody else; whom a ladder brings what is late; whom a switch names; who reviews or approves entries of a
 * register, those of the packs that this one extends among them.
 */
export function decidingRoles(pack: Deciding, registers: Iterable<Pick<RegisterDef, 'review'>>): ReadonlySet<RoleId> {
  const { rules, switchLabels } = pack;
  const links = [...Object.values(rules.tiers).flatMap(({ rows }) => rows), ...Object.values(rules.chains ?? {})].flatMap(
    ({ chain }) => chain,
  );
  const family = [pack.id, ...(pack.bases ?? [])];
  return new Set([
    ...overseersOf(rules),
    ...links.map(({ role }) => role),
    ...Object.entries(rules.steps).flatMap(([step, { by }]) => (decides(pack, step) ? by : [])),
    ...Object.values(rules.ladders).flatMap((rungs) => rungs.map(({ role }) => role)),
    ...Object.entries(switchLabels).flatMap(([name, { type }]) => (type === 'role' ? String(rules.switches[name]) : [])),
    ...[...registers].flatMap(({ review }) =>
      review !== undefined && family.includes(review.pack) ? [review.review, review.approve] : [],
    ),
  ]);
}

/** Its form says approve or reject, or somebody else than whoever did the thing has to answer it. */
function decides({ steps, forms }: Deciding, step: string): boolean {
  const form = Object.hasOwn(steps, step) ? forms[steps[step]?.form ?? ''] : undefined;
  return form?.fields.some(({ name }) => name === 'decision') === true || duties.some(({ at }) => at === step);
}

/** A role for all places, or for one. */
export interface Held {
  readonly role: RoleId;
  /** `<register>/<id>`; absent = all. */
  readonly place?: string | undefined;
}

/** As journal, command line and requests write it: `sales`, or `sales@estates/XQ-1`. */
export const heldText = ({ role, place }: Held): string => (place === undefined ? role : `${role}@${place}`);

export function readHeld(text: string): Held {
  const at = text.indexOf('@');
  return at < 0 ? { role: text } : { role: text.slice(0, at), place: text.slice(at + 1) };
}

/** What somebody would hold that they do not hold yet: a role for a place is part of the role for all. */
export function newlyHeld(had: readonly Held[], wanted: readonly Held[]): Held[] {
  return wanted.filter((one) => !had.some(({ role, place }) => role === one.role && (place === undefined || place === one.place)));
}
