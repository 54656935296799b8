/**
 * Reads what a case's history holds for the record: outcomes of completed updates and inputs of `record` activities.
 * No replay is needed; a case is one run.
 */
import type { Client } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import type { AnyEvent, Verdict } from '../domain/case/event.ts';
import type { Answer } from '../workflows/kit/messages.ts';
import { workflowIdOf } from '../workflows/kit/names.ts';
import type { RecordBatch } from '../workflows/kit/ports.ts';
import { readable } from './readable.ts';

type History = temporal.api.history.v1.IHistory;

export interface Told {
  readonly events: readonly AnyEvent[];
  readonly outcomes: readonly { readonly key: string; readonly verdict: Verdict }[];
  /** How the run ended, if it did: `terminated`, `failed` and `timed-out` are operators' business. */
  readonly ended?: 'completed' | 'terminated' | 'failed' | 'timed-out' | 'cancelled';
}

export async function toldByHistory(client: Client, number: string): Promise<Told> {
  const workflowId = workflowIdOf(number);
  const history = await client.workflow.getHandle(workflowId).fetchHistory();
  const { loadedDataConverter, namespace } = client.options;
  return readHistory(await readable(history, loadedDataConverter.payloadCodecs, { type: 'workflow', namespace, workflowId }));
}

/** Pure: the events of a history, as it is readable, by seq, each once. */
export function readHistory(history: History): Told {
  const events = new Map<number, AnyEvent>();
  const outcomes = new Map<string, Verdict>();
  let ended: Told['ended'];
  for (const entry of history.events ?? []) {
    const completed = entry.workflowExecutionUpdateCompletedEventAttributes;
    const answer = completed?.outcome?.success?.payloads?.[0];
    if (answer != null) {
      const { events: answered, verdict } = defaultPayloadConverter.fromPayload<Answer>(answer);
      for (const event of answered ?? []) events.set(event.seq, event);
      if (completed?.meta?.updateId != null && verdict !== undefined) outcomes.set(completed.meta.updateId, verdict);
    }
    const scheduled = entry.activityTaskScheduledEventAttributes;
    const input = scheduled?.activityType?.name === 'record' ? scheduled.input?.payloads?.[0] : undefined;
    if (input != null) {
      const batch = defaultPayloadConverter.fromPayload<RecordBatch>(input);
      for (const event of batch.events) events.set(event.seq, event);
      for (const { key, verdict } of batch.outcomes) outcomes.set(key, verdict);
    }
    ended = endOf(entry) ?? ended;
  }
  const told = {
    events: [...events.values()].sort((a, b) => a.seq - b.seq),
    outcomes: [...outcomes].map(([key, verdict]) => ({ key, verdict })),
  };
  return ended === undefined ? told : { ...told, ended };
}

function endOf(entry: temporal.api.history.v1.IHistoryEvent): Told['ended'] {
  if (entry.workflowExecutionCompletedEventAttributes) return 'completed';
  if (entry.workflowExecutionTerminatedEventAttributes) return 'terminated';
  if (entry.workflowExecutionFailedEventAttributes) return 'failed';
  if (entry.workflowExecutionTimedOutEventAttributes) return 'timed-out';
  return entry.workflowExecutionCanceledEventAttributes ? 'cancelled' : undefined;
}
