/** Tells one case to the desk, message by message. What was told before is not told again: the desk knows the keys. */
import { setTimeout as pause } from 'node:timers/promises';
import { FormError, KeyReused, NotFound, ownKey, StoreAway, type Desk, type PastMarks, type Reply } from '../../desk/index.ts';
import { refusals } from '../../domain/errors.ts';
import type { Pack } from '../../domain/pack.ts';
import type { Mapping } from '../mapping/schema.ts';
import type { PastMessage } from '../tell/messages.ts';
import type { PastCase } from '../tell/plan.ts';

export interface Sender {
  readonly desk: Pick<Desk, 'open' | 'submit' | 'statusOf'>;
  readonly pack: Pack;
  readonly mapping: Mapping;
  readonly signal?: AbortSignal | undefined;
  /** How long a message may stay undecided; after that the run ends. Milliseconds. */
  readonly patience?: number;
}

export type Told =
  /** `already`: nothing of it was new. `resumed`: an earlier run had begun it. */
  | { readonly status: 'told' | 'already' | 'resumed'; readonly number: string }
  | { readonly status: 'refused'; readonly number?: string; readonly what: string; readonly remedy: string };

/** The desk has not answered within the patience: what was told stays, the next run goes on from there. */
export class DeskSilent extends Error {
  override readonly name = 'DeskSilent';
}

const PATIENCE_MS = 120_000;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;

/** @throws DeskSilent, or the signal's reason when the run is stopped */
export async function tellCase(sender: Sender, one: PastCase): Promise<Told> {
  const before = await beforehand(sender, one);
  let number = '';
  for (const [ordinal, message] of one.messages.entries()) {
    sender.signal?.throwIfAborted();
    const reply = await decided(sender, () => say(sender, one, ordinal, message, number));
    if ('what' in reply) return { ...reply, status: 'refused', ...(number === '' ? {} : { number }) };
    number = reply.number;
  }
  return { status: before, number };
}

/** The desk's clocks are for the living: an open case's run from its last message on; a closing ends the past by itself. */
function say({ desk, pack, mapping }: Sender, one: PastCase, ordinal: number, message: PastMessage, number: string): Promise<Reply> {
  const { step, form, occurredAt, unrecorded, person } = message;
  const ends = ordinal === one.messages.length - 1 && !one.closes;
  const marks: PastMarks = { past: true, ...(ends ? { pastEnds: true } : {}), ...(unrecorded ? { unrecorded } : {}) };
  const who = { person: person ?? `register.${mapping.register}`, roles: pack.rules.steps[step]?.by ?? [] };
  const key = keyOf(mapping, one, ordinal);
  const said = { key, who, form, occurredAt, ...marks };
  return step === 'open' ? desk.open({ ...said, pack: pack.id, kind: mapping.kind }) : desk.submit({ ...said, number, step });
}

const keyOf = ({ register }: Mapping, { id }: PastCase, ordinal: number): string => ownKey('import', register, id, ordinal);

async function beforehand(sender: Sender, one: PastCase): Promise<'told' | 'already' | 'resumed'> {
  const status = (ordinal: number): Promise<Reply | undefined> => decidedStatus(sender, keyOf(sender.mapping, one, ordinal));
  if ((await status(0)) === undefined) return 'told';
  return (await status(one.messages.length - 1))?.status === 'decided' ? 'already' : 'resumed';
}

async function decidedStatus(sender: Sender, key: string): Promise<Reply | undefined> {
  return patiently(sender, async () => ({ done: await sender.desk.statusOf(key) }));
}

/** Asks again, less and less often, while the message is received and not decided yet. */
async function decided(sender: Sender, ask: () => Promise<Reply>): Promise<{ number: string } | { what: string; remedy: string }> {
  return patiently(sender, async () => {
    try {
      const reply = await ask();
      if (reply.status === 'received' || (reply.status === 'refused' && reply.code === 'too-many-in-flight')) return undefined;
      return { done: reply.status === 'decided' ? { number: reply.number } : refused(reply) };
    } catch (error) {
      if (error instanceof KeyReused) return { done: changed };
      if (error instanceof FormError || error instanceof NotFound) return { done: { what: error.message, remedy: 'correct the mapping' } };
      throw error;
    }
  });
}

const changed = {
  what: 'was imported before with other content',
  remedy: 'nothing is doubled or changed: carry the case on by hand, or give the register another name if it is another one',
};

function refused({ code, detail }: Reply & { status: 'refused' }): { what: string; remedy: string } {
  return {
    what: `is refused: ${refusals[code].en} (${code}${detail === undefined ? '' : `, ${detail}`})`,
    remedy: 'look at the case and correct how the mapping tells it',
  };
}

async function patiently<T>({ signal, patience = PATIENCE_MS }: Sender, attempt: () => Promise<{ done: T } | undefined>): Promise<T> {
  const until = Date.now() + patience;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    signal?.throwIfAborted();
    const result = await attempt().catch((error: unknown) => {
      if (error instanceof StoreAway) return undefined;
      throw error;
    });
    if (result !== undefined) return result.done;
    if (Date.now() + wait > until)
      throw new DeskSilent(
        'the engine or the database does not answer: once it does, run the same command again, it goes on where it stopped',
      );
    await pause(wait, undefined, signal === undefined ? {} : { signal });
  }
}
