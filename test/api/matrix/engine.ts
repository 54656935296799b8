/** Everything that the engine keeps of a case, as one text: whoever may look at it there reads it. */
import type { Client } from '@temporalio/client';
import { workflowIdOf } from '../../../workflows/kit/names.ts';

export async function everythingKept(client: Client, number: string): Promise<string> {
  const handle = client.workflow.getHandle(workflowIdOf(number));
  const parts = [await handle.describe(), await handle.query('__temporal_workflow_metadata'), await handle.fetchHistory()];
  return parts.flatMap((part) => textsIn(part)).join('\n');
}

/** Texts, and bytes read as text. */
function textsIn(part: unknown, seen = new Set<unknown>()): string[] {
  if (typeof part === 'string') return [part];
  if (part instanceof Uint8Array) return [Buffer.from(part).toString('utf8')];
  if (typeof part !== 'object' || part === null || seen.has(part)) return [];
  seen.add(part);
  return Object.values(part).flatMap((one) => textsIn(one, seen));
}
