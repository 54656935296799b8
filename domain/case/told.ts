/** Who was told what, from the record: rungs, reminders, corrections, notices of the procedure. */
import type { RoleId } from '../pack.ts';
import type { Instant } from '../time.ts';
import type { AnyEvent, EventKind } from './event.ts';

export interface Telling {
  /** When the system told it. */
  readonly at: Instant;
  readonly kind: EventKind;
  readonly roles: readonly RoleId[];
  readonly clock?: string;
  /** The task that was nudged. */
  readonly task?: string;
  /** The name of a notice of the procedure. */
  readonly what?: string;
}

export function tellings(events: readonly AnyEvent[]): Telling[] {
  return events.flatMap((event): Telling[] => {
    const { kind, recordedAt: at } = event;
    switch (event.kind) {
      case 'warned':
      case 'notified':
      case 'escalated':
        return [{ at, kind, roles: event.data.roles ?? [event.data.role], clock: event.data.clock }];
      case 'digested':
        return [{ at, kind, roles: [...new Set(event.data.rungs.flatMap(({ role, roles = [role] }) => roles))], clock: event.data.clock }];
      case 'reminded':
        return [{ at, kind, roles: event.data.roles, clock: event.data.clock }];
      case 'clock-excused':
        return event.data.tell.length === 0 ? [] : [{ at, kind, roles: event.data.tell, clock: event.data.clock }];
      case 'nudged':
        return [{ at, kind, roles: event.data.roles, task: event.data.task }];
      case 'told':
        return [{ at, kind, roles: [event.data.role], what: event.data.what }];
      default:
        return [];
    }
  });
}
