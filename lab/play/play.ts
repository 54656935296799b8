/** Plays a story step by step and says of each expectation whether it held. */
import { nextWake } from '../../domain/case/dues.ts';
import { RanPast } from '../engine/virtual-clock.ts';
import { formatInstant } from '../../domain/time.ts';
import { judge } from '../expect/all.ts';
import type { Check } from '../expect/expectation.ts';
import type { Look } from '../expect/look.ts';
import type { Story, StoryStep } from '../story.ts';
import { perform, type ActStep, type Outcome } from './act.ts';
import { recompute } from './calendar.ts';
import { look } from './look.ts';
import { begin, end } from './outage.ts';
import { seed } from './seed.ts';
import { Stage, type StageOptions } from './stage.ts';

/** A look at an instant lies a little after it; until a little before it the case is moved, the rest is waited for. */
const BEFORE_MS = 400;
const AFTER_MS = 100;
/** A limit is broken one millisecond after its due instant. */
const BROKEN_MS = 1;
/** A timer may be late by what the engine takes to set it; more than this is late. */
const LATE_MS = 6_000;

export interface PlayedStep {
  readonly step: StoryStep;
  readonly outcome?: Outcome;
  /** False when an act did not come out as told. */
  readonly asTold: boolean;
  readonly checks: readonly Check[];
}

export interface PlayedCase {
  readonly name: string;
  readonly number: string;
  readonly look: Look;
}

export interface Played {
  readonly story: Story;
  readonly steps: readonly PlayedStep[];
  readonly cases: readonly PlayedCase[];
  /** Steps that were left out after an act that did not come out as told, or a failure of the lab. */
  readonly notPlayed: number;
  readonly failure?: string;
  readonly held: boolean;
}

/** @throws RanPast when a case could not be stopped in time; the story may then be played again */
export async function play(story: Story, options: StageOptions): Promise<Played> {
  const stage = new Stage(story, options);
  const steps: PlayedStep[] = [];
  let failure: string | undefined;
  try {
    await seed(options.database.owner, story.pack.id, story.given);
    for (const together of inTurns(story.steps)) {
      const played = await playTurn(stage, together, steps.length);
      steps.push(...played);
      // What follows from an act that came out otherwise would only repeat that.
      if (played.some((one) => !one.asTold)) break;
    }
    for (const name of stage.numbers.keys()) await look(stage, name);
  } catch (error) {
    if (error instanceof RanPast) throw error;
    failure = error instanceof Error ? error.message : String(error);
  } finally {
    await stage.clear();
  }
  const notPlayed = story.steps.length - steps.length;
  const held = failure === undefined && notPlayed === 0 && steps.every((s) => s.checks.every((c) => c.held));
  const cases = [...stage.looks].map(([name, seen]) => ({ name, number: seen.state.number, look: seen }));
  return { story, steps, cases, notPlayed, held, ...(failure === undefined ? {} : { failure }) };
}

/** Steps one by one, those of one `atOnce` together. */
function inTurns(steps: readonly StoryStep[]): StoryStep[][] {
  const turns: StoryStep[][] = [];
  for (const step of steps) {
    const last = turns.at(-1);
    if (step.atOnce !== undefined && last?.[0]?.atOnce === step.atOnce) last.push(step);
    else turns.push([step]);
  }
  return turns;
}

async function playTurn(stage: Stage, together: readonly StoryStep[], ordinal: number): Promise<PlayedStep[]> {
  const acts = together.filter((step): step is ActStep => step.act !== undefined);
  if (acts.length === 0) return Promise.all(together.map((step) => playWithout(stage, step, ordinal)));
  const performed = await perform(stage, acts, ordinal);
  const played: PlayedStep[] = [];
  for (const [i, step] of acts.entries()) {
    const { outcome, check } = performed[i] ?? { check: { what: step.act.submit, expected: 'accepted', found: 'not sent', held: false } };
    // That an act is taken goes without saying; that it is refused is what the story expects.
    const counted = step.act.refused !== undefined || !check.held ? [check] : [];
    const seen = await look(stage, step.case);
    const checks = seen === undefined && step.expect === undefined ? [] : await expected(stage, step);
    played.push({ step, ...(outcome === undefined ? {} : { outcome }), asTold: check.held, checks: [...counted, ...checks] });
  }
  return played;
}

/** A look, or something that befalls the story. */
async function playWithout(stage: Stage, step: StoryStep, ordinal: number): Promise<PlayedStep> {
  if (step.event?.kind === 'outage-begins') await begin(stage, step);
  if (step.event?.kind === 'outage-ends') await end(stage, step);
  const outage = step.event?.kind.startsWith('outage') === true;
  const untaken = step.event?.kind === 'calendar-loaded' ? await recompute(stage, step, ordinal) : [];
  const checks = await expected(stage, step, !outage);
  return { step, asTold: untaken.length === 0, checks: [...untaken, ...checks] };
}

async function expected(stage: Stage, step: StoryStep, moves = false): Promise<Check[]> {
  if (step.expect === undefined) return [];
  const seen = moves ? await lookAt(stage, step) : stage.looks.get(step.case);
  if (seen === undefined) return [{ what: 'case', expected: 'opened', found: 'not opened', held: false }];
  return judge(step.expect, seen);
}

/** What fell due at the instant has been acted on; the next second has hardly begun. */
async function lookAt(stage: Stage, { case: name, at }: StoryStep): Promise<Look | undefined> {
  await stage.moveTo(name, at - BEFORE_MS);
  for (let after = AFTER_MS; ; after += AFTER_MS) {
    await stage.moveTo(name, at + after);
    const seen = await look(stage, name);
    const wake = seen === undefined || seen.state.reason !== undefined ? undefined : nextWake(seen.state, seen.pack.rules, seen.calendar);
    if (stage.waiting !== undefined) return seen;
    if (wake === undefined || wake > at + BROKEN_MS) return seen;
    if (after < LATE_MS) continue;
    // A run whose timer the skipped time has lost tells nothing; one whose timer is late every time tells of the procedure.
    if (stage.options.lastTime) return seen;
    throw new RanPast(`case ${name} has not acted on what was due at ${formatInstant(wake)}`);
  }
}
