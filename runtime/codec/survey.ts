/** What stands in the histories that the engine still keeps: whether plain payloads are left, and which keys are still named. */
import type { Client } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import { isEncrypted } from './payload-codec.ts';

export interface Survey {
  readonly histories: number;
  /** Workflow ids of those that hold a plain payload. */
  readonly plain: readonly string[];
  /** In how many histories each key is named. */
  readonly byKey: ReadonlyMap<string, number>;
}

/** Reads every history as it is stored, one after the other. @param query as Temporal's list takes it; all of them when left out */
export async function surveyHistories(client: Client, query?: string): Promise<Survey> {
  const plain: string[] = [];
  const byKey = new Map<string, number>();
  let histories = 0;
  for await (const { workflowId, runId } of client.workflow.list(query === undefined ? {} : { query })) {
    histories += 1;
    const found = payloadsIn(await client.workflow.getHandle(workflowId, runId).fetchHistory());
    if (found.some((payload) => !isEncrypted(payload))) plain.push(workflowId);
    const ids = new Set(found.filter(isEncrypted).map(({ metadata }) => Buffer.from(metadata?.['encryption-key-id'] ?? []).toString()));
    for (const id of ids) byKey.set(id, (byKey.get(id) ?? 0) + 1);
  }
  return { histories, plain, byKey };
}

/** Every payload of a history but the values of search attributes, which the server has to read, and what the SDK's core writes for itself. */
export function payloadsIn(value: unknown): Payload[] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  if ('metadata' in value && 'data' in value) return [value as Payload];
  return Object.entries(value).flatMap(([name, inner]) => (name === 'searchAttributes' || isPatchMarker(inner) ? [] : payloadsIn(inner)));
}

/** The core notes `patched` by itself, without a codec: an id of ours and whether it is deprecated. */
function isPatchMarker(value: unknown): boolean {
  return (value as { markerName?: unknown } | null)?.markerName === 'core_patch';
}
