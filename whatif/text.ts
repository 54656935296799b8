/** The report for people, in Chinese or English. */
import type { Counted, Share } from '../domain/kpi/share.ts';
import type { LimitFigures, RungFigures, TotalName, WhatIf } from './report.ts';
import { EN, ZH, type Words } from './words.ts';

export interface TextOptions {
  readonly lang: 'zh' | 'en';
  /** List case numbers below the figures. */
  readonly cases: boolean;
}

export function whatIfText(report: WhatIf, { lang, cases }: TextOptions): string {
  const words = lang === 'zh' ? ZH : EN;
  const list = (counted: Counted): string[] => (cases && counted.cases.length > 0 ? [`      ${counted.cases.join(' ')}`] : []);
  return [
    ...head(report, words),
    ...audit(report, words),
    words.totals,
    ...(Object.keys(report.totals.before) as TotalName[]).map((name) =>
      row(words.total[name], report.totals.before[name], report.totals.after[name]),
    ),
    words.limits,
    ...report.limits.filter(isWorthSaying).flatMap((limit) => limitLines(limit, words, list)),
    words.rungs,
    ...report.rungs.flatMap((rung) => rungLines(rung, words, cases)),
    ...approvals(report, words, cases, list),
    ...report.kpis.flatMap(({ id, shares, ...label }) => [
      `${id} ${label[lang]}`,
      ...shares.flatMap(({ requirement, limit, before, after }) => [
        `  ${`${requirement} ${limit}`.padEnd(WIDTH)} ${sayShare(before)} → ${sayShare(after)}${apart(after, words)}`,
        ...list(after.broken),
      ]),
    ]),
    ...(report.notReEvaluated.length === 0 ? [] : [words.notReEvaluated(report.notReEvaluated.join(', '))]),
  ].join('\n');
}

const WIDTH = 44;

function row(what: string, before: number, after: number): string {
  const change = after - before;
  return `  ${pad(what)} ${String(before).padStart(7)} → ${String(after).padStart(7)}${change === 0 ? '' : `  ${change > 0 ? '+' : ''}${change}`}`;
}

/** Chinese characters take two columns. */
function pad(text: string): string {
  const wide = text.match(/[\u2E80-\uFFFF]/g)?.length ?? 0;
  return text.padEnd(WIDTH - wide);
}

function head({ candidate, against, cases, asOf }: WhatIf, words: Words): string[] {
  return [words.head(`${candidate.id} ${candidate.version} (${candidate.hash.slice(0, 12)}, ${candidate.calendar})`, against, cases, asOf)];
}

function audit({ audit: { compared, different, notCompared } }: WhatIf, words: Words): string[] {
  return [
    words.audit(compared, different.length, notCompared.count),
    ...different.flatMap(({ case: number, differences }) =>
      differences.map(({ of, what, recorded, recomputed }) => `  ${number} ${of} ${what}: ${recorded ?? '–'} ≠ ${recomputed ?? '–'}`),
    ),
  ];
}

function isWorthSaying({ status, before, after }: LimitFigures): boolean {
  return (
    status !== 'kept' ||
    [before, after].some(({ denominator, open, withoutVerdict }) => denominator.count + open.count + withoutVerdict.count > 0)
  );
}

function limitLines(limit: LimitFigures, words: Words, list: (counted: Counted) => string[]): string[] {
  const { before, after, status, newlyBroken, noLongerBroken, notEvaluable } = limit;
  return [
    `${row(`${limit.limit}${status === 'kept' ? '' : ` (${words.status[status]})`}`, before.broken.count, after.broken.count)}${apart(after, words)}`,
    ...(newlyBroken.count === 0 ? [] : [`    ${words.newlyBroken(newlyBroken.count)}`, ...list(newlyBroken)]),
    ...(noLongerBroken.count === 0 ? [] : [`    ${words.noLongerBroken(noLongerBroken.count)}`, ...list(noLongerBroken)]),
    ...(notEvaluable.count === 0 ? [] : [`    ${words.notEvaluable(notEvaluable.count)}`, ...list(notEvaluable)]),
  ];
}

function rungLines({ limit, rung, role, kind, before, after, changed }: RungFigures, words: Words, cases: boolean): string[] {
  return [
    row(`${limit} ${rung === 0 ? '' : `${rung} `}${words.total[kind as TotalName] ?? kind} ${role}`, before.count, after.count),
    ...(cases ? changed.map((one) => `      ${one.case} ${one.clock}: ${one.before ?? '–'} → ${one.after ?? '–'}`) : []),
  ];
}

function approvals(
  { approvals: { changed, links } }: WhatIf,
  words: Words,
  cases: boolean,
  list: (counted: Counted) => string[],
): string[] {
  return [
    words.approvals(changed.length),
    ...links.flatMap(({ act, role, gone, added }) => [
      `  ${pad(`${words.act[act]} ${role}`)} -${gone.count} +${added.count}`,
      ...list({ count: 0, cases: [...new Set([...gone.cases, ...added.cases])] }),
    ]),
    ...(cases
      ? changed.map(
          (one) =>
            `      ${one.case} ${one.proposal} v${one.version} ${one.amount === null ? '' : (one.amount / 100).toFixed(2)}: ${one.before ?? '–'} → ${one.after ?? '–'}`,
        )
      : []),
  ];
}

const sayShare = ({ numerator, denominator, percent }: Share): string =>
  `${numerator.count}/${denominator.count}${percent === null ? '' : ` = ${percent} %`}`;

function apart({ excused, open, withoutVerdict }: Share, words: Words): string {
  const parts = [
    ...(excused.count === 0 ? [] : [words.excused(excused.count)]),
    ...(open.count === 0 ? [] : [words.open(open.count)]),
    ...(withoutVerdict.count === 0 ? [] : [words.withoutVerdict(withoutVerdict.count)]),
  ];
  return parts.length === 0 ? '' : `  (${parts.join(', ')})`;
}
