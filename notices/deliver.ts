/** Sends one delivery and notes what came of it. */
import { deliveryOf, noteAttempt, type DeliveryRow } from '../db/deliveries.ts';
import type { Db } from '../db/database.ts';
import { masked } from '../domain/masked.ts';
import type { Pack } from '../domain/pack.ts';
import type { Instant } from '../domain/time.ts';
import type { Message } from './channel.ts';
import type { Configured } from './settings.ts';
import { wordsOf } from './words.ts';

/** Attempts after which operators should look. */
const STUCK_FROM = 5;

export interface Delivering {
  readonly db: Db;
  readonly channels: readonly Configured[];
  /** Labels of the pack that a case goes by. */
  readonly packOf: (hash: string) => Promise<Pack | undefined>;
  /** The record is so secret that a notice says its number and nothing else; absent: none is. */
  readonly veiled?: (notice: DeliveryRow['told'][number]) => boolean;
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
  const result = await configured.channel.send(await messageOf(at, configured, delivery), delivery.mail ?? undefined);
  // What a vendor answers may repeat whom it was to reach.
  const why = result.ok ? null : masked(result.why);
  if (result.ok) return noteAttempt(db, id, { status: 'sent', why: null, at: clock() });
  if (result.again === 'never') return noteAttempt(db, id, { status: 'failed', why, at: clock() });
  await noteAttempt(db, id, { status: delivery.attempts + 1 >= STUCK_FROM ? 'stuck' : 'waiting', why, at: clock() });
  throw new Error(`delivery ${id} by ${delivery.channel}: ${why ?? ''}`);
}

async function messageOf(
  { packOf, links, clock, veiled = () => false }: Delivering,
  { settings: { lang } }: Configured,
  { messageId, told }: DeliveryRow,
): Promise<Message> {
  const words = await Promise.all(
    told.map(async (notice) =>
      wordsOf(
        veiled(notice) ? { ...notice, kind: 'veiled', recipient: 'person:', body: {}, step: null, dueAt: null, open: null } : notice,
        notice.packHash === null ? undefined : await packOf(notice.packHash),
        lang,
        clock(),
      ),
    ),
  );
  const [first] = words;
  if (first !== undefined && words.length === 1)
    return { id: messageId, ...first, link: linkOf(links, veiled(told[0]!) ? { ...told[0]!, open: null } : told[0]!) };
  const title = lang === 'zh' ? `${words.length}条通知` : `${words.length} notices`;
  return { id: messageId, title, lines: words.map(({ title: one, lines }) => [one, ...lines].join(' · ')), link: `${links}cases` };
}

/** The page where one can act: the case at the step it is about, the case, or the entry. It shows; to decide is a request of its own. */
function linkOf(links: string, { number, register, step, open }: DeliveryRow['told'][number]): string {
  if (register !== null) return `${links}registers/${register}/entries/${number}`;
  return step === null || open !== true ? `${links}cases/${number}` : `${links}cases/${number}?step=${encodeURIComponent(step)}`;
}
