/** Makes the report of what was gathered. */
import { ShareCount, Tally } from '../domain/kpi/share.ts';
import { shareKpis, sharesOf } from '../domain/kpi/shares.ts';
import { canonicalJson } from '../domain/canonical.ts';
import { isoBeijing } from '../domain/time.ts';
import type { PackRules } from '../domain/pack.ts';
import type { Rulebook } from '../domain/what-if/rejudge.ts';
import { notReEvaluated } from './not-re-evaluated.ts';
import type { KpiFigures, LimitFigures, Sides, TotalName, WhatIf } from './report.ts';
import type { Gathered, Question } from './run.ts';

const totalNames: readonly TotalName[] = [
  'clocks',
  'met',
  'breaches',
  'late',
  'overdue',
  'excused',
  'open',
  'stopped',
  'reminded',
  'warned',
  'notified',
  'escalated',
  'digested',
  'approvals',
];
const nobody = new Tally().counted;

/** @param books the rules the cases ran under, as far as they are at hand */
export function compose(
  { candidate, against, from, until, asOf, period }: Question,
  gathered: Gathered,
  books: readonly Rulebook[],
): WhatIf {
  const { pack, rules, calendar } = candidate;
  const { totals } = gathered;
  const pinned = books.map((book) => book.rules);
  for (const limit of Object.keys(rules.limits)) totals.mention(limit);
  return {
    candidate: { id: pack.id, version: pack.version, hash: pack.hash, calendar: `${calendar.id}@${calendar.version}` },
    against,
    openedFrom: from === undefined ? null : isoBeijing(from),
    openedBefore: until === undefined ? null : isoBeijing(until),
    asOf: isoBeijing(asOf),
    cases: gathered.cases,
    audit: { compared: gathered.compared, different: gathered.different, notCompared: gathered.notCompared.counted },
    totals: { before: countsOf(totals.counts.before), after: countsOf(totals.counts.after) },
    limits: limitsOf(gathered, rules, pinned),
    rungs: [...totals.rungs.values()]
      .map(({ what, before, after, changed }) => ({ ...what, before: before.counted, after: after.counted, changed }))
      .toSorted((a, b) => a.limit.localeCompare(b.limit) || a.rung - b.rung || a.role.localeCompare(b.role)),
    approvals: {
      changed: totals.handChanges,
      links: [...totals.links.values()].map(({ link, gone, added }) => ({ ...link, gone: gone.counted, added: added.counted })),
    },
    kpis: [...shares(gathered, rules), ...timely(gathered, rules, period)],
    notReEvaluated: [...new Set(pinned.flatMap((was) => notReEvaluated(was, rules)))].toSorted(),
  };
}

const countsOf = (counts: ReadonlyMap<TotalName, number>): Record<TotalName, number> =>
  Object.fromEntries(totalNames.map((name) => [name, counts.get(name) ?? 0])) as Record<TotalName, number>;

function limitsOf({ totals, notEvaluable }: Gathered, rules: PackRules, pinned: readonly PackRules[]): LimitFigures[] {
  return [...totals.limits].map(([limit, { before, after, newlyBroken, noLongerBroken }]) => ({
    limit,
    status: statusOf(limit, rules, pinned),
    before: before.share,
    after: after.share,
    newlyBroken: newlyBroken.counted,
    noLongerBroken: noLongerBroken.counted,
    notEvaluable: notEvaluable.get(limit)?.counted ?? nobody,
  }));
}

function statusOf(limit: string, rules: PackRules, pinned: readonly PackRules[]): LimitFigures['status'] {
  const is = rules.limits[limit];
  if (is === undefined) return 'dropped';
  const were = pinned.map((one) => one.limits[limit]);
  if (pinned.length > 0 && were.every((was) => was === undefined)) return 'added';
  const said = (one: PackRules): string =>
    canonicalJson({ limit: one.limits[limit] ?? null, ladder: one.ladders[one.limits[limit]?.ladder ?? ''] ?? null });
  return pinned.every((one) => said(one) === said(rules)) ? 'kept' : 'changed';
}

function shares({ totals }: Gathered, rules: PackRules): KpiFigures[] {
  return shareKpis.flatMap((kpi): KpiFigures[] => {
    const side = (name: 'before' | 'after') =>
      sharesOf(
        kpi,
        (limit) => totals.limits.get(limit)?.[name].share ?? (Object.hasOwn(rules.limits, limit) ? new ShareCount().share : undefined),
      );
    const after = side('after');
    const both = side('before').flatMap(({ share: before, requirement, limit }) => {
      const is = after.find((one) => one.limit === limit);
      return is === undefined ? [] : [{ requirement, limit, before, after: is.share }];
    });
    return both.length === 0 ? [] : [{ id: kpi.id, zh: kpi.zh, en: kpi.en, shares: both }];
  });
}

function timely({ handled }: Gathered, rules: PackRules, period: Question['period']): KpiFigures[] {
  const sides: Sides<ReturnType<typeof handled.before.rate>> = { before: handled.before.rate(period), after: handled.after.rate(period) };
  if (!Object.hasOwn(rules.limits, 'handling') && sides.before.denominator.count === 0) return [];
  return [
    {
      id: 'TS.M1',
      zh: '顾客意见及时处理率',
      en: 'customer opinions handled in time',
      shares: [{ requirement: 'TS.M1', limit: 'handling', ...sides }],
    },
  ];
}
