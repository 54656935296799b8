/** From what a person filled in to what a case is told: facts to the workflow, wording to a document. */
import { randomUUID } from 'node:crypto';
import { sha256 } from '../db/hash.ts';
import type { StoredDocument } from '../db/inbox.ts';
import { canonicalJson } from '../domain/canonical.ts';
import { checkDating } from '../domain/case/dating.ts';
import { refusals } from '../domain/errors.ts';
import { filesNamed, readForm, type Facts, type NamedFile } from '../domain/form.ts';
import { isoBeijing, TimeError, withinEntered, type Instant } from '../domain/time.ts';
import { filledIn } from '../domain/case/acts.ts';
import { resolveRole, type Pack, type RoleId } from '../domain/pack.ts';

import type { Message } from '../workflows/kit/messages.ts';
import type { Change } from './change.ts';
import { seal, type Frame } from './seal.ts';
import { FormError, NotFound, type PastMarks, type Who } from './types.ts';

export interface Said extends PastMarks {
  readonly key: string;
  readonly who: Who;
  readonly step: string;
  /** Of an opening: its form is the kind's. */
  readonly kind?: string;
  readonly task?: string;
  readonly form: Readonly<Record<string, unknown>>;
  readonly occurredAt?: Instant;
  /** Absences of whom a task is to be assigned to. */
  readonly away?: Message['away'];
  /** Names that the company's register has for roles. */
  readonly aliases?: ReadonlyMap<string, RoleId>;
}

export interface Composed {
  readonly message: Message;
  readonly documents: readonly StoredDocument[];
  /** Stored files that the form names, by the field that names them. */
  readonly files: readonly NamedFile[];
}

interface More {
  readonly change?: Change | undefined;
  readonly frame?: Frame;
}

/**
 * Reads the form of a step. The document is salted: its hash stands in histories for ever, and a telephone number could
 * otherwise be guessed from it. @param more `change`: what was read already, of an act that every case knows; `frame`: what a case
 * is opened with, sealed together with its opening. @throws FormError with every problem of the form, NotFound for a step the pack lacks.
 */
export function compose(pack: Pack, number: string, said: Said, receivedAt: Instant, sealKey: Buffer, more: More = {}): Composed {
  const { change, frame } = more;
  checkEntered(said.occurredAt);
  const { facts, document, files } = change === undefined ? readStep(pack, said) : { ...change, files: [] };
  const { key, step, task, who, past, pastEnds, unrecorded } = said;
  const stored = toDocument(document);
  const message = {
    key,
    step,
    facts,
    actor: {
      person: who.person,
      roles: [...who.roles],
      ...(who.for === undefined || who.for.length === 0 ? {} : { for: [...who.for] }),
      ...(who.emergency === undefined || who.emergency.length === 0 ? {} : { emergency: [...who.emergency] }),
    },
    occurredAt: said.occurredAt ?? receivedAt,
    receivedAt,
    ...(task === undefined ? {} : { task }),
    ...(said.away === undefined || said.away.length === 0 ? {} : { away: said.away }),
    documentHash: stored.hash,
    ...(past ? { past } : {}),
    ...(pastEnds ? { pastEnds } : {}),
    ...(unrecorded ? { unrecorded } : {}),
  };
  return { message: { ...message, records: true, signature: seal(sealKey, number, message, frame) }, documents: [stored], files };
}

/** An instant that no store could hold would be decided and never recorded. @throws FormError */
function checkEntered(occurredAt: Instant | undefined): void {
  if (occurredAt === undefined) return;
  try {
    withinEntered(occurredAt, String(occurredAt));
  } catch (error) {
    if (!(error instanceof TimeError)) throw error;
    throw new FormError([{ path: 'occurredAt', code: 'bad-facts', zh: error.zh, en: error.message }]);
  }
}

/** An opening cannot be refused by its case, which it makes: its date is looked at here. @throws FormError */
export function checkOpening(message: Message, pack: Pack): void {
  const refusal = checkDating(message, pack.rules, message.actor.roles);
  if (refusal === undefined) return;
  const { code, detail } = refusal;
  const { zh, en } = refusals[code];
  throw new FormError([{ path: 'occurredAt', code, zh: `${zh}(${detail})`, en: `${en} (${detail})` }]);
}

function readStep(pack: Pack, said: Said): { facts: Facts; document: Record<string, unknown>; files: readonly NamedFile[] } {
  const form = filledIn(pack, said.step, said.kind);
  if (form === undefined) throw new NotFound(`pack ${pack.id} has no step ${said.step}`);
  if (said.unrecorded && Object.keys(said.form).length === 0) return { facts: {}, document: {}, files: [] };
  const reading = readForm(form.fields, said.form, { role: (name) => resolveRole(pack, name) ?? said.aliases?.get(name.trim()) });
  if (!reading.ok) throw new FormError(reading.problems);
  return { ...reading, files: filesNamed(form.fields, reading.document) };
}

function toDocument(form: Record<string, unknown>): StoredDocument {
  const body = canonicalJson({ form, salt: randomUUID() });
  return { hash: sha256(body), body };
}

/** What makes two requests the same: user, case, step and body; not their time. It holds the wording: it is kept as a keyed hash only. */
export function sameBy(number: string, said: Said, what: string): string {
  const { key: _, away: __, who, occurredAt, ...body } = said;
  const at = occurredAt === undefined ? undefined : isoBeijing(occurredAt);
  return canonicalJson({ what, number, person: who.person, ...body, occurredAt: at });
}
