/** Which events tell somebody something: they become outbox rows in the record's own transaction. */
import type { AnyEvent } from '../domain/case/event.ts';

export interface Notice {
  readonly recipient: string;
  readonly kind: string;
  readonly body: Record<string, unknown>;
}

/** Recipients are roles; who holds the role is resolved when the notice is read or sent. */
export function noticesOf(event: AnyEvent): Notice[] {
  switch (event.kind) {
    case 'told':
      return [{ recipient: event.data.role, kind: 'told', body: { what: event.data.what } }];
    case 'notified':
    case 'escalated':
      return [
        {
          recipient: event.data.role,
          kind: event.kind,
          body: { limit: event.data.limit, dueAt: event.data.dueAt, clock: event.data.clock },
        },
      ];
    case 'reminded':
      return event.data.roles.map((recipient) => ({ recipient, kind: 'reminded', body: { clock: event.data.clock } }));
    case 'clock-excused':
      return event.data.tell.map((recipient) => ({ recipient, kind: 'corrected', body: { clock: event.data.clock } }));
    case 'assigned':
      return [{ recipient: `person:${event.data.person}`, kind: 'assigned', body: { task: event.data.task } }];
    default:
      return [];
  }
}

/** Rows of the outbox for an event: one per recipient. */
export function noticeRows(number: string, event: AnyEvent) {
  const once = new Map(noticesOf(event).map((n) => [n.recipient, n]));
  return [...once.values()].map(({ recipient, kind, body }) => ({
    case_number: number,
    seq: event.seq,
    recipient,
    kind,
    body,
    status: event.past === true ? ('told' as const) : ('pending' as const),
    created_at: new Date(event.recordedAt),
  }));
}
