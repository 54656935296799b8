/**
 * When something happened, as a person states it (C8): not after it was received, and without a supervisor not further
 * back than the pack allows.
 */
import { refuse, type Refusal } from '../errors.ts';
import type { PackRules, RoleId } from '../pack.ts';
import { dayOf, formatInstant, type Instant } from '../time.ts';

export interface Dated {
  readonly occurredAt: Instant;
  readonly receivedAt: Instant;
  /** Told by an import of the past: judged as if received when it happened, so it is never dated back. */
  readonly past?: true;
}

/**
 * Who may date back further than the bound: the general manager, and whom the pack's switch `occurredAtSupervisor` names,
 * else the head of its coordinators (the coordinating roles after the first).
 */
export function supervisors({ switches, generalManager, coordinator }: PackRules): readonly RoleId[] {
  const named = switches['occurredAtSupervisor'];
  return [...(typeof named === 'string' ? [named] : coordinator.slice(1)), generalManager];
}

/** Calendar days (Beijing) that a fact is dated back from its receipt beyond the pack's bound; 0 = within it, or no bound. */
export function daysBeyondBound({ occurredAt, receivedAt, past }: Dated, { switches }: PackRules): number {
  const bound = Number(switches['occurredAtBackDays'] ?? 0);
  return past || !(bound > 0) ? 0 : Math.max(0, dayOf(receivedAt) - dayOf(occurredAt) - bound);
}

/** @param roles of whoever says it */
export function checkDating(dated: Dated, rules: PackRules, roles: readonly RoleId[]): Refusal | undefined {
  if (dated.occurredAt > dated.receivedAt) return refuse('occurred-in-future', formatInstant(dated.occurredAt));
  const allowed = supervisors(rules);
  if (daysBeyondBound(dated, rules) === 0 || allowed.some((role) => roles.includes(role))) return undefined;
  return refuse('dated-too-far-back', `${Number(rules.switches['occurredAtBackDays'])} d; ${allowed.join(' | ')}`);
}
