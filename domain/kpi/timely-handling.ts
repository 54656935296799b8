/** [TS.M1] 顾客意见(含投诉、建议)及时处理率: opinions handled in the prescribed time of all opinions of a period. */
import type { Instant } from '../time.ts';
import { ShareCount, type CountedClock, type Share } from './share.ts';

/** The limit whose running out is the prescribed time (TS.D3). */
const HANDLING = 'handling';

export interface Period {
  /** First instant of it. */
  readonly from: Instant;
  /** First instant after it. */
  readonly until: Instant;
}

/**
 * An opinion belongs to the period in which its prescribed time ran out or, if earlier, in which it was finished, and so
 * to one only (readings 17). Given several handling clocks of one case (it was reopened), the first one counts: the
 * opinion is one opinion. Open ones that are not due are shown apart, in the period in which they will be. Without a
 * period all count. Clocks of other limits are passed over.
 */
export class TimelyHandling {
  private readonly firstOf = new Map<string, CountedClock>();

  add(clock: CountedClock): void {
    if (clock.limit === HANDLING && !this.firstOf.has(clock.case)) this.firstOf.set(clock.case, clock);
  }

  rate(period?: Period): Share {
    const count = new ShareCount();
    for (const clock of this.firstOf.values()) {
      if (period === undefined || isWithin(countsAt(clock), period)) count.add(clock.case, clock.outcome);
    }
    return count.share;
  }
}

function countsAt({ dueAt, doneAt }: CountedClock): Instant {
  return doneAt === undefined ? lastOf(dueAt) : Math.min(doneAt, lastOf(dueAt));
}

/** A day-based limit ends with 24:00, which is the next day's first instant: the time has run out on the day before. */
const lastOf = (dueAt: Instant): Instant => dueAt - 1;

const isWithin = (at: Instant, { from, until }: Period): boolean => at >= from && at < until;
