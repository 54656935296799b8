/** One act through the desk, at its time: the case is moved on, the desk's clock set, and the verdict awaited. */
import { setTimeout as pause } from 'node:timers/promises';
import { FormError, KeyReused, NotFound, type Reply } from '../../desk/index.ts';
import type { Check } from '../expect/expectation.ts';
import type { Act, StoryStep } from '../story.ts';
import { fillForm } from './form.ts';
import type { Stage } from './stage.ts';

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

/** What was expected of the act and what became of it. */
export async function perform(
  stage: Stage,
  { at, case: name, act }: StoryStep & { readonly act: Act },
  ordinal: number,
): Promise<{ outcome: Outcome; check: Check }> {
  await stage.moveTo(name, at - BEFORE_MS);
  stage.now = at;
  const outcome = await said(stage, name, act, act.key ?? `step-${ordinal}`);
  const expected = act.refused === undefined ? 'accepted' : `refused: ${act.refused}`;
  const held = act.refused === undefined ? outcome.accepted : outcome.codes.includes(act.refused);
  return { outcome, check: { what: act.submit, expected, found: outcome.words, held } };
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
    if (error instanceof KeyReused) return refusal(['key-reused']);
    if (error instanceof NotFound) return refusal(['case-not-found'], error.message);
    throw error;
  }
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
