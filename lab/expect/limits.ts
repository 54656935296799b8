/** Deadlines: when they are due, and whether they were kept. */
import { z } from 'zod';
import type { ClockState } from '../../domain/case/state.ts';
import { formatDue, parseBeijing } from '../../domain/time.ts';
import { duration, readDuration, when } from '../file/words.ts';
import { each, listed, one, same, type Why } from './expectation.ts';
import { sayDuration } from '../../domain/case/duration.ts';
import { unnoticedFor } from '../../domain/case/outage.ts';
import { clockOf, clocksOf, sayClock, whyOf, type Look } from './look.ts';

const why = (look: Look, ...clocks: (ClockState | undefined)[]): Why => {
  const started = clocks.filter((clock) => clock !== undefined);
  return { zh: started.flatMap((clock) => whyOf(look, clock, 'zh')), en: started.flatMap((clock) => whyOf(look, clock, 'en')) };
};

export const due = each('limit', 'When the limit is due: its latest clock, or by id such as survey#1.', when, (limit, value, look) => {
  const clock = clockOf(look, limit);
  return same(formatDue(parseBeijing(value)), clock === undefined ? 'never started' : formatDue(clock.dueAt), why(look, clock));
});

export const notDue = each(
  'limit',
  'Wrong answers: when the limit is not due.',
  z.union([when, z.array(when).min(1)]),
  (limit, value, look) => {
    const clock = clockOf(look, limit);
    const wrong = one(value).map((text) => formatDue(parseBeijing(text)));
    const found = clock === undefined ? 'never started' : formatDue(clock.dueAt);
    return { expected: `not ${wrong.join(' nor ')}`, found, held: clock !== undefined && !wrong.includes(found), why: why(look, clock) };
  },
);

/** The latest clock of the limit, or the one named, has this status. */
const status = (wanted: ClockState['status'], help: string) =>
  listed('limit', help, (limit, look) => {
    const clock = clockOf(look, limit);
    return { expected: wanted, found: sayClock(clock), held: clock?.status === wanted, why: why(look, clock) };
  });

export const running = status('running', 'Limits that still run.');
export const met = status('met', 'Limits that were kept.');
export const breached = status('breached', 'Limits that were broken; the breach stands, also when it was done later.');
export const excused = status('excused', 'Limits whose breach a fact entered late has excused.');
export const stopped = status('stopped', 'Limits that ended without verdict.');

export const notBreached = listed('limit', 'Limits of which no clock was broken.', (limit, look) => {
  const clocks = clocksOf(look, limit);
  const broken = clocks.filter((k) => k.status === 'breached');
  return {
    expected: 'no breach',
    found: clocks.map(sayClock).join('; ') || 'never started',
    held: broken.length === 0,
    why: why(look, ...broken),
  };
});

export const notStarted = listed('limit', 'Limits of which no clock has started.', (limit, look) => {
  const clocks = clocksOf(look, limit);
  return { expected: 'never started', found: clocks.map(sayClock).join('; ') || 'never started', held: clocks.length === 0 };
});

export const late = each('limit', 'How late it was done after its due instant.', duration, (limit, value, look) => {
  const clock = clockOf(look, limit);
  return same(
    sayDuration(readDuration(value)),
    clock?.lateBy === undefined ? sayClock(clock) : sayDuration(clock.lateBy),
    why(look, clock),
  );
});

export const outage = each(
  'limit',
  'How long after its due instant the breach was noticed, to the minute; about nothing unless there was an outage.',
  duration,
  (limit, value, look) => {
    const clock = clockOf(look, limit);
    const minutes = (ms: number): number => Math.floor(ms / 60_000) * 60_000;
    const unnoticed = clock === undefined ? undefined : unnoticedFor(clock.id, look.events);
    const found = unnoticed === undefined ? sayClock(clock) : sayDuration(minutes(unnoticed));
    return same(sayDuration(minutes(readDuration(value))), found, why(look, clock));
  },
);

export const provisional = each(
  'limit',
  'Whether the deadline rests on a calendar that may still change.',
  z.boolean(),
  (limit, value, look) => {
    const clock = clockOf(look, limit);
    return same(String(value), String(clock?.provisional ?? 'never started'), why(look, clock));
  },
);

export const moved = each(
  'limit',
  'The last move of a deadline: from where to where.',
  z.strictObject({ from: when, to: when }),
  (limit, { from, to }, look) => {
    const move = clockOf(look, limit)?.moves.at(-1);
    return same(
      fromTo(parseBeijing(from), parseBeijing(to)),
      move === undefined ? 'not moved' : fromTo(move.from, move.to),
      why(look, clockOf(look, limit)),
    );
  },
);

export const recomputed = each(
  'limit',
  'The last time a deadline was reckoned anew, by a newer pack or calendar: from where to where.',
  z.strictObject({ from: when, to: when }),
  (limit, { from, to }, look) => {
    const clock = clockOf(look, limit);
    const last = look.events.findLast((event) => event.kind === 'clock-recomputed' && event.data.clock === clock?.id);
    const found = last?.kind === 'clock-recomputed' ? fromTo(last.data.from, last.data.to) : 'never';
    return same(fromTo(parseBeijing(from), parseBeijing(to)), found, why(look, clock));
  },
);

const fromTo = (a: number, b: number): string => `${formatDue(a)} → ${formatDue(b)}`;
