import fc from 'fast-check';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { defaultPayloadConverter } from '@temporalio/common';
import { describe, expect, test } from 'vitest';
import { readHistory } from '../../desk/history.ts';
import type { AnyEvent } from '../../domain/case/event.ts';
import type { PackRules } from '../../domain/pack.ts';
import { formatDue, parseBeijing, DAY_MS, HOUR_MS } from '../../domain/time.ts';
import { differences, handChanges } from '../../domain/what-if/differences.ts';
import { recorded } from '../../domain/what-if/recorded.ts';
import { rejudge, type Rulebook } from '../../domain/what-if/rejudge.ts';
import { loadCalendar, loadPack } from '../../packs/load.ts';
import { withSettings, type Settings } from '../../packs/settings.ts';
import type { OpenCase } from '../../workflows/kit/messages.ts';
import { keptHistories } from '../histories/kept.ts';
import { Recording } from './support/recording.ts';

const pack = loadPack('s3-cs19');
const book: Rulebook = { rules: pack.rules, calendar: loadCalendar('cn') };
const under = (settings: Settings): Rulebook => ({ ...book, rules: withSettings(pack, settings).rules });
const withRules = (change: Partial<PackRules>): Rulebook => ({ ...book, rules: { ...book.rules, ...change } });
const at = parseBeijing;
const audit = (events: readonly AnyEvent[], by: Rulebook, asOf: number) =>
  differences(recorded(events), rejudge(events, by, asOf, by.rules), formatDue);
const outcome = (events: readonly AnyEvent[], by: Rulebook, asOf: number, clock: string) =>
  rejudge(events, by, asOf, book.rules).clocks.find(({ id }) => id === clock)?.outcome;

describe('the candidate is the pack itself', () => {
  /** A re-based case went by several rules: it is counted as not compared. */
  const byOneRule = keptHistories().filter(({ name }) => !name.startsWith('rebased'));
  test.each(byOneRule)('$name: every figure is the recorded one', ({ history }) => {
    const read = historyFromJSON(history);
    const { events } = readHistory(read);
    const input = read.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0];
    const { rules, calendar } = defaultPayloadConverter.fromPayload<OpenCase>(input!);
    // What is compared is there: every longer story runs a clock, unless its procedure promises nothing by when.
    const timed = events.some((e) => e.kind === 'task-opened' && rules.steps[e.data.step]?.limit !== undefined);
    expect(recorded(events).clocks.length > 0 || events.length < 20 || !timed).toBe(true);
    expect(audit(events, { rules, calendar }, Math.max(...events.map((e) => e.recordedAt)))).toEqual([]);
  });

  /** Anything people may do to clocks, in any order, told at once or days later. */
  interface Doing {
    readonly what: string;
    readonly hours: number;
    readonly entered: number;
    readonly pick: number;
  }
  const doings: fc.Arbitrary<Doing[]> = fc.array(
    fc.record({
      what: fc.constantFrom('start', 'meet', 'extend', 'propose', 'stop', 'wake', 'end', 'acknowledge'),
      hours: fc.integer({ min: 0, max: 200 }),
      entered: fc.constantFrom(0, 0, 0, 5, 50, 120),
      pick: fc.nat({ max: 20 }),
    }),
    { maxLength: 25 },
  );
  const limits = ['survey', 'repairMulti', 'weeklyItem', 'other', 'approval', 'followUpCall'];

  function play(done: readonly Doing[], by = book): { recording: Recording; now: number } {
    const recording = new Recording(by, 'CS19-2026-000001', at('2026-09-25 10:00'));
    let now = at('2026-09-25 10:00');
    let version = 0;
    for (const { what, hours, entered, pick } of done) {
      now += hours * HOUR_MS;
      const happened = now;
      now += entered * HOUR_MS;
      if (recording.state.reason !== undefined) break;
      const clocks = Object.values(recording.state.clocks);
      const clock = clocks[pick % Math.max(clocks.length, 1)]?.id;
      const free = clocks.find(({ limit, moves, doneAt }) => limit === 'repairMulti' && moves.length === 0 && doneAt === undefined);
      if (what === 'wake') recording.wake(now);
      else
        recording.message(happened, now, () => {
          if (what === 'start') recording.start(limits[pick % limits.length]!, happened, pick % 3 === 0 ? ['serviceManager'] : []);
          // A repair that was extended has two clocks, and what ends it ends both.
          const ended = clocks.filter(({ id, limit }) => id === clock || (limit === 'repairMulti' && clock?.startsWith(limit) === true));
          for (const { id, doneAt } of ended) {
            if (what === 'meet') recording.meet(id);
            if (what === 'stop' && doneAt === undefined) recording.emit('clock-stopped', { clock: id, why: 'superseded' });
          }
          if (what === 'propose') recording.propose((version += 1), (pick + 1) * 100_000);
          if (what === 'propose' && pick % 2 === 0) recording.settle(version, 'approved', (pick + 1) * 100_000);
          if (what === 'extend' && free !== undefined && clocks.filter((one) => one.limit === 'repairMulti').length === 1)
            recording.extend(free.id, free.dueAt + 5 * DAY_MS, happened);
          if (what === 'acknowledge') recording.acknowledge(1 + (pick % 3));
          if (what === 'end' && pick < 3) recording.emit('ended', { reason: 'withdrawn' });
        });
    }
    return { recording: recording.wake(now), now };
  }

  test('for any case that is told', () => {
    fc.assert(
      fc.property(doings, (done) => {
        const { recording, now } = play(done);
        expect(audit(recording.events, book, now)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  /** Nobody wakes the case between two messages: what fell due then was missed by an outage. */
  const long = [
    { role: 'owner', when: 'before' as const, percent: 30 },
    { role: 'serviceManager', when: 'before' as const, percent: 80 },
    { role: 'serviceManager' },
    { role: 'owner', when: 'after' as const, hours: 5, repeatEveryWorkdays: 1 },
    { role: 'generalManager', when: 'after' as const, workdays: 1, repeatEveryWorkdays: 2 },
  ];
  const ladders = { ...book.rules.ladders, case: long, soft: long.slice(0, 3), approval: long };
  test.each(['all', 'highest', 'digest'] as const)('for any case that is told, outages caught up with by %s', (catchUp) => {
    const by = withRules({ catchUp, ladders });
    fc.assert(
      fc.property(doings, (done) => {
        const { recording, now } = play(done, by);
        expect(audit(recording.events, by, now)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test('a longer limit never breaks what was kept, a shorter one never keeps what was broken', () => {
    const broken = (events: readonly AnyEvent[], by: Rulebook, asOf: number): string[] =>
      rejudge(events, by, asOf, book.rules)
        .clocks.filter((clock) => clock.limit === 'survey' && ['late', 'overdue'].includes(clock.outcome))
        .map((clock) => clock.id);
    fc.assert(
      fc.property(doings, fc.integer({ min: 2, max: 9 }), (done, n) => {
        const { recording, now } = play(done);
        const is = broken(recording.events, book, now);
        expect(is).toEqual(expect.arrayContaining(broken(recording.events, under({ 'limits.survey.n': n }), now)));
      }),
      { numRuns: 100 },
    );
  });
});

test.each([
  ['all', ['warned 1', 'warned 2', 'notified 1', 'escalated 2']],
  ['highest', ['escalated 2']],
  ['digest', ['digested 1', 'escalated 2']],
] as const)('after an outage a candidate that catches up with %s tells as many', (catchUp, told) => {
  const ladders = {
    ...book.rules.ladders,
    case: [
      { role: 'serviceManager', when: 'before' as const, percent: 50 },
      { role: 'serviceManager', when: 'before' as const, percent: 80 },
      { role: 'serviceManager' },
      { role: 'generalManager', when: 'after' as const, hours: 2 },
    ],
  };
  const recording = new Recording(withRules({ ladders }), 'CS19-2026-000001', at('2026-03-09 09:00'));
  recording.message(at('2026-03-09 09:00'), at('2026-03-09 09:00'), () => void recording.start('survey'));
  recording.wake(at('2026-03-12 09:00'));
  const is = rejudge(recording.events, withRules({ ladders, catchUp }), at('2026-03-12 09:00'), book.rules);
  expect(is.told.map(({ kind, rung }) => `${kind} ${rung}`)).toEqual(told);
  // Had the system been there, everybody would have been told one by one.
  const there = recording.events.map((event) => ({ ...event, recordedAt: Math.min(event.recordedAt, event.occurredAt + 1) }));
  expect(rejudge(there, withRules({ ladders, catchUp }), at('2026-03-12 09:00'), book.rules).told).toHaveLength(4);
});

describe('another rule', () => {
  // Received Mon 9:00, surveyed Wed 10:00, entered at once: due Tue 24:00, late under one working day.
  const story = () => {
    const recording = new Recording(book, 'CS19-2026-000001', at('2026-03-09 09:00'));
    recording.message(at('2026-03-09 09:00'), at('2026-03-09 09:00'), () => void recording.start('survey'));
    return recording.message(at('2026-03-11 10:00'), at('2026-03-11 10:00'), () => recording.meet('survey#1'));
  };
  const asOf = at('2026-03-20 10:00');

  test('two working days for the survey: the breach and its rungs are gone', () => {
    const { events } = story();
    const is = rejudge(events, under({ 'limits.survey.n': 2 }), asOf, book.rules);
    expect(recorded(events).clocks).toMatchObject([{ id: 'survey#1', outcome: 'late' }]);
    expect(is.clocks).toMatchObject([{ id: 'survey#1', outcome: 'met', dueAt: at('2026-03-11 24:00') }]);
    expect(recorded(events).told.map(({ role }) => role)).toEqual(book.rules.ladders['case']!.map(({ role }) => role));
    expect(is.told).toEqual([]);
  });

  test('a shorter limit breaks exactly what was done between the two ends', () => {
    const repaired = (done: string) => {
      const recording = new Recording(book, 'CS19-2026-000001', at('2026-03-09 09:00'));
      recording.message(at('2026-03-09 09:00'), at('2026-03-09 09:00'), () => void recording.start('repairMulti'));
      return recording.message(at(done), at(done), () => recording.meet('repairMulti#1')).events;
    };
    const five = under({ 'limits.repairMulti.n': 5 });
    expect(outcome(repaired('2026-03-16 24:00'), five, asOf, 'repairMulti#1')).toBe('met'); // 5th working day: Mon 16
    expect(outcome(repaired('2026-03-17 00:01'), five, asOf, 'repairMulti#1')).toBe('late');
    expect(outcome(repaired('2026-03-17 00:01'), book, asOf, 'repairMulti#1')).toBe('met');
  });

  test('another ladder: who is told, in which order and when', () => {
    const { events } = story();
    const ladders = { ...book.rules.ladders, case: [{ role: 'generalManager' }, { role: 'sales', afterWorkdays: 1 }] };
    const is = rejudge(events, withRules({ ladders }), asOf, book.rules);
    // The second rung would come at Wed 24:00; the survey is done at 10:00 of that day, so it does not.
    expect(is.told.map(({ kind, role, rung, at: when }) => [kind, role, rung, formatDue(when)])).toEqual([
      ['escalated', 'generalManager', 1, '2026-03-10 24:00:00'],
    ]);
  });

  test('soft instead of hard: nobody is escalated to', () => {
    const { events } = story();
    const survey = { ...book.rules.limits['survey']!, hardness: 'soft' as const, ladder: 'soft' };
    const is = rejudge(events, withRules({ limits: { ...book.rules.limits, survey } }), asOf, book.rules);
    expect(is.clocks).toMatchObject([{ outcome: 'late' }]);
    expect(is.told.map(({ kind, role }) => [kind, role])).toEqual([['notified', 'serviceManager']]);
  });

  test('a make-up Sunday that is none: three working days end a day later', () => {
    const recording = new Recording(book, 'CS19-2026-000001', at('2026-09-17 10:00'));
    recording.message(at('2026-09-17 10:00'), at('2026-09-17 10:00'), () => void recording.start('repairSingle'));
    // Thu 17 not counted; Fri 18, Sun 20 (make-up), Mon 21.
    recording.message(at('2026-09-22 09:00'), at('2026-09-22 09:00'), () => recording.meet('repairSingle#1'));
    const { calendar } = book;
    const year = calendar.years['2026']!;
    const without = { ...calendar, years: { ...calendar.years, 2026: { ...year, work: year.work.filter((day) => day !== '09-20') } } };
    expect(outcome(recording.events, book, asOf, 'repairSingle#1')).toBe('late');
    expect(outcome(recording.events, { ...book, calendar: without }, asOf, 'repairSingle#1')).toBe('met');
  });

  test('a limit the candidate does not have has no clock any more', () => {
    const { survey: _, ...limits } = book.rules.limits;
    expect(rejudge(story().events, withRules({ limits }), asOf, book.rules)).toMatchObject({ clocks: [], told: [] });
  });

  test('open stays open until it is due; then it is broken although nobody has said anything', () => {
    const recording = new Recording(book, 'CS19-2026-000001', at('2026-03-09 09:00'));
    recording.message(at('2026-03-09 09:00'), at('2026-03-09 09:00'), () => void recording.start('survey'));
    const three = under({ 'limits.survey.n': 3 });
    expect(outcome(recording.events, three, at('2026-03-12 23:59'), 'survey#1')).toBe('open');
    expect(outcome(recording.events, three, at('2026-03-13 00:01'), 'survey#1')).toBe('overdue');
  });

  describe('an extension', () => {
    const extended = (consent: string, entered = consent) => {
      const recording = new Recording(book, 'CS19-2026-000001', at('2026-03-09 09:00'));
      let clock = '';
      recording.message(at('2026-03-09 09:00'), at('2026-03-09 09:00'), () => (clock = recording.start('repairMulti'))); // due Wed 18
      let last = '';
      recording.message(at(consent), at(entered), () => (last = recording.extend(clock, at('2026-03-25 24:00'), at(consent))));
      recording.message(at('2026-03-24 10:00'), at('2026-03-24 10:00'), () => [clock, last].forEach((one) => recording.meet(one)));
      return recording.events;
    };
    const judged = (events: readonly AnyEvent[], n: number) =>
      rejudge(events, under({ 'limits.repairMulti.n': n }), at('2026-04-01 10:00'), book.rules).clocks.map(({ outcome: is, dueAt }) => [
        is,
        formatDue(dueAt),
      ]);
    const moved = [['met', '2026-03-25 24:00:00']];
    const beside = (broken: string) => [
      ['late', broken],
      ['met', '2026-03-25 24:00:00'],
    ];

    test('with consent in time moves the limit; under a shorter one the same consent comes too late', () => {
      const events = extended('2026-03-17 10:00');
      expect(judged(events, 7)).toEqual(moved);
      expect(judged(events, 3)).toEqual(beside('2026-03-12 24:00:00'));
    });
    test('with late consent runs beside the broken limit; under a longer one it is in time', () => {
      const events = extended('2026-03-19 10:00');
      expect(judged(events, 7)).toEqual(beside('2026-03-18 24:00:00'));
      expect(judged(events, 9)).toEqual(moved);
    });
    test('entered late, excuses the breach; under a longer limit there is none to excuse', () => {
      const events = extended('2026-03-18 10:00', '2026-03-19 10:00');
      expect(judged(events, 7)).toEqual([
        ['excused', '2026-03-18 24:00:00'],
        ['met', '2026-03-25 24:00:00'],
      ]);
      expect(judged(events, 9)).toEqual(moved);
    });
    test('is not needed where the limit runs longer anyhow', () => {
      expect(judged(extended('2026-03-17 10:00'), 14)).toEqual([['met', '2026-03-27 24:00:00']]);
    });
  });
});

describe('approvals', () => {
  const estimates = (...amounts: number[]) => {
    const recording = new Recording(book, 'CS19-2026-000001', at('2026-03-09 09:00'));
    amounts.forEach((amount, i) =>
      recording.message(at('2026-03-09 09:00'), at('2026-03-09 09:00'), () => {
        recording.propose(i + 1, amount);
        recording.settle(i + 1, 'approved', amount);
      }),
    );
    return recording.events;
  };
  const moved = (bound: number): Rulebook => {
    const table = book.rules.tiers['estimate']!;
    const rows = table.rows.map((row) => (row.id === 'upTo10000' ? { ...row, upTo: bound } : row));
    return withRules({ tiers: { ...book.rules.tiers, estimate: { ...table, rows } } });
  };
  const hands = (events: readonly AnyEvent[], by: Rulebook) =>
    handChanges(recorded(events), rejudge(events, by, at('2026-04-01 10:00'), book.rules));

  test.each([
    [500_000, 0],
    [500_001, 1],
    [1_000_000, 1],
    [1_000_001, 0],
  ])('the bound at 5,000.00 instead of 10,000.00: %i fen change hands %i times', (amount, times) => {
    const changes = hands(estimates(amount), moved(500_000));
    expect(changes).toHaveLength(times);
    if (times > 0)
      expect(changes).toMatchObject([
        {
          before: 'upTo10000',
          after: 'above10000',
          gone: [{ act: 'approve', role: 'deputyGeneralManager' }],
          added: [{ act: 'approve', role: 'generalManager' }],
        },
      ]);
  });

  test('amounts of a case are summed, or not, as the candidate says', () => {
    const events = estimates(600_000, 600_000); // together 12,000.00: the second goes to the general manager
    expect(hands(events, book)).toEqual([]);
    expect(hands(events, under({ 'tiers.estimate.sum': 'item' }))).toMatchObject([
      { version: 2, before: 'above10000', after: 'upTo10000' },
    ]);
  });

  test('a plan without an amount goes by the chain of its severity; one that was decided otherwise is left alone', () => {
    const chains = { ordinary: { clause: '6.8.5', chain: [{ act: 'approve' as const, role: 'serviceManager' }] } };
    const by = withRules({ chains });
    const planned = (role: string) => {
      const recording = new Recording(by, 'TS-2026-000001', at('2026-03-09 09:00'));
      const chain = [{ act: 'approve' as const, role }];
      return recording.message(at('2026-03-09 09:00'), at('2026-03-09 09:00'), () =>
        recording.emit('proposed', { name: 'plan', version: 1, hash: 'h', tier: 'ordinary', chain, by: ['p'] }),
      ).events;
    };
    const candidate = withRules({ chains: { ordinary: { ...chains.ordinary, chain: [{ act: 'approve', role: 'generalManager' }] } } });
    const changed = (role: string) =>
      handChanges(recorded(planned(role)), rejudge(planned(role), candidate, at('2026-04-01 10:00'), by.rules)).map(({ gone, added }) => [
        ...gone,
        ...added,
      ]);
    expect(audit(planned('serviceManager'), by, at('2026-04-01 10:00'))).toEqual([]);
    expect(changed('serviceManager')).toEqual([
      [
        { act: 'approve', role: 'serviceManager' },
        { act: 'approve', role: 'generalManager' },
      ],
    ]);
    expect(changed('deputyGeneralManager')).toEqual([]);
  });

  test('a final account that stayed in its tier leaves it under another bound, and is asked for', () => {
    const recording = new Recording(book, 'CS19-2026-000001', at('2026-03-09 09:00'));
    recording.message(at('2026-03-09 09:00'), at('2026-03-09 09:00'), () => {
      recording.propose(1, 400_000);
      recording.settle(1, 'approved', 400_000);
      recording.emit('known', { finalAccount: 600_000 });
    });
    expect(hands(recording.events, book)).toEqual([]);
    expect(hands(recording.events, moved(500_000))).toMatchObject([
      { proposal: 'finalAccount', before: null, after: 'above10000', gone: [] },
    ]);
  });
});

test.each<[string, (event: AnyEvent) => AnyEvent | undefined, string]>([
  [
    'met instead of late',
    (e) => (e.kind === 'clock-late' ? ({ ...e, kind: 'clock-met', data: { clock: e.data.clock } } as AnyEvent) : e),
    'outcome',
  ],
  ['an hour more', (e) => (e.kind === 'clock-started' ? { ...e, data: { ...e.data, dueAt: e.data.dueAt + HOUR_MS } } : e), 'due'],
  ['a rung left out', (e) => (e.kind === 'escalated' ? undefined : e), 'told'],
  ['another tier', (e) => (e.kind === 'proposed' ? { ...e, data: { ...e.data, tier: 'upTo1000' } } : e), 'tier'],
])('a record that says %s is found out', (_, change, what) => {
  const recording = new Recording(book, 'CS19-2026-000001', at('2026-03-09 09:00'));
  recording.message(at('2026-03-09 09:00'), at('2026-03-09 09:00'), () => {
    recording.start('survey');
    recording.propose(1, 600_000);
  });
  recording.message(at('2026-03-11 10:00'), at('2026-03-11 10:00'), () => recording.meet('survey#1'));
  const planted = recording.events.flatMap((event) => change(event) ?? []);
  expect(audit(planted, book, at('2026-03-20 10:00')).map((one) => one.what)).toContain(what);
});
