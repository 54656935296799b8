/** When nobody works: between two instants of the story the lab's worker is stopped. Pure, since the sandbox loads it. */
import type { Instant } from '../../domain/time.ts';

export interface OutageSpan {
  readonly from: Instant;
  readonly to: Instant;
}

/** What waits in the inbox is taken up before what fell due: it was received earlier than the worker came back. */
const AFTER_MS = 1_000;

/** The instant at which something due at `at` can be acted on: itself, or shortly after the outage that it falls into. */
export function afterOutage(at: Instant, outages: readonly OutageSpan[]): Instant {
  const span = outages.find(({ from, to }) => at > from && at < to + AFTER_MS);
  return span === undefined ? at : span.to + AFTER_MS;
}
