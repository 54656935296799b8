/** Payloads as Temporal's UI and command line send them: protobuf's JSON, bytes in base64. */
import type { Payload } from '@temporalio/common';
import { z } from 'zod';
import { isEncrypted } from '../../runtime/codec/payload-codec.ts';

const bytes = z.base64();
/** What else a payload has (references to stored files) is not ours, and is left out. */
const wirePayload = z.object({
  metadata: z.record(z.string().max(100), bytes).default({}),
  data: bytes.default(''),
});
type WirePayload = z.output<typeof wirePayload>;

export const decodeBody = z.object({ payloads: z.array(wirePayload).max(500) });

export function fromWire({ metadata, data }: WirePayload): Payload {
  const entries = Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value, 'base64')] as const);
  return { metadata: Object.fromEntries(entries), data: Buffer.from(data, 'base64') };
}

export function toWire({ metadata, data }: Payload): WirePayload {
  const entries = Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')] as const);
  return { metadata: Object.fromEntries(entries), data: Buffer.from(data ?? []).toString('base64') };
}

/** How many encrypted payloads are of which case; `-` is none. Only after they have been decoded, which proves whose they are. */
export function casesIn(payloads: readonly Payload[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const payload of payloads.filter(isEncrypted)) {
    const id = payload.metadata?.['workflow-id'];
    const number = id == null ? '-' : Buffer.from(id).toString('utf8');
    counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  return counts;
}
