/** What people have put their name to, as the events of a case say it. */
import { expect, test } from 'vitest';
import { decisionsIn, LAPSES, MEANINGS } from '../../domain/case/decisions.ts';
import type { AnyEvent, EventKind, EventData } from '../../domain/case/event.ts';

const actor = { person: 'p', role: 'manager' };
let events: AnyEvent[] = [];
function tell<K extends EventKind>(kind: K, data: EventData[K], more: Partial<AnyEvent> = {}): void {
  events.push({ seq: events.length + 1, kind, occurredAt: 1, recordedAt: 1, data, actor, ...more } as AnyEvent);
}
const version = (n: number, mode?: 'all') =>
  tell('proposed', { name: 'plan', version: n, hash: `h${n}`, tier: 't', chain: [], by: [], ...(mode && { mode }) });
const decide = (n: number, act: 'review' | 'approve', decision: 'approve' | 'reject') =>
  tell('decided', { proposal: { name: 'plan', version: n, hash: `h${n}` }, act, decision, reasonGiven: false, documentHash: `said${n}` });
const told = () => {
  const made = decisionsIn(events).map(({ meaning, text, said, lapsed }) => [meaning, text, said, lapsed?.why, lapsed?.seq]);
  events = [];
  return made;
};

test('a newer version voids what was decided on the one before, which stays to be seen', () => {
  version(1);
  decide(1, 'review', 'approve');
  decide(1, 'approve', 'approve');
  tell('proposal-settled', { name: 'plan', version: 1, outcome: 'approved' });
  version(2);
  decide(2, 'approve', 'reject');
  expect(told()).toEqual([
    ['reviewed', 'h1', 'said1', 'newer-version', 5],
    ['approved', 'h1', 'said1', 'newer-version', 5],
    ['rejected', 'h2', 'said2', undefined, undefined],
  ]);
});

test('one refusal voids the votes of a version that all must approve, not a review before a refusal in order', () => {
  for (const mode of ['all', undefined] as const) {
    version(1, mode);
    decide(1, 'review', 'approve');
    decide(1, 'approve', 'reject');
    tell('proposal-settled', { name: 'plan', version: 1, outcome: 'rejected' });
    expect(told().map(([meaning, , , why]) => [meaning, why])).toEqual([
      ['reviewed', mode === 'all' ? 'refused' : undefined],
      ['rejected', undefined],
    ]);
  }
  version(1);
  decide(1, 'review', 'approve');
  tell('proposal-settled', { name: 'plan', version: 1, outcome: 'superseded' });
  expect(told()).toEqual([['reviewed', 'h1', 'said1', 'superseded', 3]]);
});

test('escalations are acknowledged, common sheets signed, cases ended by somebody; nothing else is a signature', () => {
  tell('task-opened', { task: 'escalation#1', step: 'escalation', by: ['gm'], from: 1, escalation: true });
  tell('submitted', { task: 'escalation#1', step: 'escalation', facts: {}, documentHash: 'a' });
  tell('submitted', { task: 'survey#1', step: 'survey', facts: { signedBy: ['x', 'y'] }, documentHash: 'b' });
  tell('submitted', { task: 'route#1', step: 'route', facts: { department: 'x' }, documentHash: 'c' });
  tell('ended', { reason: 'withdrawn', documentHash: 'd' });
  tell('ended', { reason: 'duplicate' }, { actor: undefined } as unknown as Partial<AnyEvent>);
  expect(told().map(([meaning, text]) => [meaning, text])).toEqual([
    ['acknowledged', 'a'],
    ['signed', 'b'],
    ['ended', 'd'],
  ]);
});

test('every meaning and every reason for a lapse has words in both languages', () => {
  for (const { zh, en } of [...Object.values(MEANINGS), ...Object.values(LAPSES)]) {
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).toMatch(/^[a-z ]+$/);
  }
});
