/** Why a case's deadlines are as they are, at an instant: what the record held then, in words. */
import type { CalendarDays } from '../../domain/calendar.ts';
import { clockStory } from '../../domain/case/clock-story.ts';
import type { AnyEvent } from '../../domain/case/event.ts';
import { fold } from '../../domain/case/reduce.ts';
import { openTasks } from '../../domain/case/state.ts';
import { tellings } from '../../domain/case/told.ts';
import type { Lang } from '../../domain/explain.ts';
import type { Pack, PackRules } from '../../domain/pack.ts';
import type { Instant } from '../../domain/time.ts';
import { clockView, taskView } from './case.ts';
import { iso } from './instants.ts';

export interface Under {
  /** By what the case went at an event. */
  readonly byThen: (seq: number) => { readonly rules: PackRules; readonly calendar: CalendarDays } | undefined;
  /** For names; undefined = ids instead. */
  readonly pack: Pack | undefined;
}

/** The lines of one clock; none when no such clock has started. */
export function whyLines(clock: string, events: readonly AnyEvent[], { byThen, pack }: Under, lang: Lang): string[] {
  const limit = clock.slice(0, clock.lastIndexOf('#'));
  const reckoning = (seq: number) => {
    const { rules, calendar } = byThen(seq) ?? {};
    const rule = rules !== undefined && Object.hasOwn(rules.limits, limit) ? rules.limits[limit] : undefined;
    return rule === undefined || calendar === undefined ? undefined : { rule, calendar };
  };
  const first = reckoning(events.find((e) => e.kind === 'clock-started' && e.data.clock === clock)?.seq ?? 0);
  if (first === undefined) return [];
  const names = {
    limit: pack?.limitLabels[limit]?.[lang] ?? limit,
    role: (id: string) => pack?.roles.find((role) => role.id === id)?.[lang] ?? id,
  };
  return clockStory(clock, events, first.rule, first.calendar, names, lang, reckoning);
}

/** What was known at an instant: only what had been recorded by then. Undefined: the case was not there yet. */
export function knownAt(all: readonly AnyEvent[], at: Instant, under: Under, lang: Lang) {
  const events = all.filter((event) => event.recordedAt <= at);
  if (events.length === 0) return undefined;
  const state = fold(events);
  return {
    number: state.number,
    at: iso(at),
    seq: state.seq,
    stage: state.stage,
    status: state.status,
    round: state.round,
    breaches: state.breaches,
    clocks: Object.values(state.clocks).map((clock) => ({
      clock: clockView(clock, under.pack),
      lines: whyLines(clock.id, events, under, lang),
    })),
    tasks: openTasks(state).map((task) => taskView(task, state, under.pack)),
    told: tellings(events).map(({ at: when, kind, roles, clock, what }) => ({
      at: iso(when),
      kind,
      roles: [...roles],
      clock: clock ?? null,
      what: what ?? null,
    })),
  };
}
