/**
 * A case goes on by newer rules or a newer calendar: what becomes of its deadlines. Pure; the case decides with it, and a
 * preview shows with it what the case would decide.
 */
import type { CalendarDays } from '../calendar.ts';
import { dueOf } from '../deadline.ts';
import { refuse, type Refusal } from '../errors.ts';
import type { PackLimit, PackRules } from '../pack.ts';
import { formatInstant, type Instant } from '../time.ts';
import { compareVersions } from '../version.ts';
import type { EventData } from './event.ts';
import type { CaseState, ClockState } from './state.ts';

/** What a case is judged by. */
export interface Under {
  readonly rules: PackRules;
  readonly calendar: CalendarDays;
}

/** `all`: every running deadline; `provisional`: only those that waited for the year to be loaded. */
export type Scope = 'all' | 'provisional';

/** What happens to one deadline, in this order. */
export interface ClockChange {
  readonly excused?: { readonly tell: readonly string[]; readonly at?: Instant };
  readonly recomputed: EventData['clock-recomputed'];
  readonly late?: { readonly lateBy: number; readonly at: Instant };
}

/**
 * Why the case may not go on by `next`, if it may not: another pack, nothing newer, or a deadline that still matters and that the
 * new rules do not know.
 */
export function refuseRebase(state: CaseState, before: Under, next: Under): Refusal | undefined {
  const { rules, calendar } = next;
  if (rules.id !== before.rules.id) return refuse('other-pack', `${before.rules.id} → ${rules.id}`);
  const samePack = rules.hash === before.rules.hash;
  const sameCalendar = calendar.id === before.calendar.id && calendar.version === before.calendar.version;
  if (samePack && sameCalendar) return refuse('not-newer', `${rules.id} ${rules.version}, ${calendar.id} ${calendar.version}`);
  if (!samePack && compareVersions(rules.version, before.rules.version) <= 0)
    return refuse('not-newer', `${rules.id} ${before.rules.version} → ${rules.version}`);
  if (samePack && calendar.id !== before.calendar.id) return refuse('not-newer', `${before.calendar.id} → ${calendar.id}`);
  if (!sameCalendar && calendar.id === before.calendar.id && compareVersions(calendar.version, before.calendar.version) <= 0)
    return refuse('not-newer', `${calendar.id} ${before.calendar.version} → ${calendar.version}`);
  const gone = Object.values(state.clocks).filter((clock) => matters(clock) && !Object.hasOwn(rules.limits, clock.limit));
  return gone.length === 0 ? undefined : refuse('limit-gone', gone.map((clock) => `${clock.id} (${clock.limit})`).join(', '));
}

const matters = ({ status }: ClockState): boolean => status === 'running' || status === 'breached';

/**
 * The deadlines that change, in the order of their clocks. A running one is reckoned anew from its own start; one that was agreed
 * with the customer stays as agreed. A verdict is never made worse: what was kept stays kept, and a broken one is looked at only
 * where the year that was missing shows its due instant later (readings 4, C8).
 * @param now when the case learns of it
 */
export function clockChanges(state: CaseState, before: Under, next: Under, scope: Scope, now: Instant): ClockChange[] {
  return Object.values(state.clocks).flatMap((clock) => {
    if (scope === 'provisional' && !clock.provisional) return [];
    const change =
      clock.status === 'running'
        ? ofRunning(clock, before, next)
        : clock.status === 'breached'
          ? ofBroken(clock, before, next, now)
          : undefined;
    return change === undefined ? [] : [change];
  });
}

function ofRunning(clock: ClockState, before: Under, next: Under): ClockChange | undefined {
  const rule = limitOf(next, clock);
  const due = wasAgreed(clock, before) ? clock : dueOf(rule, clock.startAt, next.calendar);
  const recomputed = recomputedData(clock, due, rule);
  return recomputed === undefined ? undefined : { recomputed };
}

/**
 * A provisional deadline runs like any other and was broken as it stood. Where the loaded year shows it to be due later, the
 * breach is excused if that instant is still to come (the limit runs on) or the matter was done by then; otherwise it stands, by
 * less.
 */
function ofBroken(clock: ClockState, before: Under, next: Under, now: Instant): ClockChange | undefined {
  if (!clock.provisional || wasAgreed(clock, before)) return undefined;
  const { dueAt, provisional } = dueOf(limitOf(next, clock), clock.startAt, next.calendar);
  const byCalendar = dueOf(limitOf(before, clock), clock.startAt, next.calendar).dueAt;
  if (byCalendar <= clock.dueAt || dueAt <= clock.dueAt) return undefined;
  const data = { clock: clock.id, from: clock.dueAt, to: dueAt, provisional };
  const tell = [...new Set(clock.told)];
  const { doneAt } = clock;
  if (doneAt === undefined && dueAt < now) return { recomputed: data };
  if (doneAt === undefined) {
    return { excused: { tell }, recomputed: { ...data, reopened: true, ...(clock.remind ? { remind: true } : {}) } };
  }
  if (doneAt <= dueAt) return { excused: { tell, at: doneAt }, recomputed: data };
  return { recomputed: data, late: { lateBy: doneAt - dueAt, at: doneAt } };
}

/** An instant agreed with the customer: an extension moved it there, or it is not what its rule gives. */
function wasAgreed(clock: ClockState, before: Under): boolean {
  return (
    clock.moves.length > 0 || clock.agreed === true || dueOf(limitOf(before, clock), clock.startAt, before.calendar).dueAt !== clock.dueAt
  );
}

function recomputedData(
  clock: ClockState,
  { dueAt, provisional }: { readonly dueAt: Instant; readonly provisional: boolean },
  { hardness, ladder }: PackLimit,
): EventData['clock-recomputed'] | undefined {
  const same = dueAt === clock.dueAt && provisional === clock.provisional;
  if (same && hardness === clock.hardness && ladder === clock.ladder) return undefined;
  return {
    clock: clock.id,
    from: clock.dueAt,
    to: dueAt,
    provisional,
    ...(hardness === clock.hardness ? {} : { hardness }),
    ...(ladder === clock.ladder ? {} : { ladder }),
  };
}

/** @throws RangeError for a limit that `refuseRebase` would have named */
function limitOf({ rules, calendar }: Under, { id, limit, startAt }: ClockState): PackLimit {
  const found = rules.limits[limit];
  if (found === undefined)
    throw new RangeError(`${rules.id} ${rules.version} has no limit ${limit} for ${id}, ${formatInstant(startAt)}, ${calendar.id}`);
  return found;
}
