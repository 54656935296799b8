/** The events of a short case, as a history would hold them: one survey, its deadline missed, a decision, the closing. */
import type { AnyEvent, EventData, EventKind, Verdict } from '../../../domain/case/event.ts';
import type { Batch } from '../../../db/record.ts';

export const noon = Date.UTC(2026, 8, 30, 4);
const HOUR = 3_600_000;
const actor = { person: 'p1', role: 'customerService' };

export interface StoryOptions {
  /** When it begins; default noon of 2026-09-30, Beijing. */
  readonly at?: number;
  readonly documentHash?: string;
  readonly kind?: string;
  readonly past?: true;
}

export function story(number: string, { at = noon, documentHash, kind = 'repair', past }: StoryOptions = {}): AnyEvent[] {
  const events: AnyEvent[] = [];
  const tell = <K extends EventKind>(kindOf: K, data: EventData[K], more: Partial<AnyEvent> = {}): void => {
    const seq = events.length + 1;
    events.push({
      seq,
      kind: kindOf,
      occurredAt: at + seq * HOUR,
      recordedAt: at + seq * HOUR,
      ...(past ? { past } : {}),
      ...more,
      data,
    } as AnyEvent);
  };
  const dueAt = at + 5 * HOUR;
  const limit = { clock: 'survey#1', limit: 'survey' };
  tell(
    'opened',
    {
      number,
      kind,
      facts: { unit: 'A-101' },
      pack: { id: 's3-cs19', version: '1.0.0', hash: 'f'.repeat(64) },
      calendar: { id: 'cn', version: '1' },
      ...(documentHash === undefined ? {} : { documentHash }),
    },
    { key: `${number}/open`, actor },
  );
  tell('clock-started', { ...limit, hardness: 'hard', ladder: 'case', startAt: at, dueAt, provisional: false, of: ['customerService'] });
  tell('task-opened', { task: 'survey#1', step: 'survey', by: ['customerService'], from: at, clock: 'survey#1' });
  tell('told', { role: 'finance', what: 'retention-shortfall' }, { clause: '3.5.9' });
  tell('clock-breached', { ...limit, dueAt, rungs: [{ role: 'generalManager', at: dueAt + 1 }] }, { occurredAt: dueAt });
  tell('escalated', { ...limit, role: 'generalManager', rung: 1, dueAt });
  tell('submitted', { task: 'survey#1', step: 'survey', facts: { trades: 'single' } }, { key: `${number}/survey`, actor });
  tell('clock-late', { clock: 'survey#1', lateBy: 2 * HOUR });
  tell('proposed', {
    name: 'estimate',
    version: 1,
    hash: 'a'.repeat(64),
    amount: 80_000,
    tier: 't',
    chain: [{ act: 'approve', role: 'serviceManager' }],
    by: ['p1'],
    sum: 80_000,
  });
  tell(
    'decided',
    {
      proposal: { name: 'estimate', version: 1, hash: 'a'.repeat(64), amount: 80_000 },
      act: 'approve',
      decision: 'approve',
      reasonGiven: false,
    },
    { key: `${number}/approve`, actor: { person: 'p2', role: 'serviceManager' } },
  );
  tell('effect-asked', { effect: 'fileDossier', ordinal: 1 });
  tell('closed', { reason: 'completed' });
  return events;
}

export const accepted = (firstSeq: number, lastSeq: number): Verdict => ({ outcome: 'accepted', firstSeq, lastSeq });

/** Events `from` to `to` of a story as one batch. */
export function batchOf(events: readonly AnyEvent[], from = 1, to = events.length, outcomes: Batch['outcomes'] = []): Batch {
  const [first] = events;
  if (first?.kind !== 'opened') throw new Error('a story begins with opened');
  return { number: first.data.number, events: events.slice(from - 1, to), outcomes };
}
