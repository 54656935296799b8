/** A case goes on by a newer version of its pack or its calendar: judged, recorded, and from here on the case's rules. */
import { rebasers } from '../../domain/case/rebase-form.ts';
import { clockChanges, refuseRebase, type Under } from '../../domain/case/rebase.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { refuse, type Refusal } from '../../domain/errors.ts';
import { shared } from '../../domain/shared.ts';
import { actingRole } from './acting.ts';
import type { Journal } from './journal.ts';
import type { Message } from './messages.ts';

export type RebaseAct = 'rebase' | 'calendar';
export const isRebaseAct = (step: string): step is RebaseAct => step === 'rebase' || step === 'calendar';

/** The message names versions, the desk attaches what they say: one without, or with another, came past the desk. */
export function judgeRebase(message: Message, state: CaseState, under: Under): Refusal | undefined {
  const { facts, change } = message;
  if (message.step === 'rebase' && facts['reason'] !== true) return refuse('reason-missing');
  if (change?.rules === undefined && change?.calendar === undefined) return refuse('bad-facts', 'change');
  if (change.rules !== undefined && change.rules.hash !== facts['packHash']) return refuse('bad-facts', 'packHash');
  const { calendar } = change;
  if (calendar !== undefined && (calendar.id !== facts['calendarId'] || calendar.version !== facts['calendarVersion']))
    return refuse('bad-facts', 'calendarVersion');
  if (message.step === 'calendar' && change.rules !== undefined) return refuse('bad-facts', 'change');
  return refuseRebase(state, under, { ...under, ...change });
}

/**
 * Takes a message that was judged. `under` is changed to the rules and the calendar that hold from here on: held once for all
 * cases of a worker, as at the opening (domain/shared.ts).
 */
export function rebase(message: Message, under: Under, journal: Journal): void {
  const { step, actor, documentHash, receivedAt } = message;
  const { state } = journal;
  const after = { rules: shared(message.change?.rules ?? under.rules), calendar: shared(message.change?.calendar ?? under.calendar) };
  const { rules, calendar } = after;
  const changes = clockChanges(state, under, after, step === 'calendar' ? 'provisional' : 'all', receivedAt);
  journal.emit(
    'rebased',
    {
      ...(rules.hash === under.rules.hash ? {} : { pack: { id: rules.id, version: rules.version, hash: rules.hash } }),
      ...(calendar === under.calendar ? {} : { calendar: { id: calendar.id, version: calendar.version } }),
      from: { pack: state.pack, calendar: state.calendar },
      ...(documentHash === undefined ? {} : { documentHash }),
    },
    {
      actor: { person: actor.person, role: actingRole(message, rebasers(under.rules, step as RebaseAct)) ?? '' },
      clause: under.rules.steps[step]?.clause,
    },
  );
  Object.assign(under, after);
  for (const { excused, recomputed, late } of changes) {
    const { clock } = recomputed;
    const clause = state.clocks[clock]?.clause;
    if (excused !== undefined) {
      const { tell, at } = excused;
      journal.emit('clock-excused', { clock, tell, why: 'calendar' }, { ...(at === undefined ? {} : { occurredAt: at }), clause });
    }
    journal.emit('clock-recomputed', recomputed, { clause });
    if (late !== undefined) journal.emit('clock-late', { clock, lateBy: late.lateBy }, { occurredAt: late.at, clause });
  }
}
