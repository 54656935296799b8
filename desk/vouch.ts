/**
 * Who really said it: an event that a message brought about came through the desk when the inbox holds that message under a
 * seal of ours and the event says the same. Whoever writes to the engine directly can claim a signature, not make one.
 */
import type { Db } from '../db/database.ts';
import type { Forgery } from '../db/forgeries.ts';
import type { Received } from '../db/inbox.ts';
import type { AnyEvent } from '../domain/case/event.ts';
import type { Message } from '../workflows/kit/messages.ts';
import { agrees } from './agrees.ts';
import type { Opening } from './carry.ts';
import { isSealed, type Frame } from './seal.ts';

type Row = Pick<Received, 'key' | 'number' | 'step' | 'command'>;

/**
 * Keys of a batch whose events claim the desk and are not its own: unknown to the inbox, without our seal, or saying something
 * else than what was received. @param known the row that the sender has at hand: it is not asked for again
 */
export async function forgeriesIn(
  db: Db,
  sealKeys: readonly Buffer[],
  number: string,
  events: readonly AnyEvent[],
  known?: Row,
): Promise<Forgery[]> {
  const claimed = Map.groupBy(
    events.filter((event) => event.key !== undefined && event.outside !== true),
    (event) => event.key!,
  );
  const asked = [...claimed.keys()].filter((key) => key !== known?.key);
  const rows = [...(known === undefined ? [] : [known]), ...(await rowsOf(db, asked))];
  return [...claimed].flatMap(([key, said]) => {
    const row = rows.find((r) => r.key === key);
    const why = doubt(sealKeys, number, said, row);
    return why === undefined ? [] : [{ number, key, seq: said[0]!.seq, why }];
  });
}

async function rowsOf(db: Db, keys: readonly string[]): Promise<Row[]> {
  if (keys.length === 0) return [];
  return db.selectFrom('inbox').select(['key', 'case_number as number', 'step', 'command']).where('key', 'in', keys).execute();
}

function doubt(sealKeys: readonly Buffer[], number: string, said: readonly AnyEvent[], row: Row | undefined): string | undefined {
  if (row === undefined || row.number !== number) return 'the desk has received no such message';
  const { message, frame } = row.step === 'open' ? openingOf(row.command as Opening) : { message: row.command as Message };
  if (!isSealed(sealKeys, number, message, frame)) return 'the message does not bear the seal of the desk';
  const other = said.find((event) => !agrees(event, message, frame));
  return other === undefined ? undefined : `event ${other.seq} says something else than the message that the desk received`;
}

function openingOf({ workflow, input: { opening, ...rest } }: Opening): { message: Message; frame: Frame } {
  return { message: opening, frame: { workflow, ...rest } };
}
