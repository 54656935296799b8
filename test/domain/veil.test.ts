/** Of a form above the reader's label nothing is shown that was filled in, nor what was made of it. */
import { describe, expect, test } from 'vitest';
import type { AnyEvent, EventData, EventKind } from '../../domain/case/event.ts';
import { fold } from '../../domain/case/reduce.ts';
import { veiled, veilOver, withheldSteps } from '../../domain/case/veil.ts';

const at = Date.UTC(2026, 2, 9);
const event = <K extends EventKind>(seq: number, kind: K, data: EventData[K]): AnyEvent =>
  ({ seq, kind, data, occurredAt: at, recordedAt: at, actor: { person: 'li', role: 'clerk' } }) as unknown as AnyEvent;

const pack = { id: 'p', version: '1.0.0', hash: 'h' };
const proposal = { name: 'estimate', version: 1, hash: 'sheet', amount: 73_456 };
/** Every kind that carries what a form said, or what was made of it, before and after the sheet. */
const events: readonly AnyEvent[] = [
  event(1, 'opened', {
    number: 'P-1',
    pack,
    calendar: { id: 'cn', version: '1' },
    kind: 'repair',
    facts: { unit: 'U-1' },
    documentHash: 'opening',
  }),
  event(2, 'known', { early: 'E' }),
  event(3, 'task-opened', { task: 'survey#1', step: 'survey', by: ['clerk'], from: at }),
  event(4, 'submitted', { task: 'survey#1', step: 'survey', facts: { estimate: 73_456 }, documentHash: 'sheet' }),
  event(5, 'known', { responsible: 'SECRET' }),
  event(6, 'proposed', { ...proposal, tier: 'small', chain: [{ act: 'approve', role: 'head' }], by: ['li'], sum: 73_456 }),
  event(7, 'task-opened', { task: 'estimate.approve#1', step: 'estimate.approve', by: ['head'], from: at, proposal }),
  event(8, 'decided', { proposal, act: 'approve', decision: 'approve', reasonGiven: true, documentHash: 'reason' }),
  event(9, 'effect-done', { effect: 'order', ordinal: 1, result: { order: 'SECRET' } }),
  event(10, 'submitted', { task: 'note#1', step: 'note', facts: { note: 'open to all' }, documentHash: 'note' }),
  event(11, 'ended', { reason: 'cancelled', documentHash: 'why' }),
];
const shown = (...unread: string[]): readonly AnyEvent[] => {
  const veil = veilOver(events, new Set(unread));
  return events.map((one) => veiled(one, veil));
};

describe('what is withheld', () => {
  test('a form, and from it on what the procedure holds for true and amounts', () => {
    const told = JSON.stringify(shown('sheet'));
    expect(told).not.toContain('73456');
    expect(told).not.toContain('SECRET');
    expect(fold(shown('sheet'))).toMatchObject({
      answers: { open: { unit: 'U-1' }, survey: {}, note: { note: 'open to all' } },
      known: { early: 'E' },
      proposals: { estimate: { hash: 'sheet', chain: [{ role: 'head' }], decisions: [{ decision: 'approve' }] } },
    });
    expect(withheldSteps(events, { unread: new Set(['sheet']) })).toEqual(['survey']);
  });

  test('of a step answered again it is the latest answer that counts', () => {
    const again = [...events, event(12, 'submitted', { task: 'survey#2', step: 'survey', facts: {}, documentHash: 'second' })];
    expect(withheldSteps(again, { unread: new Set(['sheet']) })).toEqual([]);
    expect(withheldSteps(again, { unread: new Set(['second', 'opening']) })).toEqual(['open', 'survey']);
  });

  test('the name of the form is taken away with it, whatever kind of event files it', () => {
    for (const hash of ['opening', 'sheet', 'reason', 'why']) {
      const names = shown(hash).flatMap(({ data }) => ('documentHash' in data ? [data.documentHash] : []));
      expect(names, hash).not.toContain(hash);
      expect(names, hash).toHaveLength(4);
    }
  });

  test('the case is as it was in everything else: what is open, whose it is, how it stands', () => {
    const [whole, part] = [fold(events), fold(shown('opening'))];
    for (const key of ['seq', 'stage', 'status', 'reason', 'concern', 'clocks', 'severity'] as const)
      expect(part[key], key).toEqual(whole[key]);
    expect(Object.keys(part.tasks)).toEqual(Object.keys(whole.tasks));
    expect(Object.keys(part.answers)).toEqual(Object.keys(whole.answers));
  });
});

test('who reads every form is shown the very events', () => {
  expect(veilOver(events, new Set(['of another case']))).toBeUndefined();
  expect(shown().every((one, i) => one === events[i])).toBe(true);
  // What came before the first form that is withheld stays as it is.
  expect(
    shown('sheet')
      .slice(0, 3)
      .every((one, i) => one === events[i]),
  ).toBe(true);
});
