/** 催办: an open task that is owed, not more often than the pack allows, counted in working days. */
import { describe, expect, test } from 'vitest';
import { judgeNudge, nudgeAgainFrom } from '../../domain/case/nudge.ts';
import type { TaskState } from '../../domain/case/state.ts';
import { formatInstant, parseBeijing as t } from '../../domain/time.ts';
import { loadCalendar, loadPack } from '../../packs/load.ts';

const { rules } = loadPack('s3-cs19');
const calendar = loadCalendar('cn');
const every = (n: number) => ({ switches: { nudgeEveryWorkdays: n } });
const task: TaskState = {
  ...{
    id: 'survey#1',
    step: 'survey',
    by: ['customerService'],
    round: 1,
    optional: false,
    escalation: false,
    status: 'open',
    segments: [],
  },
  openedAt: t('2026-03-09 09:00'),
};
const nudge = (at: string, from: 'coordinator' | 'customer' = 'customer', roles = ['recordsClerk']) => ({ from, occurredAt: t(at), roles });

test.each([
  [1, '2026-03-12 10:00', '2026-03-13 00:00:00'],
  [1, '2026-03-13 23:59', '2026-03-16 00:00:00'],
  [1, '2026-03-14 10:00', '2026-03-16 00:00:00'],
  // Over National Day: 2026-10-08 is the next working day after 09-30.
  [1, '2026-09-30 10:00', '2026-10-08 00:00:00'],
  [3, '2026-03-12 10:00', '2026-03-17 00:00:00'],
])('every %i working days, after %s: from %s on', (n, last, again) => {
  expect(formatInstant(nudgeAgainFrom(t(last), every(n), calendar) ?? NaN)).toBe(again);
});

test('the first at once; 0 knows no bound; without a setting one a working day', () => {
  expect(nudgeAgainFrom(undefined, every(1), calendar)).toBeUndefined();
  expect(nudgeAgainFrom(t('2026-03-12 10:00'), every(0), calendar)).toBeUndefined();
  expect(formatInstant(nudgeAgainFrom(t('2026-03-12 10:00'), { switches: {} }, calendar) ?? NaN)).toBe('2026-03-13 00:00:00');
});

describe('refused', () => {
  const nudged = { ...task, nudged: { customer: t('2026-03-12 10:00') } };
  test.each([
    ['the last instant before', nudged, nudge('2026-03-12 23:59'), 'nudged-too-often'],
    ['a task that is closed', { ...task, status: 'done' as const }, nudge('2026-03-12 10:00'), 'task-not-open'],
    ['no task', undefined, nudge('2026-03-12 10:00'), 'task-not-open'],
    ['what nobody owes', { ...task, optional: true }, nudge('2026-03-12 10:00'), 'nothing-owed'],
    ['a clerk as coordinator', task, nudge('2026-03-12 10:00', 'coordinator'), 'wrong-role'],
    ['before it was owed', task, nudge('2026-03-09 08:59'), 'occurred-out-of-order'],
  ] as const)('%s', (_, of, said, code) => {
    expect(judgeNudge(of, said, rules, calendar)?.code).toBe(code);
  });
  test('when it is possible again', () => {
    expect(judgeNudge(nudged, nudge('2026-03-12 11:00'), rules, calendar)?.detail).toBe('2026-03-13 00:00:00');
  });
  test('not the other side, not an escalation, not from that instant on', () => {
    expect(judgeNudge(nudged, nudge('2026-03-12 11:00', 'coordinator', ['customerService']), rules, calendar)).toBeUndefined();
    expect(judgeNudge({ ...task, optional: true, escalation: true }, nudge('2026-03-12 11:00'), rules, calendar)).toBeUndefined();
    expect(judgeNudge(nudged, nudge('2026-03-13 00:00'), rules, calendar)).toBeUndefined();
  });
});
