/**
 * The case as its pure parts make it: whatever order facts, wake-ups, restarts and repetitions come in, each limit comes to
 * the same verdict, and the watch is never early, never double, never lost.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstDue } from '../../domain/case/dues.ts';
import type { AnyEvent, EventData, EventKind } from '../../domain/case/event.ts';
import { apply, fold } from '../../domain/case/reduce.ts';
import { emptyCase } from '../../domain/case/state.ts';
import { verdictOf } from '../../domain/case/verdict.ts';
import { EDITION } from '../../domain/case/edition.ts';
import { parseBeijing } from '../../domain/time.ts';
import { loadCalendar, loadPack } from '../../packs/load.ts';

const { rules } = loadPack('s3-cs19');
const calendar = loadCalendar('cn');
const opened = parseBeijing('2026-03-09 09:00');
const HOUR = 3_600_000;
const END = opened + 400 * 24 * HOUR;

interface Fact {
  readonly kind: 'fact';
  readonly key: string;
  readonly clock: string;
  readonly occurredAt: number;
  readonly receivedAt: number;
}
type Happening = Fact | { readonly kind: 'wake'; readonly at: number } | { readonly kind: 'restart' };

/** A case with nothing but its clocks: takes facts as the kit does, and wakes. */
class Watch {
  state = emptyCase;
  readonly events: AnyEvent[] = [];
  private readonly taken = new Set<string>();
  private recordedAt = 0;

  constructor(dues: readonly number[]) {
    this.emit('opened', opened, {
      number: 'X',
      pack: { id: '', version: '', hash: '' },
      calendar: { id: '', version: '' },
      kind: '',
      facts: {},
    });
    for (const [i, dueAt] of dues.entries()) {
      this.emit('clock-started', opened, {
        ...{ clock: `survey#${i + 1}`, limit: 'survey', hardness: 'hard', ladder: 'case', startAt: opened, dueAt, provisional: false },
      });
    }
  }

  happens(what: Happening): void {
    if (what.kind === 'restart') this.state = fold(this.events);
    else if (what.kind === 'wake') this.fire(what.at);
    else this.take(what);
  }

  private take({ key, clock, occurredAt, receivedAt }: Fact): void {
    if (this.taken.has(key)) return;
    this.taken.add(key);
    this.fire(receivedAt);
    const found = this.state.clocks[clock];
    const verdict = found === undefined ? undefined : verdictOf(found, occurredAt, EDITION);
    if (verdict === 'met') this.emit('clock-met', occurredAt, { clock });
    if (verdict === 'excused') this.emit('clock-excused', occurredAt, { clock, tell: [] });
    if (verdict === 'late') this.emit('clock-late', occurredAt, { clock, lateBy: occurredAt - (found?.dueAt ?? 0) });
  }

  private fire(upTo: number): void {
    this.recordedAt = Math.max(this.recordedAt, upTo);
    for (let due = firstDue(this.state, upTo, rules, calendar); due !== undefined; due = firstDue(this.state, upTo, rules, calendar))
      this.emit(due.kind, due.occurredAt, due.data as never);
  }

  private emit<K extends EventKind>(kind: K, occurredAt: number, data: EventData[K]): void {
    const event = { seq: this.events.length + 1, kind, occurredAt, recordedAt: this.recordedAt, data } as AnyEvent;
    this.events.push(event);
    this.state = apply(this.state, event);
  }
}

const instant = fc.integer({ min: 0, max: 60 * 24 }).map((h) => opened + h * HOUR);
/** Around a due instant, where it is decided. */
const edge = (dues: readonly number[]) =>
  fc.oneof(
    instant,
    fc.tuple(fc.constantFrom(...dues), fc.integer({ min: -2, max: 2 })).map(([due, ms]) => Math.max(opened, due + ms)),
  );

const stories = fc.array(instant, { minLength: 1, maxLength: 4 }).chain((dues) => {
  const fact = fc
    .tuple(fc.uuid(), fc.integer({ min: 1, max: dues.length }), edge(dues), fc.integer({ min: 0, max: 10 * 24 }))
    .map(([key, i, occurredAt, h]): Fact => ({ kind: 'fact', key, clock: `survey#${i}`, occurredAt, receivedAt: occurredAt + h * HOUR }));
  const other = fc.oneof(
    edge(dues).map((at): Happening => ({ kind: 'wake', at })),
    fc.constant<Happening>({ kind: 'restart' }),
  );
  return fc.record({ dues: fc.constant(dues), facts: fc.array(fact, { maxLength: 6 }), others: fc.array(other, { maxLength: 6 }) });
});

function play(dues: readonly number[], happenings: readonly Happening[]): Watch {
  const watch = new Watch(dues);
  for (const one of happenings) watch.happens(one);
  watch.happens({ kind: 'wake', at: END });
  return watch;
}

test('no order of facts, wake-ups, restarts and repetitions changes a verdict', () => {
  fc.assert(
    fc.property(
      stories.chain(({ dues, facts, others }) => {
        const all: Happening[] = [...facts, ...others, ...facts.slice(0, 2)];
        return fc.record({
          dues: fc.constant(dues),
          facts: fc.constant(facts),
          order: fc.shuffledSubarray(all, { minLength: all.length }),
        });
      }),
      ({ dues, facts, order }) => {
        const { state } = play(dues, order);
        for (const [i, dueAt] of dues.entries()) {
          const mine = facts.filter((f) => f.clock === `survey#${i + 1}`).map((f) => f.occurredAt);
          const first = mine.length === 0 ? undefined : Math.min(...mine);
          const clock = state.clocks[`survey#${i + 1}`];
          if (first !== undefined && first <= dueAt) expect(['met', 'excused']).toContain(clock?.status);
          else
            expect(clock).toMatchObject({ status: 'breached', ...(first === undefined ? {} : { doneAt: first, lateBy: first - dueAt }) });
        }
        expect(state.breaches).toBe(Object.values(state.clocks).filter((k) => k.status === 'breached').length);
      },
    ),
    { numRuns: 5000 },
  );
});

test('the watch is never early, never double, never lost', () => {
  fc.assert(
    fc.property(
      stories.chain(({ dues, facts, others }) => {
        const all: Happening[] = [...facts, ...others, ...others];
        return fc.record({ dues: fc.constant(dues), order: fc.shuffledSubarray(all, { minLength: all.length }) });
      }),
      ({ dues, order }) => {
        const { events, state } = play(dues, order);
        const told = events.filter((e) => e.kind === 'clock-breached' || e.kind === 'notified' || e.kind === 'escalated');
        for (const event of told) expect(event.recordedAt).toBeGreaterThan(event.data.dueAt);
        const once = told.map((e) => `${e.kind} ${e.data.clock} ${'role' in e.data ? e.data.role : ''}`);
        expect(new Set(once).size).toBe(once.length);
        for (const clock of Object.values(state.clocks)) {
          expect(clock.status).not.toBe('running');
          if (clock.status === 'breached') expect(once).toContain(`escalated ${clock.id} generalManager`);
        }
        expect(fold(events)).toEqual(state);
      },
    ),
    { numRuns: 5000 },
  );
});
