/** What a newer pack or calendar makes of a case's deadlines, by exact dates. */
import { describe, expect, test } from 'vitest';
import type { CalendarDays } from '../../domain/calendar.ts';
import { mergeYear } from '../../domain/calendar-year.ts';
import type { AnyEvent, EventData, EventKind } from '../../domain/case/event.ts';
import { clockChanges, refuseRebase, type ClockChange, type Under } from '../../domain/case/rebase.ts';
import { apply, fold } from '../../domain/case/reduce.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { dueOf } from '../../domain/deadline.ts';
import type { PackRules } from '../../domain/pack.ts';
import { formatDue, parseBeijing } from '../../domain/time.ts';
import { compareVersions } from '../../domain/version.ts';
import { loadCalendar, loadPack } from '../../packs/load.ts';

const at = parseBeijing;
const { rules } = loadPack('s3-cs19');
const cn = loadCalendar('cn');
const grown = mergeYear(cn, 2027, { source: 'fixture', off: ['01-01..01-03'], work: [] });
const signedAt = at('2026-12-24 11:00');

function tell(...events: readonly { [K in EventKind]: [K, EventData[K], string?] }[EventKind][]): CaseState {
  return fold(
    events.map(
      ([kind, data, when = '2026-12-24 11:00'], i) => ({ seq: i + 1, kind, data, occurredAt: at(when), recordedAt: at(when) }) as AnyEvent,
    ),
  );
}

const opened: ['opened', EventData['opened']] = [
  'opened',
  {
    number: 'CS19-2026-000001',
    kind: 'repair',
    facts: {},
    pack: { id: rules.id, version: rules.version, hash: rules.hash },
    calendar: { id: cn.id, version: cn.version },
  },
];

function started(
  limit = 'repairMulti',
  startAt = signedAt,
  calendar = cn,
  more: Partial<EventData['clock-started']> = {},
): ['clock-started', EventData['clock-started']] {
  const { hardness, ladder } = rules.limits[limit]!;
  return [
    'clock-started',
    { clock: `${limit}#1`, limit, hardness, ladder, startAt, ...dueOf(rules.limits[limit]!, startAt, calendar), ...more },
  ];
}

const before: Under = { rules, calendar: cn };
const loaded: Under = { rules, calendar: grown };
const newer = (change: (rules: PackRules) => Partial<PackRules> = () => ({})): Under => ({
  rules: { ...rules, version: '99.0.0', hash: 'f'.repeat(64), ...change(rules) },
  calendar: cn,
});

/** The state after what the case would record. */
function after(state: CaseState, changes: readonly ClockChange[], now: string): CaseState {
  const emit = (to: CaseState, kind: EventKind, data: object, occurredAt = at(now)): CaseState =>
    apply(to, { seq: to.seq + 1, kind, data, occurredAt, recordedAt: at(now) } as unknown as AnyEvent);
  return changes.reduce((to, { excused, recomputed, late }) => {
    const { clock } = recomputed;
    const first = excused === undefined ? to : emit(to, 'clock-excused', { clock, tell: excused.tell, why: 'calendar' }, excused.at);
    const second = emit(first, 'clock-recomputed', recomputed);
    return late === undefined ? second : emit(second, 'clock-late', { clock, lateBy: late.lateBy }, late.at);
  }, state);
}

const shown = (changes: readonly ClockChange[]) =>
  changes.map(({ recomputed: { clock, from, to, provisional } }) => [clock, formatDue(from), formatDue(to), provisional]);

describe('a year is loaded', () => {
  test('a survey of 24 December 2026: 4 January by the weekday rule, 5 January by the notice', () => {
    const state = tell(opened, started());
    expect(state.clocks['repairMulti#1']).toMatchObject({ provisional: true });
    const changes = clockChanges(state, before, loaded, 'provisional', at('2026-12-25 09:00'));
    expect(shown(changes)).toEqual([['repairMulti#1', '2027-01-04 24:00:00', '2027-01-05 24:00:00', false]]);
    const moved = after(state, changes, '2026-12-25 09:00').clocks['repairMulti#1'];
    expect(moved).toMatchObject({ status: 'running', dueAt: at('2027-01-05 24:00'), provisional: false });
  });

  test('a second time nothing changes', () => {
    const state = tell(opened, started());
    const once = after(state, clockChanges(state, before, loaded, 'provisional', signedAt), '2026-12-25 09:00');
    expect(clockChanges(once, loaded, loaded, 'all', signedAt)).toEqual([]);
    expect(clockChanges(once, loaded, loaded, 'provisional', signedAt)).toEqual([]);
  });

  test('what was not provisional is left alone; an agreed instant, moved or set, stays as agreed', () => {
    const until = at('2027-01-12 24:00');
    const consentAt = signedAt;
    const certain = tell(opened, started('repairMulti', at('2026-09-30 16:00')));
    const moved = tell(opened, started(), ['clock-moved', { clock: 'repairMulti#1', from: at('2027-01-04 24:00'), to: until, consentAt }]);
    const set = tell(opened, started('repairMulti', signedAt, cn, { dueAt: until, provisional: true, agreed: true }));
    const setBefore = tell(opened, started('repairMulti', signedAt, cn, { dueAt: until, provisional: true })); // by an older edition
    for (const state of [certain, moved, set, setBefore]) {
      expect(clockChanges(state, before, loaded, 'provisional', signedAt)).toEqual([]);
      expect(clockChanges(state, before, loaded, 'all', signedAt)).toEqual([]);
    }
  });

  describe('to a deadline that was broken by its provisional instant', () => {
    const broken: ['clock-breached', EventData['clock-breached'], string] = [
      'clock-breached',
      { clock: 'repairMulti#1', limit: 'repairMulti', dueAt: at('2027-01-04 24:00'), rungs: [] },
      '2027-01-05 00:00',
    ];
    const told: ['escalated', EventData['escalated'], string] = [
      'escalated',
      { clock: 'repairMulti#1', limit: 'repairMulti', role: 'generalManager', rung: 1, dueAt: at('2027-01-04 24:00') },
      '2027-01-05 00:00',
    ];
    const state = tell(opened, started(), broken, told);
    const changes = (of: CaseState, now: string) => clockChanges(of, before, loaded, 'provisional', at(now));

    test('it is excused and runs on when the true instant is still to come; whoever was told hears it', () => {
      const found = changes(state, '2027-01-05 09:00');
      expect(found).toMatchObject([{ excused: { tell: ['generalManager'] }, recomputed: { to: at('2027-01-05 24:00'), reopened: true } }]);
      const then = after(state, found, '2027-01-05 09:00');
      expect(then.breaches).toBe(0);
      expect(then.clocks['repairMulti#1']).toMatchObject({
        status: 'running',
        dueAt: at('2027-01-05 24:00'),
        rungs: [],
        rungsFired: 0,
        told: [],
      });
      expect(then.clocks['repairMulti#1']).not.toHaveProperty('doneAt');
      expect(then.clocks['repairMulti#1']).not.toHaveProperty('firedAt');
    });

    test('it stands, by less, when that instant has passed as well', () => {
      const found = changes(state, '2027-01-06 09:00');
      const then = after(state, found, '2027-01-06 09:00');
      expect(found[0]?.excused).toBeUndefined();
      expect(then).toMatchObject({ breaches: 1 });
      expect(then.clocks['repairMulti#1']).toMatchObject({ status: 'breached', dueAt: at('2027-01-05 24:00') });
    });

    const done = (when: string): ['clock-late', EventData['clock-late'], string] => [
      'clock-late',
      { clock: 'repairMulti#1', lateBy: 1 },
      when,
    ];

    test('it is excused by what was done by the true instant', () => {
      const then = after(
        tell(opened, started(), broken, done('2027-01-05 15:00')),
        changes(tell(opened, started(), broken, done('2027-01-05 15:00')), '2027-01-07 09:00'),
        '2027-01-07 09:00',
      );
      expect(then).toMatchObject({ breaches: 0 });
      expect(then.clocks['repairMulti#1']).toMatchObject({
        status: 'excused',
        doneAt: at('2027-01-05 15:00'),
        dueAt: at('2027-01-05 24:00'),
      });
    });

    test('it is late by less when it was done after that', () => {
      const late = tell(opened, started(), broken, done('2027-01-06 02:00'));
      const then = after(late, changes(late, '2027-01-07 09:00'), '2027-01-07 09:00');
      expect(then.clocks['repairMulti#1']).toMatchObject({ status: 'breached', lateBy: 2 * 3_600_000, doneAt: at('2027-01-06 02:00') });
    });

    test('a notice that makes it due earlier makes no verdict worse', () => {
      const earlier = mergeYear(cn, 2027, { source: 'fixture', off: [], work: ['01-02', '01-03'] });
      expect(clockChanges(state, before, { rules, calendar: earlier }, 'provisional', at('2027-01-05 09:00'))).toEqual([]);
      const kept = tell(opened, started(), ['clock-met', { clock: 'repairMulti#1' }, '2027-01-04 20:00']);
      expect(clockChanges(kept, before, { rules, calendar: earlier }, 'all', at('2027-01-05 09:00'))).toEqual([]);
    });
  });
});

describe('a newer version of the pack', () => {
  const tenDays = newer(({ limits }) => ({
    limits: { ...limits, repairMulti: { ...limits['repairMulti']!, n: 10, hardness: 'soft' } as never },
  }));

  test('reckons every running deadline from its own start, provisional or not; a broken one stays broken', () => {
    const state = tell(opened, started('repairMulti', at('2026-09-30 16:00')), [
      'clock-started',
      { ...started('survey', at('2026-09-30 16:00'))[1] },
    ]);
    expect(shown(clockChanges(state, before, tenDays, 'all', signedAt))).toEqual([
      ['repairMulti#1', '2026-10-15 24:00:00', '2026-10-20 24:00:00', false],
    ]);
    const broken = tell(opened, started('repairMulti', at('2026-09-30 16:00')), [
      'clock-breached',
      { clock: 'repairMulti#1', limit: 'repairMulti', dueAt: at('2026-10-15 24:00'), rungs: [] },
    ]);
    expect(clockChanges(broken, before, tenDays, 'all', signedAt)).toEqual([]);
  });

  test('binds as the new version says', () => {
    const state = tell(opened, started('repairMulti', at('2026-09-30 16:00')));
    const then = after(state, clockChanges(state, before, tenDays, 'all', signedAt), '2026-10-09 09:00');
    expect(then.clocks['repairMulti#1']).toMatchObject({ hardness: 'soft', recomputed: [{ to: at('2026-10-20 24:00') }] });
  });

  test('is refused when it lacks a limit that a deadline of the case runs under, by its name', () => {
    const { repairMulti: _, ...limits } = rules.limits;
    expect(
      refuseRebase(
        tell(opened, started()),
        before,
        newer(() => ({ limits })),
      ),
    ).toMatchObject({
      code: 'limit-gone',
      detail: 'repairMulti#1 (repairMulti)',
    });
    const met = tell(opened, started(), ['clock-met', { clock: 'repairMulti#1' }]);
    expect(
      refuseRebase(
        met,
        before,
        newer(() => ({ limits })),
      ),
    ).toBeUndefined();
  });

  const older: CalendarDays = { ...cn, version: '2025.9' };
  test.each<[string, Under, string | undefined]>([
    ['newer', newer(), undefined],
    ['the same version', before, 'not-newer'],
    ['an older version', newer(() => ({ version: '0.9.9' })), 'not-newer'],
    ['another text under the same version', newer(() => ({ version: rules.version })), 'not-newer'],
    ['another pack', newer(() => ({ id: 's2-cement' })), 'other-pack'],
    ['a newer calendar', loaded, undefined],
    ['an older calendar', { rules, calendar: older }, 'not-newer'],
    ['a newer version with an older calendar', { ...newer(), calendar: older }, 'not-newer'],
    ['another calendar alone', { rules, calendar: { ...grown, id: 'hk' } }, 'not-newer'],
    ['another calendar with a newer version', { ...newer(), calendar: { ...grown, id: 'hk', version: '1' } }, undefined],
  ])('%s', (_, next, code) => {
    expect(refuseRebase(tell(opened, started()), before, next)?.code).toBe(code);
  });
});

test.each([
  ['1.9.0', '1.10.0', -1],
  ['2027.1', '2026.12', 1],
  ['2027.2', '2027.10', -1],
  ['1.0', '1.0.0', 0],
  ['a', 'b', -1],
])('%s against %s', (a, b, order) => {
  expect(Math.sign(compareVersions(a, b))).toBe(order);
});
