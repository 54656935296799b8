/** What outlives a case is a case of its own, linked by number: adverse event, recall, corrective action. */
import { proxyActivities } from '@temporalio/workflow';
import type { Actor } from '../../domain/case/event.ts';
import type { Case } from '../kit/case.ts';
import type { LinkedOpening, LinkPorts } from '../kit/ports.ts';

// Our own database and engine: no bound in total, they may be away for hours.
const { openLinked } = proxyActivities<LinkPorts>({ startToCloseTimeout: '30s', retry: { maximumInterval: '30s' } });

/**
 * Opens a case of `kind` beside the flow, in the same pack unless another is named. Its opening form must have the field
 * `source`; its number stands in this case as what is known of `kind`.
 */
export function openBeside(
  c: Case,
  kind: string,
  by: Actor,
  { pack = c.state.pack.id, form = {}, then }: { pack?: string; form?: LinkedOpening['form']; then?: (number: string) => void } = {},
): void {
  const occurredAt = c.now;
  c.effect(
    `open:${kind}`,
    (call) => openLinked({ ...call, pack, kind, by, occurredAt, form: { source: call.number, ...form } }),
    (result) => (result[kind] === undefined ? undefined : then?.(String(result[kind]))),
  );
}

/** For texts that the case itself never sees: where they are to be found. */
export function seeCase(number: string): string {
  return `见案件 ${number} / see case ${number}`;
}
