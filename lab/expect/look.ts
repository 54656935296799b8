/** What a story sees of a case when it looks: its record, folded, and what the record brought about in the store. */
import type { CalendarDays } from '../../domain/calendar.ts';
import type { AnyEvent } from '../../domain/case/event.ts';
import type { CaseState, ClockState, TaskState } from '../../domain/case/state.ts';
import { clockStory } from '../../domain/case/clock-story.ts';
import { sayDuration } from '../../domain/case/duration.ts';
import type { Lang } from '../../domain/explain.ts';
import type { Fen } from '../../domain/money.ts';
import { resolveRole, type Pack, type RoleId } from '../../domain/pack.ts';
import { formatInstant } from '../../domain/time.ts';

export interface Look {
  readonly pack: Pack;
  readonly calendar: CalendarDays;
  readonly state: CaseState;
  readonly events: readonly AnyEvent[];
  /** The number given at the opening, and how many cases the story's openings have made. */
  readonly opening: { readonly number: string; readonly openings: number; readonly cases: number };
  /** The numbers of the story's cases, by their names in it. */
  readonly numbers: ReadonlyMap<string, string>;
  readonly notices: readonly { readonly recipient: string; readonly kind: string }[];
  readonly orders: readonly string[];
  readonly ledger: { readonly retention: Fen; readonly repairCost: Fen };
  /** What it went by at an event; absent: always as now. */
  readonly byThen?: (seq: number) => { readonly pack: Pack; readonly calendar: CalendarDays };
}

const ordinal = (id: string): number => Number(id.slice(id.lastIndexOf('#') + 1));

/** `survey` is the latest clock of that limit, `survey#1` the first one. */
export function clockOf({ state }: Look, ref: string): ClockState | undefined {
  if (ref.includes('#')) return state.clocks[ref];
  return Object.values(state.clocks)
    .filter((k) => k.limit === ref)
    .toSorted((a, b) => ordinal(a.id) - ordinal(b.id))
    .at(-1);
}

/** All clocks that a reference means: one by its id, or every one of a limit. */
export function clocksOf(look: Look, ref: string): ClockState[] {
  return Object.values(look.state.clocks).filter((k) => k.id === ref || k.limit === ref);
}

export const limitOf = (ref: string): string => ref.split('#')[0] ?? ref;

/** `survey` is every open task of that step, `survey#2` the second one. */
export function openTasksOf({ state }: Look, ref: string): TaskState[] {
  return Object.values(state.tasks).filter((t) => t.status === 'open' && (t.id === ref || t.step === ref));
}

export const roleId = ({ pack }: Pick<Look, 'pack'>, name: string): RoleId => resolveRole(pack, name) ?? name;

/** How a deadline came about, and what has become of it. */
export function whyOf(
  { pack, calendar, events, byThen }: Pick<Look, 'pack' | 'calendar' | 'events' | 'byThen'>,
  clock: ClockState,
  lang: Lang = 'en',
): string[] {
  const reckoning = (seq: number) => {
    const by = byThen?.(seq) ?? { pack, calendar };
    const rule = by.pack.rules.limits[clock.limit];
    return rule === undefined ? undefined : { rule, calendar: by.calendar };
  };
  const first = reckoning(events.find((e) => e.kind === 'clock-started' && e.data.clock === clock.id)?.seq ?? 0);
  if (first === undefined) return [];
  const names = {
    limit: pack.limitLabels[clock.limit]?.[lang] ?? clock.limit,
    role: (id: RoleId) => pack.roles.find((role) => role.id === id)?.[lang] ?? id,
  };
  return clockStory(clock.id, events, first.rule, first.calendar, names, lang, reckoning);
}

/** `met 2026-03-10 10:00:00`, `breached, 9h late` */
export function sayClock(clock: ClockState | undefined): string {
  if (clock === undefined) return 'never started';
  const late = clock.lateBy === undefined ? '' : `, ${sayDuration(clock.lateBy)} late`;
  const done = clock.doneAt === undefined || clock.status === 'running' ? '' : ` ${formatInstant(clock.doneAt)}`;
  return `${clock.status}${late}${done}`;
}
