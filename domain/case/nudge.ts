/** 催办: whoever owes an open task is asked to get on with it; not more often than the pack allows. */
import type { CalendarDays } from '../calendar.ts';
import { dayKind } from '../calendar.ts';
import { refuse, type Refusal } from '../errors.ts';
import type { PackRules, RoleId } from '../pack.ts';
import { dayOf, formatInstant, startOfDay, type Instant } from '../time.ts';
import type { TaskState } from './state.ts';

export type Nudger = 'coordinator' | 'customer';

export interface Nudge {
  readonly from: Nudger;
  readonly occurredAt: Instant;
  /** Of whoever says it. */
  readonly roles: readonly RoleId[];
}

/**
 * When the same side may nudge the same task again: from the start of the n-th working day after its last nudge on. The pack's
 * switch `nudgeEveryWorkdays` is n, default 1; 0 = as often as they like. Undefined: at once.
 */
export function nudgeAgainFrom(
  last: Instant | undefined,
  { switches }: Pick<PackRules, 'switches'>,
  calendar: CalendarDays,
): Instant | undefined {
  const every = Number(switches['nudgeEveryWorkdays'] ?? 1);
  if (last === undefined || !(every >= 1)) return undefined;
  let day = dayOf(last);
  for (let counted = 0; counted < every;) if (dayKind(calendar, ++day).working) counted++;
  return startOfDay(day);
}

export function judgeNudge(task: TaskState | undefined, nudge: Nudge, rules: PackRules, calendar: CalendarDays): Refusal | undefined {
  if (task?.status !== 'open') return refuse('task-not-open', task?.id);
  if (task.optional && !task.escalation) return refuse('nothing-owed', task.step);
  if (nudge.from === 'coordinator' && !rules.coordinator.some((role) => nudge.roles.includes(role)))
    return refuse('wrong-role', rules.coordinator.join(' | '));
  if (nudge.occurredAt < task.openedAt) return refuse('occurred-out-of-order', formatInstant(task.openedAt));
  const again = nudgeAgainFrom(task.nudged?.[nudge.from], rules, calendar);
  return again !== undefined && nudge.occurredAt < again ? refuse('nudged-too-often', formatInstant(again)) : undefined;
}
