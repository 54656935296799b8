/** A history as the server gives it, made of answers to updates and inputs of `record`. */
import type { Client } from '@temporalio/client';
import { defaultDataConverter, defaultPayloadConverter } from '@temporalio/common';
import type { AnyEvent, Verdict } from '../../../domain/case/event.ts';
import type { Batch } from '../../../db/record.ts';

export type Entry =
  | { readonly answered: string; readonly verdict: Verdict; readonly events: readonly AnyEvent[] }
  | { readonly recorded: Batch };

const payloads = (value: unknown) => ({ payloads: [defaultPayloadConverter.toPayload(value)] });

export function historyOf(entries: readonly Entry[]) {
  return {
    events: entries.map((entry) =>
      'answered' in entry
        ? {
            workflowExecutionUpdateCompletedEventAttributes: {
              meta: { updateId: entry.answered },
              outcome: { success: payloads({ verdict: entry.verdict, events: entry.events }) },
            },
          }
        : { activityTaskScheduledEventAttributes: { activityType: { name: 'record' }, input: payloads(entry.recorded) } },
    ),
  };
}

/** A client that knows one history. */
export function clientWith(entries: readonly Entry[]): Client {
  const options = { loadedDataConverter: defaultDataConverter, namespace: 'default' };
  return { options, workflow: { getHandle: () => ({ fetchHistory: async () => historyOf(entries) }) } } as unknown as Client;
}
