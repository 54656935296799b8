/** The story as a timeline: what was done, what passed by itself, what was expected, each with its time. */
import type { AnyEvent } from '../../domain/case/event.ts';
import type { Lang } from '../../domain/explain.ts';
import type { Pack } from '../../domain/pack.ts';
import { formatDue, type Instant } from '../../domain/time.ts';
import type { Check } from '../expect/expectation.ts';
import { sayDuration } from '../../domain/case/duration.ts';
import { unnoticedFor } from '../../domain/case/outage.ts';
import { limitOf } from '../expect/look.ts';
import type { Played, PlayedStep } from '../play/play.ts';
import { limitLabel, roleLabel, stepLabel, word } from './words.ts';

export interface Line {
  readonly at: Instant;
  readonly case: string;
  readonly kind: 'act' | 'refused' | 'event' | 'check';
  readonly text: string;
  readonly who?: string;
  readonly clause?: string;
  readonly check?: Check;
}

/** Acts and expectations as played; in between, what the case did by itself until then. */
export function timelineOf({ story: { pack }, steps, cases }: Played, lang: Lang): Line[] {
  const ownWork = cases.flatMap(({ name, look }) =>
    look.events.flatMap((event) => passedBy(event, look.events, pack, lang).map((line): Line => ({ ...line, case: name }))),
  );
  const lines = steps.flatMap((step) => [...actLine(step, pack, lang), ...step.checks.map((check): Line => checkLine(step, check))]);
  return [...lines, ...ownWork]
    .map((line, i) => ({ line, i }))
    .toSorted((a, b) => a.line.at - b.line.at || order(a.line) - order(b.line) || a.i - b.i)
    .map(({ line }) => line);
}

/** Within one instant: what was done, what followed, what was expected. */
const order = ({ kind }: Line): number => ({ act: 0, refused: 0, event: 1, check: 2 })[kind];

function actLine({ step, outcome }: PlayedStep, pack: Pack, lang: Lang): Line[] {
  const { act, at, case: name, event } = step;
  if (event !== undefined) return [{ at, case: name, kind: 'event', text: word(event.kind, lang) }];
  if (act === undefined || outcome === undefined) return [];
  const who = act.roles.map((role) => roleLabel(pack, role, lang)).join(', ');
  const clause = pack.rules.steps[act.submit]?.clause;
  const what = `${stepLabel(pack, act.submit, lang)}${typeof act.form['decision'] === 'string' ? ` (${act.form['decision']})` : ''}`;
  return [
    {
      at,
      case: name,
      who,
      kind: outcome.accepted ? 'act' : 'refused',
      text: outcome.accepted ? what : `${what}: ${outcome.words}`,
      ...(clause === undefined ? {} : { clause }),
    },
  ];
}

const checkLine = ({ step }: PlayedStep, check: Check): Line => ({
  at: step.at,
  case: step.case,
  kind: 'check',
  check,
  text: check.held ? `${check.what}: ${check.found}` : check.what,
});

/** What an event says to a reader; nothing for those that an act's own line has said. */
function passedBy(event: AnyEvent, all: readonly AnyEvent[], pack: Pack, lang: Lang): Omit<Line, 'case'>[] {
  const say = (text: string, at: Instant = event.recordedAt): Omit<Line, 'case'>[] => [
    { at, kind: 'event', text, ...(event.clause === undefined ? {} : { clause: event.clause }) },
  ];
  const limit = (clock: string): string => limitLabel(pack, limitOf(clock), lang);
  switch (event.kind) {
    case 'clock-breached':
      return say(
        `${word('breach', lang)}: ${limit(event.data.clock)} (${formatDue(event.data.dueAt)})${noticed(event.data.clock, all, lang)}`,
      );
    case 'clock-late':
      return say(`${limit(event.data.clock)}: ${word('late', lang)} ${sayDuration(event.data.lateBy)}`);
    case 'clock-excused':
      return say(`${word('excused', lang)}: ${limit(event.data.clock)}`);
    case 'clock-moved':
      return say(`${limit(event.data.clock)}: ${word('moved', lang)} ${formatDue(event.data.to)}`);
    case 'clock-recomputed':
      return say(`${limit(event.data.clock)}: ${word('recomputed', lang)} ${formatDue(event.data.to)}`);
    case 'rebased':
      return say([word('rebased', lang), event.data.pack?.version, event.data.calendar?.version].filter(Boolean).join(' '));
    case 'notified':
    case 'escalated':
      return say(`${word(event.kind, lang)} ${roleLabel(pack, event.data.role, lang)}: ${limit(event.data.clock)}`);
    case 'reminded':
      return say(
        `${word('reminded', lang)} ${event.data.roles.map((role) => roleLabel(pack, role, lang)).join(', ')}: ${limit(event.data.clock)}`,
      );
    case 'told':
      return say(`${word('told', lang)} ${roleLabel(pack, event.data.role, lang)}: ${event.data.what}`);
    case 'round-started':
      return say(`${word('round', lang)} ${event.data.round}`);
    case 'closed':
      return say(`${word('closed', lang)}: ${event.data.reason}`);
    default:
      return [];
  }
}

/** What a worker is late by at most when nothing is wrong. */
const PROMPT_MS = 60_000;

/** Shown as what it was: the system's own lateness, not the people's. */
function noticed(clock: string, events: readonly AnyEvent[], lang: Lang): string {
  const late = unnoticedFor(clock, events) ?? 0;
  return late < PROMPT_MS ? '' : `, ${word('noticed', lang)} ${sayDuration(late - (late % PROMPT_MS))}`;
}
