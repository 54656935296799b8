/** What an installation encrypted, made readable for whoever reads histories: answers to updates and inputs of `record`. */
import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';

type History = temporal.api.history.v1.IHistory;
type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

/**
 * A copy in which those payloads are as they were before they were encoded; everything else is left as it stands.
 * @param codecs those of the client that fetched it, in the order in which they encode
 * @throws what a codec throws: a key that is missing, a payload that was changed
 */
export async function readable(history: History, codecs: readonly PayloadCodec[], context: SerializationContext): Promise<History> {
  if (codecs.length === 0) return history;
  const decode = async (payloads: Payload[]): Promise<Payload[]> => {
    let decoded = payloads;
    for (const codec of codecs.toReversed()) decoded = await codec.decode(decoded, context);
    return decoded;
  };
  const events: HistoryEvent[] = [];
  for (const event of history.events ?? []) events.push(await readableEvent(event, decode));
  return { ...history, events };
}

async function readableEvent(event: HistoryEvent, decode: (payloads: Payload[]) => Promise<Payload[]>): Promise<HistoryEvent> {
  const completed = event.workflowExecutionUpdateCompletedEventAttributes;
  const answer = completed?.outcome?.success?.payloads;
  if (answer != null) {
    const outcome = { success: { payloads: await decode(answer) } };
    return { workflowExecutionUpdateCompletedEventAttributes: { ...completed, outcome } };
  }
  const scheduled = event.activityTaskScheduledEventAttributes;
  const input = scheduled?.activityType?.name === 'record' ? scheduled.input?.payloads : undefined;
  if (input != null) return { activityTaskScheduledEventAttributes: { ...scheduled, input: { payloads: await decode(input) } } };
  return event;
}
