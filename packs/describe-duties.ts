/** What a pack owes apart from its cases, in words. */
import type { Threshold } from '../domain/pack-duties.ts';
import type { PackDescription } from './describe.ts';

/** Sections of schedules, reports, notices, reopening and retention: title and lines. */
export function dutyLines(pack: PackDescription): [string, string[]][] {
  return [
    [
      'Schedules',
      pack.schedules.map(({ id, zh, en, every, by, with: others = [], limit, until, clause, requirement }) => {
        const more = [
          others.length === 0 ? '' : ` with ${others.join(', ')}`,
          within(limit),
          until === undefined ? '' : `, until the end of ${until}`,
        ];
        return `${id}: every ${every}, by ${by.join(', ')}${more.join('')}; ${zh} / ${en} (${clause}, ${requirement})`;
      }),
    ],
    [
      'Reports',
      pack.reports.map(({ id, zh, en, every, each, from, to, limit, clause, requirement }) => {
        const when = every === undefined ? `each ${each}` : `every ${every}`;
        return `${id}: ${when}, ${from.join(', ')} -> ${to.join(', ')}${within(limit)}; ${zh} / ${en} (${clause}, ${requirement})`;
      }),
    ],
    [
      'Notices to authorities',
      pack.authorityNotices.map(
        ({ id, zh, en, decidedBy, limit, clause, requirement }) =>
          `${id}: decided by ${decidedBy}${within(limit)}; ${zh} / ${en} (${clause}, ${requirement})`,
      ),
    ],
    [
      'Reopens on',
      pack.reopenOn.map(
        ({ step, field, equals, clause }) => `${step}${field === undefined ? '' : `: ${field} is ${String(equals)}`} (${clause})`,
      ),
    ],
    ['Retention', pack.retention === null ? [] : [sayRetention(pack.retention)]],
  ];
}

function within(limit: string | undefined): string {
  return limit === undefined ? '' : `, limit ${limit}`;
}

function sayRetention(retention: NonNullable<PackDescription['retention']>): string {
  if ('none' in retention) return retention.none;
  const { years, file, clause } = retention;
  return `${[years === undefined ? '' : `${years} years`, file === undefined ? '' : 'filed by year'].filter((part) => part !== '').join(', ')} (${clause})`;
}

/** A survey with its targets, questions and grades, one a line. */
export function surveyLines(survey: PackDescription['surveys'][number]): string[] {
  const { id, zh, en, by, window, limits = [], thresholds, items, grades = [], clause } = survey;
  return [
    `${id}: by ${by.join(', ')}; ${zh} / ${en} (${clause})`,
    ...(window === undefined ? [] : [`    sent ${window.opens} to ${window.closes} (${window.clause})`]),
    ...(limits.length === 0 ? [] : [`    limits: ${limits.join(', ')}`]),
    ...Object.entries(thresholds).map(([name, one]) => `    ${name}: ${sayThreshold(one)}; ${one.zh} / ${one.en} (${one.clause})`),
    ...(items === undefined
      ? []
      : [
          `    ${items.count} items scored ${items.lowestScore} to ${items.highestScore}, weights ${items.weights.join(' ')}, ${items.lowestTotal} to ${items.highestTotal} points in all (${items.clause})`,
        ]),
    ...grades.map((grade) => `    grade ${grade.id}: from ${grade.from}; ${grade.zh} / ${grade.en} (${grade.clause})`),
  ];
}

/** `at least 80 %`, `at least 10 %, at most 25 %`. */
export function sayThreshold({ unit, atLeast, above, atMost, below }: Threshold): string {
  const words: [string, number | undefined][] = [
    ['at least', atLeast],
    ['above', above],
    ['at most', atMost],
    ['below', below],
  ];
  const mark = unit === 'percent' ? ' %' : unit === 'count' ? '' : ` ${unit}`;
  return words.flatMap(([word, bound]) => (bound === undefined ? [] : [`${word} ${bound}${mark}`])).join(', ');
}
