/** The report of a run for the terminal: a quality manager reads what happened, what was expected, and why. */
import pc from 'picocolors';
import type { Lang } from '../../domain/explain.ts';
import { formatDue, formatInstant } from '../../domain/time.ts';
import { sayClock, whyOf } from '../expect/look.ts';
import type { Played } from '../play/play.ts';
import { timelineOf, type Line } from './timeline.ts';
import { limitLabel, word } from './words.ts';

export interface TextOptions {
  readonly lang: Lang;
  /** Only what did not hold. */
  readonly brief?: boolean;
}

export function storyText(played: Played, { lang, brief = false }: TextOptions): string {
  const head = `${mark(played.held)} ${pc.bold(titleOf(played))}${pc.dim(`  ${played.story.pack.id} ${played.story.pack.version} · ${played.story.file}`)}`;
  const lines = timelineOf(played, lang);
  const several = new Set(played.story.steps.map((s) => s.case)).size > 1;
  const body = (brief ? lines.filter((line) => line.check?.held === false) : lines).map((line) => lineText(line, lang, several));
  return [head, ...body, ...failure(played, lang), ...(brief && played.held ? [] : clocks(played, lang)), ''].join('\n');
}

export const titleOf = ({ story: { title, variant } }: Played): string => (variant === undefined ? title : `${title}: ${variant}`);

export function summaryText(all: readonly Played[], lang: Lang): string {
  const checks = all.flatMap((p) => p.steps.flatMap((s) => s.checks));
  const say = (held: number, total: number, what: 'stories' | 'checks'): string => `${held}/${total} ${word(what, lang)}`;
  const held = all.filter((p) => p.held).length;
  return `${mark(held === all.length)} ${say(held, all.length, 'stories')}, ${say(checks.filter((c) => c.held).length, checks.length, 'checks')} ${word('held', lang)}`;
}

const mark = (held: boolean): string => (held ? pc.green('✓') : pc.red('✗'));

function lineText(line: Line, lang: Lang, several: boolean): string {
  const time = formatInstant(line.at);
  const where = several ? `[${line.case}] ` : '';
  const clause = line.clause === undefined ? '' : pc.dim(`  ${line.clause}`);
  if (line.check !== undefined) return checkText(line, lang, where);
  if (line.kind === 'event') return `  ${pc.dim(time)}  ${where}· ${pc.yellow(line.text)}${clause}`;
  const text = line.kind === 'refused' ? pc.magenta(line.text) : line.text;
  return `  ${pc.dim(time)}  ${where}${pc.cyan(line.who ?? '')} → ${text}${clause}`;
}

function checkText({ check, at }: Line, lang: Lang, where: string): string {
  if (check === undefined) return '';
  if (check.held) return `${' '.repeat(23)}${where}${mark(true)} ${check.what}: ${check.found}`;
  const why = (check.why?.[lang] ?? []).map((line) => `${' '.repeat(27)}${pc.dim(line)}`);
  return [
    `  ${pc.dim(formatInstant(at))}  ${where}${mark(false)} ${pc.red(check.what)}: ${word('expected', lang)} ${check.expected}; ${word('found', lang)} ${check.found}`,
    ...why,
  ].join('\n');
}

function failure({ failure: why, notPlayed }: Played, lang: Lang): string[] {
  const lines = why === undefined ? [] : [`  ${pc.red(`${word('failure', lang)}: ${why}`)}`];
  return notPlayed === 0 ? lines : [...lines, `  ${pc.red(`${word('notPlayed', lang)}: ${notPlayed}`)}`];
}

/** Every limit of the case with its end and, where it was broken, how it was reckoned. */
function clocks({ cases, story }: Played, lang: Lang): string[] {
  return cases.flatMap(({ number, look }) => [
    `  ${pc.bold(word('limits', lang))}  ${pc.dim(number)}`,
    ...Object.values(look.state.clocks).flatMap((clock) => [
      `    ${limitLabel(story.pack, clock.limit, lang)} (${clock.id})  ${formatDue(clock.dueAt)}${clock.provisional ? ' ?' : ''}  ${sayClock(clock)}`,
      ...(clock.status === 'breached' || clock.moves.length > 0 ? whyOf(look, clock, lang).map((line) => `      ${pc.dim(line)}`) : []),
    ]),
  ]);
}
