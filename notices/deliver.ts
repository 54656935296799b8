/** Sends one delivery and notes what came of it. */
import { deliveryOf, noteAttempt, type DeliveryRow } from '../db/deliveries.ts';
import type { DeliveryStatus } from '../db/schema/notices.ts';
import type { Db } from '../db/database.ts';
import { masked } from '../domain/masked.ts';
import type { Pack } from '../domain/pack.ts';
import type { Instant } from '../domain/time.ts';
import { later, type Message } from './channel.ts';
import type { Configured } from './settings.ts';
import { wordsOf } from './words.ts';

/** Attempts after which operators should look. */
const STUCK_FROM = 5;
/** About three days of growing intervals: then it is given up. */
export const ATTEMPTS = 20;

export interface Delivering {
  readonly db: Db;
  readonly channels: readonly Configured[];
  /** Labels of the pack that a case goes by. */
  readonly packOf: (hash: string) => Promise<Pack | undefined>;
  /** The record is so secret that a notice says its number and nothing else; absent: none is. */
  readonly veiled?: (notice: Told) => boolean;
  /** The API's own address, ending in a slash. */
  readonly links: string;
  readonly clock: () => Instant;
}

/** @throws when it is to be tried again: the queue does so, later and later */
export async function deliver(at: Delivering, id: string): Promise<void> {
  const { db, channels, clock } = at;
  const delivery = await deliveryOf(db, id);
  if (delivery === undefined || delivery.status === 'sent') return;
  const configured = channels.find((channel) => channel.id === delivery.channel);
  if (configured === undefined) return noteAttempt(db, id, { status: 'failed', why: 'there is no such channel any more', at: clock() });
  const result = await messageOf(at, configured, delivery)
    .then((message) => configured.channel.send(message, delivery.mail ?? undefined))
    .catch((error: unknown) => later(`no message could be made: ${(error as Error).name}`));
  if (result.ok) return noteAttempt(db, id, { status: 'sent', why: null, at: clock() });
  const tried = delivery.attempts + 1;
  // What a vendor answers may repeat whom it was to reach.
  const why = masked(result.why);
  await noteAttempt(db, id, { status: statusAfter(tried, result.again), why, at: clock() });
  if (result.again === 'later' && tried < ATTEMPTS) throw new Error(`delivery ${id} by ${delivery.channel}: ${why}`);
}

function statusAfter(tried: number, again: 'later' | 'never'): DeliveryStatus {
  if (again === 'never') return 'failed';
  if (tried >= ATTEMPTS) return 'given-up';
  return tried >= STUCK_FROM ? 'stuck' : 'waiting';
}

type Told = DeliveryRow['told'][number];

/** Kinds that say that a promise has been broken. */
const OVERDUE: ReadonlySet<string> = new Set(['notified', 'digested']);

async function messageOf(at: Delivering, { settings: { lang } }: Configured, { messageId, told }: DeliveryRow): Promise<Message> {
  const { packOf, links, clock, veiled = () => false } = at;
  // Of one event one is told once, with every role that it went to.
  const events = Map.groupBy(told, ({ register, number, seq }) => `${register ?? ''} ${number} ${seq}`);
  const shown = [...events.values()].map((notices) =>
    veiled(notices[0]!) ? veil(notices[0]!) : { ...notices[0]!, recipients: notices.map(({ recipient }) => recipient) },
  );
  const [overdue, others] = [shown.filter(({ kind }) => OVERDUE.has(kind)), shown.filter(({ kind }) => !OVERDUE.has(kind))];
  const words = await Promise.all(
    [...overdue, ...others].map(async (notice) =>
      wordsOf(notice, notice.packHash === null ? undefined : await packOf(notice.packHash), lang, clock()),
    ),
  );
  const [first] = words;
  if (first !== undefined && words.length === 1) return { id: messageId, ...first, link: linkOf(links, shown[0]!) };
  const title = digestTitle(lang, words.length, overdue.length);
  return { id: messageId, title, lines: words.map(({ title: one, lines }) => [one, ...lines].join(' · ')), link: `${links}cases` };
}

/** Of a record too secret to be told of: its number, and that there is something. */
const veil = (notice: Told) => ({ ...notice, kind: 'veiled', recipients: [], body: {}, step: null, dueAt: null, open: null });

/** What is overdue is said at once. */
function digestTitle(lang: 'zh' | 'en', all: number, overdue: number): string {
  if (lang === 'zh') return overdue === 0 ? `${all}条通知` : `${all}条通知,其中${overdue}条已超时`;
  return overdue === 0 ? `${all} notices` : `${all} notices, ${overdue} overdue`;
}

/** The page where one can act: the case at the step it is about, the case, or the entry. It shows; to decide is a request of its own. */
function linkOf(links: string, { number, register, step, open }: Pick<Told, 'number' | 'register' | 'step' | 'open'>): string {
  if (register !== null) return `${links}registers/${register}/entries/${number}`;
  return step === null || open !== true ? `${links}cases/${number}` : `${links}cases/${number}?step=${encodeURIComponent(step)}`;
}
