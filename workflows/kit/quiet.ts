/** Until when what an event tells has to wait: the pack's quiet hours. */
import type { AnyEvent } from '../../domain/case/event.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { notBefore } from '../../domain/quiet.ts';
import type { Instant } from '../../domain/time.ts';
import type { OpenCase } from './messages.ts';

type Told = Pick<AnyEvent, 'kind' | 'data' | 'recordedAt' | 'past'>;

/** Undefined: at once, or it tells nobody. What is told of an imported past is not sent at all. */
export function waitsUntil(event: Told, state: CaseState, { rules, calendar }: Pick<OpenCase, 'rules' | 'calendar'>): Instant | undefined {
  if (rules.quietHours === undefined || event.past) return undefined;
  const limit = limitOf(event, state);
  return limit === undefined ? undefined : notBefore(rules.quietHours, event.recordedAt, calendar, rules.limits[limit]);
}

/** The limit that is told of, '' for none; undefined: the event tells nobody. */
function limitOf({ kind, data }: Told, state: CaseState): string | undefined {
  const of = (clock: string | undefined): string => (clock === undefined ? '' : (state.clocks[clock]?.limit ?? ''));
  switch (kind) {
    case 'told':
      return '';
    case 'assigned':
    case 'nudged':
      return of(state.tasks[(data as { task: string }).task]?.clock);
    case 'warned':
    case 'notified':
    case 'escalated':
    case 'digested':
    case 'reminded':
    case 'clock-excused':
      return of((data as { clock: string }).clock);
    default:
      return undefined;
  }
}
