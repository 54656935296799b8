/** The rungs of a clock's ladder: which are still to come, and when. */
import type { CalendarDays } from '../calendar.ts';
import { dayKind } from '../calendar.ts';
import type { PackRules, RoleId, Rung } from '../pack.ts';
import { dayOf, endOfDay, type Instant } from '../time.ts';
import type { RungRef } from './event.ts';
import { OWNER, owingClock } from './owing.ts';
import { rungAt } from './rung-time.ts';
import type { CaseState, ClockState } from './state.ts';

export interface Warning {
  readonly role: RoleId;
  /** Place in the ladder as the pack writes it, from 1. */
  readonly rung: number;
  /** When it may be acted on; it stands for the millisecond before. */
  readonly at: Instant;
}

/**
 * The rungs before the deadline that have not been told yet, in business order. Each is told once for a due instant; when
 * that moves, again for the new one, unless its moment had passed already when it was told.
 */
export function warningsToCome(clock: ClockState, rules: PackRules, calendar: CalendarDays): Warning[] {
  const ladder = rules.ladders[clock.ladder] ?? [];
  if (clock.status !== 'running' || !ladder.some((rung) => rung.when === 'before')) return [];
  return ladder
    .flatMap((rung, i): Warning[] => {
      if (rung.when !== 'before' || !binds(rung, clock, rules)) return [];
      const at = rungAt(rung, clock, rules.limits[clock.limit], calendar);
      if (at === undefined || clock.warned?.some((w) => w.rung === i + 1 && (w.dueAt === clock.dueAt || w.at >= at))) return [];
      return [{ role: rung.role, rung: i + 1, at: at + 1 }];
    })
    .toSorted((a, b) => a.at - b.at);
}

/**
 * The rungs of a breach with their instants, in business order. A role that owes the matter itself is not told of its own
 * omission by the ladder ("if that is above the approver", readings 7).
 */
export function rungsOfBreach(clock: ClockState, rules: PackRules, calendar: CalendarDays): ClockState['rungs'] {
  return (rules.ladders[clock.ladder] ?? [])
    .filter((rung) => rung.when !== 'before' && !clock.of.includes(rung.role) && binds(rung, clock, rules))
    .flatMap((rung) => {
      const at = rungAt(rung, clock, rules.limits[clock.limit], calendar);
      const { role, repeatEveryWorkdays: every } = rung;
      return at === undefined ? [] : [{ role, at: at + 1, ...(every === undefined ? {} : { every }) }];
    })
    .toSorted((a, b) => a.at - b.at);
}

/** A soft limit never reaches the general manager, whatever its ladder says (C10). */
function binds({ role }: Rung, { hardness }: ClockState, { generalManager }: PackRules): boolean {
  return hardness === 'hard' || role !== generalManager;
}

/** The end of the n-th working day that ends after `last`. */
export function endOfWorkday(last: Instant, n: number, calendar: CalendarDays): Instant {
  let day = dayOf(last) - 1;
  for (let counted = 0; counted < n;) if (dayKind(calendar, ++day).working) counted++;
  return endOfDay(day);
}

/** The top of a hard limit's ladder: once per breach, whatever the ladder says after it. */
export function escalates(role: RoleId, { hardness, told }: ClockState, { generalManager }: PackRules): boolean {
  return role === generalManager && hardness === 'hard' && !told.includes(role);
}

/** Roles are resolved when the rung fires: `owner` is whoever owes it now. */
export function refOf({ role, rung }: { role: RoleId; rung: number }, clock: ClockState, state: CaseState, rules: PackRules): RungRef {
  return { role, rung, ...(role === OWNER ? owingClock(clock, state, rules) : {}) };
}
