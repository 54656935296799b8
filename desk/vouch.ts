/**
 * Who really said it: an event that a message brought about came through the desk when the inbox holds that message under a
 * seal of ours and the event says the same. Whoever writes to the engine directly can claim a signature, not make one.
 */
import type { Db } from '../db/database.ts';
import type { Forgery } from '../db/forgeries.ts';
import type { Received } from '../db/inbox.ts';
import type { AnyEvent, Verdict } from '../domain/case/event.ts';
import type { Message } from '../workflows/kit/messages.ts';
import { agrees } from './agrees.ts';
import type { Opening } from './carry.ts';
import { isSealed, type Frame } from './seal.ts';

type Row = Pick<Received, 'key' | 'number' | 'step' | 'command'> & { readonly outcome?: Verdict | null | undefined };

/**
 * What of a batch is not what it gives itself out for. What claims the desk must be known to the inbox, under our seal, not refused, and say
 * what was received. What came past the desk and is marked so may neither open a case nor exchange its rules, nor use a key of the
 * desk's. Whatever names a person must name its message. @param known the row that the sender has at hand: it is not asked for again
 */
export async function forgeriesIn(
  db: Db,
  sealKeys: readonly Buffer[],
  number: string,
  events: readonly AnyEvent[],
  known?: Row,
): Promise<Forgery[]> {
  const [caused, bare] = [events.filter(hasKey), events.filter((event) => !hasKey(event) && event.actor !== undefined)];
  const said = Map.groupBy(caused, (event) => event.key);
  const asked = [...said.keys()].filter((key) => key !== known?.key);
  const rows = [...(known === undefined ? [] : [known]), ...(await rowsOf(db, asked))];
  const doubted = [...said].flatMap(([key, of]) => {
    const row = rows.find((r) => r.key === key);
    const [outside, claimed] = [of.filter((event) => event.outside === true), of.filter((event) => event.outside !== true)];
    const why = doubtOutside(outside, row) ?? (claimed.length === 0 ? undefined : doubt(sealKeys, number, claimed, row));
    return why === undefined ? [] : [{ number, key, seq: of[0]!.seq, why }];
  });
  return [...doubted, ...bare.map(({ seq }) => ({ number, key: `event:${seq}`, seq, why: 'it names a person and no message' }))];
}

const hasKey = (event: AnyEvent): event is AnyEvent & { readonly key: string } => typeof event.key === 'string';

async function rowsOf(db: Db, keys: readonly string[]): Promise<Row[]> {
  if (keys.length === 0) return [];
  return db.selectFrom('inbox').select(['key', 'case_number as number', 'step', 'command', 'outcome']).where('key', 'in', keys).execute();
}

function doubt(sealKeys: readonly Buffer[], number: string, said: readonly AnyEvent[], row: Row | undefined): string | undefined {
  if (row === undefined || row.number !== number) return 'the desk has received no such message';
  if (row.outcome?.outcome === 'refused') return 'the desk was told that the message was refused';
  const { message, frame } = row.step === 'open' ? openingOf(row.command as Opening) : { message: row.command as Message };
  if (!isSealed(sealKeys, number, message, frame)) return 'the message does not bear the seal of the desk';
  const other = said.find((event) => !agrees(event, message, frame));
  return other === undefined ? undefined : `event ${other.seq} says something else than the message that the desk received`;
}

function doubtOutside(said: readonly AnyEvent[], row: Row | undefined): string | undefined {
  if (said.length === 0) return undefined;
  if (row !== undefined) return 'it was sent past the desk under the key of a message that the desk has received';
  if (said.some(({ kind }) => kind === 'opened')) return 'the case was opened past the desk';
  return said.some(({ kind }) => kind === 'rebased') ? 'its rules were exchanged past the desk' : undefined;
}

function openingOf({ workflow, input: { opening, ...rest } }: Opening): { message: Message; frame: Frame } {
  return { message: opening, frame: { workflow, ...rest } };
}
