/** The ladder as its pure parts make it: each rung once per breach, in order, never early, never twice, never lost. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnyEvent } from '../../domain/case/event.ts';
import type { CatchUp, PackRules, Rung } from '../../domain/pack.ts';
import { formatDue, parseBeijing } from '../../domain/time.ts';
import { loadCalendar, loadPack } from '../../packs/load.ts';
import { LadderWatch } from './support/ladder-watch.ts';

const pack = loadPack('s3-cs19').rules;
const calendar = loadCalendar('cn');
const HOUR = 3_600_000;
const t = parseBeijing;
const opened = t('2026-03-09 09:00');

function rulesWith(rungs: readonly Rung[], catchUp?: CatchUp, hardness: 'hard' | 'soft' = 'hard'): PackRules {
  const { catchUp: _, ...rest } = pack;
  const survey = { ...pack.limits['survey'], name: 'survey', kind: 'workdays', n: 3, ladder: 'own', hardness, clause: '3.4.5' } as never;
  return { ...rest, ladders: { own: rungs }, limits: { survey }, ...(catchUp === undefined ? {} : { catchUp }) };
}

/** Survey within three working days from Monday 2026-03-09, due on Thursday at 24:00. */
function watch(rungs: readonly Rung[], catchUp?: CatchUp, hardness?: 'soft'): LadderWatch {
  const w = new LadderWatch(rulesWith(rungs, catchUp, hardness), calendar, opened);
  w.start('survey', opened, t('2026-03-12 24:00'));
  return w;
}

const said = (events: readonly AnyEvent[]): string[] =>
  events.map((e) => {
    const data = e.data as { role?: string; roles?: string[]; rung?: number; rungs?: { role: string; rung: number }[] };
    const who = data.rungs?.map((r) => `${r.role}${r.rung}`).join('+') ?? `${data.role ?? data.roles?.join('+')}${data.rung ?? ''}`;
    return `${e.kind} ${who} ${formatDue(e.occurredAt).slice(0, 16)}`;
  });
const told = (w: LadderWatch): string[] => said(w.of('warned', 'notified', 'escalated', 'reminded', 'skipped', 'digested'));
/** Wakes at every instant that something is due. */
function run(w: LadderWatch, until: string): LadderWatch {
  for (let at = w.next; at !== undefined && at <= t(until); at = w.next) w.wake(at);
  return w;
}

const full: readonly Rung[] = [
  { role: 'recordsClerk', when: 'before', percent: 50 },
  { role: 'serviceManager', when: 'before', workdays: 1 },
  { role: 'serviceManager' },
  { role: 'deputyGeneralManager', when: 'after', workdays: 1 },
  { role: 'generalManager', when: 'after', workdays: 2 },
];

describe('in time', () => {
  test('before and after the deadline, each at its instant', () => {
    expect(told(run(watch(full), '2026-04-01 00:00'))).toEqual([
      'warned recordsClerk1 2026-03-11 12:00',
      'warned serviceManager2 2026-03-11 24:00',
      'notified serviceManager1 2026-03-12 24:00',
      'notified deputyGeneralManager2 2026-03-13 24:00',
      'escalated generalManager3 2026-03-16 24:00',
    ]);
  });

  test('a moved deadline moves its rungs, and warns again of the new one only where that is still to come', () => {
    const w = run(watch(full), '2026-03-11 13:00');
    w.emit('clock-moved', t('2026-03-11 13:00'), {
      clock: 'survey#1',
      from: t('2026-03-12 24:00'),
      to: t('2026-03-19 24:00'),
      consentAt: opened,
    });
    expect(told(run(w, '2026-03-19 12:00'))).toEqual([
      'warned recordsClerk1 2026-03-11 12:00',
      'warned recordsClerk1 2026-03-13 24:00',
      'warned serviceManager2 2026-03-18 24:00',
    ]);
    const kept = run(watch(full), '2026-03-11 13:00');
    kept.emit('clock-moved', t('2026-03-11 13:00'), {
      clock: 'survey#1',
      from: t('2026-03-12 24:00'),
      to: t('2026-03-11 23:00'),
      consentAt: opened,
    });
    // Its half is over since before it was told; that one working day is left has not been told yet.
    expect(told(run(kept, '2026-03-11 23:00'))).toEqual([
      'warned recordsClerk1 2026-03-11 12:00',
      'warned serviceManager2 2026-03-10 23:00',
    ]);
  });

  test('rungs at once in the order of the pack, by time when the pack writes them otherwise', () => {
    expect(told(run(watch(['recordsClerk', 'serviceManager', 'generalManager'].map((role) => ({ role }))), '2026-03-13 12:00'))).toEqual([
      'notified recordsClerk1 2026-03-12 24:00',
      'notified serviceManager2 2026-03-12 24:00',
      'escalated generalManager3 2026-03-12 24:00',
    ]);
    const mixed: Rung[] = [
      { role: 'deputyGeneralManager', when: 'after', hours: 2 },
      { role: 'serviceManager' },
      { role: 'generalManager', when: 'after', hours: 3 },
    ];
    expect(told(run(watch(mixed), '2026-03-13 12:00')).map((line) => line.split(' ')[1])).toEqual([
      'serviceManager1',
      'deputyGeneralManager2',
      'generalManager3',
    ]);
  });

  test('owner is whoever owes it when the rung fires: the holder, the roles of the task, the roles of the clock, the coordinators', () => {
    const owner: Rung[] = [{ role: 'owner', when: 'before', percent: 50 }, { role: 'owner' }, { role: 'generalManager' }];
    const w = watch(owner);
    w.emit('task-opened', opened, { task: 'survey#1', step: 'survey', by: ['customerService'], from: opened, clock: 'survey#1' });
    run(w, '2026-03-12 00:00');
    w.emit('assigned', t('2026-03-12 09:00'), { task: 'survey#1', person: 'liwei' });
    run(w, '2026-03-13 12:00');
    expect(w.of('warned')[0]?.data).toMatchObject({ role: 'owner', roles: ['customerService'] });
    expect(w.of('notified')[0]?.data).toMatchObject({ role: 'owner', roles: ['customerService'], persons: ['liwei'] });
    expect(w.state.escalatedTo).toBe('generalManager');
    expect(w.state.clocks['survey#1']?.told).toEqual(['customerService', 'generalManager']);
    expect(run(watch(owner), '2026-03-13 12:00').of('warned')[0]?.data.roles).toEqual(pack.coordinator);
  });

  test('a soft limit never reaches the general manager, whatever its ladder says', () => {
    expect(told(run(watch(full, undefined, 'soft'), '2026-04-01 00:00')).filter((line) => line.includes('generalManager'))).toEqual([]);
  });

  test('the top is reached once, however often the ladder names it', () => {
    const twice: Rung[] = [{ role: 'generalManager' }, { role: 'generalManager', when: 'after', workdays: 1 }];
    const w = run(watch(twice), '2026-04-01 00:00');
    expect(w.of('escalated')).toHaveLength(1);
    expect(w.next).toBeUndefined();
  });

  test('done in time: warned, and nobody is told of a breach', () => {
    const w = run(watch(full), '2026-03-11 20:00');
    w.emit('clock-met', t('2026-03-11 20:00'), { clock: 'survey#1' });
    expect(told(run(w, '2026-04-01 00:00'))).toEqual(['warned recordsClerk1 2026-03-11 12:00']);
  });
});

describe('again until acknowledged', () => {
  const again: Rung[] = [{ role: 'serviceManager' }, { role: 'generalManager', repeatEveryWorkdays: 2 }];
  const repeats = [
    'reminded generalManager2 2026-03-16 24:00',
    'reminded generalManager2 2026-03-18 24:00',
    'reminded generalManager2 2026-03-20 24:00',
  ];
  const acknowledge = (w: LadderWatch) =>
    w.emit('submitted', t('2026-03-19 09:00'), { task: w.of('task-opened')[0]?.data.task ?? '', step: 'acknowledge', facts: {} });

  test('at the end of each n-th working day, and never a second escalation', () => {
    const w = run(watch(again), '2026-03-21 12:00');
    expect(told(w).slice(2)).toEqual(repeats);
    expect(w.of('escalated')).toHaveLength(1);
  });

  test.each([
    ['acknowledged', acknowledge],
    ['done late', (w: LadderWatch) => w.emit('clock-late', t('2026-03-19 09:00'), { clock: 'survey#1', lateBy: 1 })],
    ['excused', (w: LadderWatch) => w.emit('clock-excused', t('2026-03-12 09:00'), { clock: 'survey#1', tell: [] })],
    ['stopped', (w: LadderWatch) => w.emit('clock-stopped', t('2026-03-19 09:00'), { clock: 'survey#1', why: 'superseded' })],
    ['ended', (w: LadderWatch) => w.emit('ended', t('2026-03-19 09:00'), { reason: 'withdrawn' })],
  ])('no more once it is %s', (_, happens) => {
    const w = run(watch(again), '2026-03-19 08:00');
    happens(w);
    w.restart();
    expect(told(run(w, '2026-05-01 00:00')).slice(2)).toEqual(repeats.slice(0, 2));
    expect(w.next).toBeUndefined();
  });
});

describe('after an outage', () => {
  const noticed = t('2026-03-17 09:00');

  test('all in order', () => {
    const w = watch(full, 'all');
    w.wake(noticed);
    expect(told(w)).toHaveLength(5);
    expect(w.state.clocks['survey#1']).toMatchObject({ dueAt: t('2026-03-12 24:00'), firedAt: noticed });
  });

  test('only the highest, the others recorded as skipped', () => {
    const w = watch(full, 'highest');
    w.wake(noticed);
    expect(told(w)).toEqual([
      'skipped recordsClerk1+serviceManager2 2026-03-11 12:00',
      'skipped serviceManager1+deputyGeneralManager2 2026-03-12 24:00',
      'escalated generalManager3 2026-03-16 24:00',
    ]);
    expect(w.of('skipped').every((e) => e.data.reason === 'outage')).toBe(true);
    expect(w.state.clocks['survey#1']).toMatchObject({ status: 'breached', firedAt: noticed, told: ['generalManager'] });
  });

  test('one digest; the top still has its task, and is told once', () => {
    const w = watch(full, 'digest');
    w.wake(noticed);
    expect(told(w).slice(1)).toEqual([
      'digested serviceManager1+deputyGeneralManager2+generalManager3 2026-03-12 24:00',
      'escalated generalManager3 2026-03-16 24:00',
    ]);
    expect(w.of('escalated')[0]?.data.digest).toBe(true);
    expect(w.state.clocks['survey#1']?.told).toEqual(['serviceManager', 'deputyGeneralManager', 'generalManager']);
  });

  test.each(['highest', 'digest'] as const)('%s: warnings alone, when the deadline is still to come', (mode) => {
    const w = watch(full, mode);
    w.wake(t('2026-03-12 09:00'));
    const first = mode === 'highest' ? 'skipped recordsClerk1' : 'digested recordsClerk1+serviceManager2';
    expect(told(w)).toEqual([`${first} 2026-03-11 12:00`, ...(mode === 'highest' ? ['warned serviceManager2 2026-03-11 24:00'] : [])]);
  });

  test.each(['highest', 'digest'] as const)('%s: what is merely entered late is no outage', (mode) => {
    const w = new LadderWatch(rulesWith(full, mode), calendar, noticed);
    w.start('survey', opened, t('2026-03-12 24:00'));
    w.wake(noticed);
    expect(told(w)).toHaveLength(5);
  });

  test('a moment late is none either', () => {
    const w = watch([{ role: 'serviceManager' }, { role: 'generalManager' }], 'highest');
    w.wake(t('2026-03-12 24:00') + 60_000);
    expect(told(w)).toHaveLength(2);
  });

  test('a repetition comes once for all the days it missed', () => {
    const w = watch([{ role: 'generalManager', repeatEveryWorkdays: 1 }], 'highest');
    w.wake(t('2026-03-13 00:01'));
    w.wake(t('2026-03-18 09:00'));
    expect(told(w).slice(1)).toEqual(['reminded generalManager1 2026-03-17 24:00']);
    expect(w.of('reminded')[0]?.data.missed?.map(formatDue)).toEqual(['2026-03-13 24:00:00', '2026-03-16 24:00:00']);
    expect(told(run(w, '2026-03-19 01:00')).at(-1)).toBe('reminded generalManager1 2026-03-18 24:00');
  });
});

const rung = fc.oneof(
  fc.record({ when: fc.constant('before' as const), percent: fc.integer({ min: 1, max: 99 }) }),
  fc.record({ when: fc.constant('before' as const), workdays: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ when: fc.constant('before' as const), hours: fc.integer({ min: 1, max: 90 }) }),
  fc.constant({}),
  fc.record({ when: fc.constant('after' as const), hours: fc.integer({ min: 1, max: 90 }) }),
  fc.record({
    when: fc.constant('after' as const),
    workdays: fc.integer({ min: 1, max: 4 }),
    repeatEveryWorkdays: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ when: fc.constant('after' as const), percent: fc.integer({ min: 1, max: 200 }) }),
);
const ladders = fc
  .tuple(fc.array(rung, { maxLength: 5 }), fc.integer({ min: 1, max: 3 }))
  .map(([rungs, every]): Rung[] => [
    ...rungs.map((r, i): Rung => ({ role: `role${i}`, ...r })),
    { role: 'generalManager', when: 'after', workdays: 4, repeatEveryWorkdays: every },
  ]);
const happening = fc.oneof(
  fc.record({ at: fc.integer({ min: 0, max: 30 * 24 * 60 }), what: fc.constantFrom('wake', 'wake', 'restart') }),
  fc.record({ at: fc.integer({ min: 0, max: 30 * 24 * 60 }), what: fc.constantFrom('late', 'acknowledge', 'move') }),
);

/** What was told, by what it stands for. */
const placeOf = (e: ReturnType<typeof ladderEvents>[number]): string[] => {
  const { data } = e;
  if ('rungs' in data) return data.rungs.filter((r) => r.escalates !== true).map((r) => `${data.when} ${r.rung} ${data.dueAt}`);
  if (e.kind === 'reminded') return [`again ${e.data.rung} ${formatDue(e.data.at)}`];
  return [`${e.kind === 'warned' ? 'before' : 'after'} ${'rung' in data ? data.rung : ''} ${'dueAt' in data ? data.dueAt : ''}`];
};
const ladderEvents = (w: LadderWatch) => w.of('warned', 'notified', 'escalated', 'reminded', 'skipped', 'digested');

test.each([undefined, 'highest', 'digest'] as const)(
  '%s: no jumps of time, restarts, facts: a rung is early, doubled, lost or out of order',
  (mode) => {
    fc.assert(
      fc.property(ladders, fc.array(happening, { maxLength: 10 }), (rungs, happenings) => {
        const w = watch(rungs, mode);
        let moves = 0;
        for (const { at: minutes, what } of happenings.toSorted((a, b) => a.at - b.at)) {
          const at = opened + minutes * 60_000;
          w.wake(at);
          const clock = w.state.clocks['survey#1'];
          const task = Object.values(w.state.tasks).find((one) => one.status === 'open');
          if (what === 'restart') w.restart();
          if (what === 'late' && clock?.status === 'breached' && clock.doneAt === undefined)
            w.emit('clock-late', at, { clock: 'survey#1', lateBy: at - clock.dueAt });
          if (what === 'acknowledge' && task !== undefined) w.emit('submitted', at, { task: task.id, step: 'acknowledge', facts: {} });
          if (what === 'move' && clock?.status === 'running' && moves++ < 2)
            w.emit('clock-moved', at, { clock: 'survey#1', from: clock.dueAt, to: clock.dueAt + 30 * HOUR, consentAt: opened });
          w.wake(at);
        }
        w.wake(opened + 60 * 24 * HOUR);
        const events = ladderEvents(w);
        // Never early: recorded after the instant it stands for; never before the fact that made it due.
        for (const e of events) expect(e.recordedAt).toBeGreaterThan(e.occurredAt - 1);
        // Never twice.
        const places = events.flatMap(placeOf);
        expect(new Set(places).size).toBe(places.length);
        // In business order.
        const rungsAfter = events.filter((e) => e.kind === 'notified' || e.kind === 'escalated');
        expect(rungsAfter.map((e) => e.data.rung)).toEqual(rungsAfter.map((e) => e.data.rung).toSorted((a, b) => a - b));
        // Never lost: a breach that nobody undid has told (or skipped, or named) every rung; the top once.
        const clock = w.state.clocks['survey#1'];
        if (clock?.status === 'breached' && clock.doneAt === undefined) {
          const after = rungs.filter((r) => r.when !== 'before');
          const reached = new Set(places.filter((p) => p.startsWith('after')));
          expect(reached.size).toBe(after.length);
          expect(w.of('escalated')).toHaveLength(1);
        }
        // Another worker comes to the same state, and to the same next instant.
        const { state, next } = w;
        w.restart();
        expect(w.state).toEqual(state);
        expect(w.next).toBe(next);
      }),
      { numRuns: 1500 },
    );
  },
);

test('whenever it is woken, the same rungs at the same business instants', () => {
  fc.assert(
    fc.property(ladders, fc.array(fc.integer({ min: 0, max: 30 * 24 * 60 }), { maxLength: 8 }), (rungs, wakes) => {
      const punctual = run(watch(rungs), '2026-04-08 09:00');
      const jumping = watch(rungs);
      for (const minutes of wakes.toSorted((a, b) => a - b)) {
        jumping.wake(opened + minutes * 60_000);
        jumping.restart();
      }
      jumping.wake(t('2026-04-08 09:00'));
      expect(told(jumping)).toEqual(told(punctual));
    }),
    { numRuns: 500 },
  );
});
