/** What a year changes, for somebody at a terminal. */
import { formatDue } from '../../domain/time.ts';
import type { previewYearOf } from '../../desk/index.ts';

export function sayYear({ preview, unused, cases }: Awaited<ReturnType<typeof previewYearOf>>): string {
  const { year, source, replaces, version, daysOff, makeUpDays, differences, workingDays } = preview;
  return [
    `${year} of ${source}${replaces ? ' (replaces what is loaded)' : ''}; version ${version.from} → ${version.to}`,
    `  ${workingDays} working days; off ${daysOff.join(' ') || 'none'}; make-up workdays ${makeUpDays.join(' ') || 'none'}`,
    `  otherwise than before: ${differences.map(({ day, before, after }) => `${day} ${before} → ${after}`).join(', ') || 'nothing'}`,
    ...(unused.length === 0 ? [] : [`  not used: ${unused.join(', ')}`]),
    `  ${cases.cases} open cases wait for it; deadlines move in ${cases.moving}${cases.moving > cases.first.length ? `, the first ${cases.first.length}` : ''}:`,
    ...cases.first.flatMap(({ number, changes }) =>
      changes.map(({ clock, from, to }) => `    ${number}  ${clock.padEnd(22)} ${formatDue(from)} → ${formatDue(to)}`),
    ),
  ].join('\n');
}
