/** Need to know (CEM.A3): who a case concerns, event by event, and who may see it. */
import { describe, expect, test } from 'vitest';
import { maySee, type Reader } from '../../domain/case/concern.ts';
import type { AnyEvent, EventData, EventKind } from '../../domain/case/event.ts';
import { fold } from '../../domain/case/reduce.ts';

const at = Date.UTC(2026, 2, 9);

function event<K extends EventKind>(seq: number, kind: K, data: EventData[K], actor?: { person: string; role: string }): AnyEvent {
  return { seq, kind, data, occurredAt: at, recordedAt: at, ...(actor === undefined ? {} : { actor }) } as unknown as AnyEvent;
}

const opened = (overseers?: string[]): AnyEvent =>
  event(
    1,
    'opened',
    {
      number: 'CEM-2026-000001',
      kind: 'complaint',
      facts: {},
      pack: { id: 's2-cement', version: '1.0.0', hash: 'h' },
      calendar: { id: 'cn', version: '1' },
      ...(overseers === undefined ? {} : { overseers }),
    },
    { person: 'li', role: 'qualityInspection' },
  );

const reader = (person: string, ...roles: string[]): Reader => ({ person, packs: { 's2-cement': roles } });
const of = (...events: AnyEvent[]) => ({ pack: 's2-cement', concern: fold(events).concern, places: [], kind: 'complaint', label: null });

describe('whose case it is', () => {
  const task = event(2, 'task-opened', { task: 'remedy#1', step: 'remedy', by: ['production'], from: at });
  const told = event(3, 'told', { role: 'companyLeader', what: 'result' });
  const assigned = event(4, 'assigned', { task: 'remedy#1', person: 'zhou' }, { person: 'wang', role: 'market' });
  const theCase = of(opened(['market', 'companyLeader']), task, told, assigned);

  test.each([
    ['an overseer', reader('a', 'market'), true],
    ['who owes a step', reader('b', 'production'), true],
    ['the role that opened it', reader('c', 'qualityInspection'), true],
    ['who was told', reader('d', 'companyLeader'), true],
    ['who holds a task', reader('zhou', 'transport'), true],
    ['who acted', reader('wang', 'transport'), true],
    ['a department it does not concern', reader('e', 'transport'), false],
    ['somebody of the same role in another company', { person: 'f', packs: { 's3-cs19': ['production'] } }, false],
    ['who acted, but has no role in the pack any more', { person: 'wang', packs: {} }, false],
    ['a name that every object has', { person: 'g', packs: JSON.parse('{}') as Reader['packs'] }, false],
  ])('%s', (_, who, sees) => {
    expect(maySee(who, theCase)).toBe(sees);
  });

  test('a case opened before its concern was kept is seen by its pack, and by nobody else', () => {
    expect(maySee(reader('e', 'transport'), of(opened(), task))).toBe(true);
    expect(maySee({ person: 'e', packs: {} }, of(opened(), task))).toBe(false);
  });

  test('an event that brings in nobody leaves the concern as it is, the same object', () => {
    const before = fold([opened(['market'])]);
    const after = fold([event(2, 'stage-entered', { stage: 'remedy' })], before);
    expect(after.concern).toBe(before.concern);
  });
});
