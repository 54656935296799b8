/** One act through the desk, at its time: the case is moved on, the desk's clock set, and the verdict awaited. */
import { setTimeout as pause } from 'node:timers/promises';
import { FormError, KeyReused, NotFound, type Reply } from '../../desk/index.ts';
import type { Check } from '../expect/expectation.ts';
import type { Act, StoryStep } from '../story.ts';
import { fillForm } from './form.ts';
import { Away, type Stage } from './stage.ts';

/**
 * How long before an act the case is woken: less than a desk's clock may be ahead of a case's, and enough that what
 * falls due at the very instant of the act is still to come.
 */
const BEFORE_MS = 1_500;
const VERDICT_WITHIN_MS = 15_000;

export interface Outcome {
  readonly accepted: boolean;
  /** `accepted`, or `refused: wrong-role (customerService)` */
  readonly words: string;
  /** Every code it was refused with: a form may have several faults. */
  readonly codes: readonly string[];
}

export interface Performed {
  readonly outcome: Outcome;
  readonly check: Check;
}

export type ActStep = StoryStep & { readonly act: Act };

/**
 * What was expected of each act and what became of it. Several are received in their order, and decided on while the next
 * is under way.
 */
export async function perform(stage: Stage, steps: readonly ActStep[], ordinal: number): Promise<Performed[]> {
  for (const { at, case: name } of steps) await stage.moveTo(name, at - BEFORE_MS);
  const sent: Promise<Performed>[] = [];
  for (const [i, { at, case: name, act }] of steps.entries()) {
    stage.now = at;
    const key = act.key ?? `step-${ordinal + i}`;
    const performed = said(stage, name, act, key).then((outcome) => ({ outcome, check: checkOf(act, outcome) }));
    performed.catch(() => undefined);
    sent.push(performed);
    if (i < steps.length - 1) await Promise.race([performed, received(stage, key)]);
  }
  return Promise.all(sent);
}

function checkOf(act: Act, outcome: Outcome): Check {
  const expected = act.refused === undefined ? 'accepted' : `refused: ${act.refused}`;
  const held = act.refused === undefined ? outcome.accepted : outcome.codes.includes(act.refused);
  return { what: act.submit, expected, found: outcome.words, held };
}

async function received({ desk }: Stage, key: string): Promise<void> {
  for (const until = Date.now() + VERDICT_WITHIN_MS; Date.now() < until; await pause(2)) {
    if ((await desk.statusOf(key)) !== undefined) return;
  }
}

async function said(stage: Stage, name: string, act: Act, key: string): Promise<Outcome> {
  try {
    const reply = await send(stage, name, act, key);
    if (reply.status === 'decided') return { accepted: true, words: 'accepted', codes: [] };
    if (reply.status === 'refused') return refusal([reply.code], reply.detail);
    return { accepted: false, words: 'received, no verdict', codes: [] };
  } catch (error) {
    if (error instanceof FormError)
      return refusal(
        error.problems.map((p) => p.code),
        error.message,
      );
    if (error instanceof Away) return waits(stage, name, act, key);
    if (error instanceof KeyReused) return refusal(['key-reused']);
    if (error instanceof NotFound) return refusal(['case-not-found'], error.message);
    throw error;
  }
}

/** Received while nobody works: asked again with the same key when the worker is back. */
function waits(stage: Stage, name: string, act: Act, key: string): Outcome {
  const waiting = { accepted: true, words: 'received', codes: [] };
  stage.waiting?.push(async () => {
    const outcome = await said(stage, name, act, key);
    const { held } = checkOf(act, outcome);
    if (!held) throw new Error(`${act.submit}, received during the outage, was ${outcome.words}`);
  });
  return act.refused === undefined ? waiting : { ...waiting, words: `received, to be refused: ${act.refused}`, codes: [act.refused] };
}

const refusal = (codes: readonly string[], detail?: string): Outcome => ({
  accepted: false,
  words: `refused: ${[...new Set(codes)].join(', ')}${detail === undefined ? '' : ` (${detail})`}`,
  codes,
});

async function send(stage: Stage, name: string, act: Act, key: string): Promise<Reply> {
  const { desk, story, numbers } = stage;
  const form = fillForm(act, story, numbers, stage.looks.get(name));
  const { person, roles, task, async, occurredAt } = act;
  const common = { key, who: { person, roles }, form, ...(occurredAt === undefined ? {} : { occurredAt }) };
  if (act.submit === 'open') {
    const reply = await desk.open({ ...common, pack: story.pack.id, kind: act.kind ?? '' });
    if (reply.status !== 'decided') return reply;
    stage.openings += numbers.has(name) ? 0 : 1;
    numbers.set(name, reply.number);
    return reply;
  }
  const number = numbers.get(name);
  if (number === undefined) throw new NotFound(`case ${name} was not opened`);
  const reply = await desk.submit({
    ...common,
    number,
    step: act.submit,
    ...(task === undefined ? {} : { task }),
    ...(async ? { async } : {}),
  });
  return reply.status === 'received' ? verdict(stage, key, reply) : reply;
}

/** The case's recorder brings the verdict of what nobody waited for. */
async function verdict(stage: Stage, key: string, received: Reply): Promise<Reply> {
  for (const until = Date.now() + VERDICT_WITHIN_MS; Date.now() < until; await pause(20)) {
    const reply = await stage.desk.statusOf(key);
    if (reply !== undefined && reply.status !== 'received') return reply;
  }
  return received;
}
