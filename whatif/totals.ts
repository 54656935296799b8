/** Adds up judged cases, one after another; what it keeps are counts, case numbers and what differs. */
import { ShareCount, Tally } from '../domain/kpi/share.ts';
import type { ChainLink } from '../domain/pack.ts';
import { handChanges, numbered, pairs, type HandChange } from '../domain/what-if/differences.ts';
import { isBroken, type Judged, type JudgedClock, type Telling } from '../domain/what-if/judged.ts';
import { isoBeijing } from '../domain/time.ts';
import type { RungFigures, TotalName } from './report.ts';

class Both<T> {
  readonly before: T;
  readonly after: T;
  constructor(make: () => T) {
    this.before = make();
    this.after = make();
  }
}

class OfLimit extends Both<ShareCount> {
  readonly newlyBroken = new Tally();
  readonly noLongerBroken = new Tally();
  constructor() {
    super(() => new ShareCount());
  }
}

class OfRung extends Both<Tally> {
  readonly changed: RungFigures['changed'][number][] = [];
  readonly what: Pick<Telling, 'limit' | 'rung' | 'role' | 'kind'>;
  constructor({ limit, rung, role, kind }: Telling) {
    super(() => new Tally());
    this.what = { limit, rung, role, kind };
  }
}

class OfLink {
  readonly gone = new Tally();
  readonly added = new Tally();
  readonly link: ChainLink;
  constructor(link: ChainLink) {
    this.link = link;
  }
}

export class Totals {
  readonly counts = new Both(() => new Map<TotalName, number>());
  readonly limits = new Map<string, OfLimit>();
  readonly rungs = new Map<string, OfRung>();
  readonly links = new Map<string, OfLink>();
  readonly handChanges: ({ case: string } & HandChange)[] = [];

  add(number: string, before: Judged, after: Judged): void {
    for (const side of ['before', 'after'] as const) this.addSide(side, number, side === 'before' ? before : after);
    for (const [, was, is] of pairs(before.clocks, after.clocks, (clock) => clock.id)) this.compareClock(number, was, is);
    const key = ({ clock, limit, kind, rung, role }: Telling, n: number): string => `${clock}|${limit}|${kind}|${rung}|${role}|${n}`;
    for (const [, was, is] of pairs(numbered(before.told, key), numbered(after.told, key), ([k]) => k))
      this.compareTold(number, was?.[1], is?.[1]);
    for (const change of handChanges(before, after)) this.changeHands(number, change);
  }

  /** So that a limit stands in the report even if no case has a clock of it. */
  mention(limit: string): void {
    this.ofLimit(limit);
  }

  private addSide(side: 'before' | 'after', number: string, { clocks, told, approvals }: Judged): void {
    const count = (name: TotalName): void => void this.counts[side].set(name, (this.counts[side].get(name) ?? 0) + 1);
    for (const { limit, outcome } of clocks) {
      count('clocks');
      count(outcome);
      if (isBroken(outcome)) count('breaches');
      this.ofLimit(limit)[side].add(number, outcome);
    }
    for (const telling of told) {
      count(telling.kind as TotalName);
      this.ofRung(telling)[side].add(number);
    }
    for (const { tier } of approvals) if (tier !== null) count('approvals');
  }

  private compareClock(number: string, was: JudgedClock | undefined, is: JudgedClock | undefined): void {
    const [broken, breaks] = [was, is].map((clock) => clock !== undefined && isBroken(clock.outcome));
    if (broken === breaks) return;
    const ofLimit = this.ofLimit((is ?? was)?.limit ?? '');
    (breaks ? ofLimit.newlyBroken : ofLimit.noLongerBroken).add(number);
  }

  private compareTold(number: string, was: Telling | undefined, is: Telling | undefined): void {
    const telling = is ?? was;
    if (telling === undefined || telling.rung === 0 || was?.at === is?.at) return;
    const [before = null, after = null] = [was, is].map((one) => (one === undefined ? null : isoBeijing(one.at)));
    this.ofRung(telling).changed.push({ case: number, clock: telling.clock, before, after });
  }

  private changeHands(number: string, change: HandChange): void {
    this.handChanges.push({ case: number, ...change });
    for (const side of ['gone', 'added'] as const) {
      for (const link of change[side]) {
        const key = `${link.act} ${link.role}`;
        const found = this.links.get(key) ?? new OfLink(link);
        this.links.set(key, found);
        found[side].add(number);
      }
    }
  }

  private ofLimit(limit: string): OfLimit {
    const found = this.limits.get(limit) ?? new OfLimit();
    this.limits.set(limit, found);
    return found;
  }

  private ofRung(telling: Telling): OfRung {
    const key = `${telling.limit} ${telling.rung} ${telling.kind} ${telling.role}`;
    const found = this.rungs.get(key) ?? new OfRung(telling);
    this.rungs.set(key, found);
    return found;
  }
}
