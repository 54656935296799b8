/** Where two judgements of one case differ: the record against its own rules (an audit), or against a candidate's. */
import type { ChainLink } from '../pack.ts';
import type { Instant } from '../time.ts';
import type { Judged, JudgedApproval, JudgedClock, Telling } from './judged.ts';

export interface Difference {
  /** Clock id, or `estimate v2`. */
  readonly of: string;
  readonly what: 'clock' | 'due' | 'outcome' | 'done' | 'told' | 'tier';
  readonly recorded: string | null;
  readonly recomputed: string | null;
}

/** Everything the record says otherwise than its own rules; none = the record is what they make of the facts. */
export function differences(recorded: Judged, recomputed: Judged, say: (at: Instant) => string): Difference[] {
  return [
    ...pairs(recorded.clocks, recomputed.clocks, (clock) => clock.id).flatMap(([id, a, b]) => ofClock(id, a, b, say)),
    ...ofTold(recorded.told, recomputed.told, say),
    ...approvalPairs(recorded.approvals, recomputed.approvals).flatMap(([of, a, b]): Difference[] => {
      const [was, is] = [sayTier(a), sayTier(b)];
      return was === is ? [] : [{ of, what: 'tier', recorded: was, recomputed: is }];
    }),
  ];
}

function ofClock(of: string, a: JudgedClock | undefined, b: JudgedClock | undefined, say: (at: Instant) => string): Difference[] {
  if (a === undefined || b === undefined)
    return [{ of, what: 'clock', recorded: a === undefined ? null : a.outcome, recomputed: b === undefined ? null : b.outcome }];
  const done = ({ doneAt }: JudgedClock): string | null => (doneAt === undefined ? null : say(doneAt));
  const found: Difference[] = [
    { of, what: 'due', recorded: say(a.dueAt), recomputed: say(b.dueAt) },
    { of, what: 'outcome', recorded: a.outcome, recomputed: b.outcome },
    { of, what: 'done', recorded: done(a), recomputed: done(b) },
  ];
  return found.filter((one) => one.recorded !== one.recomputed);
}

function ofTold(recorded: readonly Telling[], recomputed: readonly Telling[], say: (at: Instant) => string): Difference[] {
  const key = ({ clock, kind, rung, role }: Telling, n: number): string => `${clock} ${kind} ${rung} ${role} ${n}`;
  return pairs(numbered(recorded, key), numbered(recomputed, key), ([k]) => k).flatMap(([, a, b]): Difference[] => {
    const told = (a ?? b)?.[1];
    const [was, is] = [a, b].map((one) => (one === undefined ? null : `${one[1].kind} ${one[1].role} ${say(one[1].at)}`));
    return told === undefined || was === is ? [] : [{ of: told.clock, what: 'told', recorded: was ?? null, recomputed: is ?? null }];
  });
}

/** Told of the same thing more than once (reminders, repeated rungs): first with first, second with second. */
export function numbered(told: readonly Telling[], key: (telling: Telling, n: number) => string): [string, Telling][] {
  const seen = new Map<string, number>();
  return told.map((telling) => {
    const n = (seen.get(key(telling, 0)) ?? 0) + 1;
    seen.set(key(telling, 0), n);
    return [key(telling, n), telling];
  });
}

/** An approval that changes hands: links that are asked no more, and links that are asked instead. */
export interface HandChange {
  readonly proposal: string;
  readonly version: number;
  readonly amount: number | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly gone: readonly ChainLink[];
  readonly added: readonly ChainLink[];
}

/** Approvals whose chain is another one under the second judgement; the same links in another order count, too. */
export function handChanges(before: Judged, after: Judged): HandChange[] {
  return approvalPairs(before.approvals, after.approvals).flatMap(([, a, b]): HandChange[] => {
    const [was, is] = [a?.chain ?? [], b?.chain ?? []];
    const one = b ?? a;
    if (one === undefined || (was.length === is.length && was.every((link, i) => sameLink(link, is[i])))) return [];
    const without = (links: readonly ChainLink[], others: readonly ChainLink[]): ChainLink[] =>
      links.filter((link) => !others.some((other) => sameLink(link, other)));
    const { proposal, version, amount } = one;
    return [
      { proposal, version, amount, before: a?.tier ?? null, after: b?.tier ?? null, gone: without(was, is), added: without(is, was) },
    ];
  });
}

const sameLink = (a: ChainLink, b: ChainLink | undefined): boolean => a.act === b?.act && a.role === b.role;

const sayTier = (approval: JudgedApproval | undefined): string | null =>
  approval?.tier == null
    ? null
    : `${approval.tier}: ${approval.chain.map(({ act, role }) => `${act} ${role}`).join(', ')} (${approval.sum})`;

const approvalPairs = (a: readonly JudgedApproval[], b: readonly JudgedApproval[]) =>
  pairs(a, b, ({ proposal, version }) => `${proposal} v${version}`);

export function pairs<T>(a: readonly T[], b: readonly T[], key: (one: T) => string): [key: string, a: T | undefined, b: T | undefined][] {
  const left = new Map(a.map((one) => [key(one), one]));
  const right = new Map(b.map((one) => [key(one), one]));
  return [...new Set([...left.keys(), ...right.keys()])].map((k) => [k, left.get(k), right.get(k)]);
}
