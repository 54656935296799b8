/** A case with nothing but its clocks and its ladders: takes facts and wakes as the kit does. */
import type { CalendarDays } from '../../../domain/calendar.ts';
import { firstDue, nextWake } from '../../../domain/case/dues.ts';
import type { AnyEvent, EventData, EventKind } from '../../../domain/case/event.ts';
import { apply, fold } from '../../../domain/case/reduce.ts';
import { emptyCase } from '../../../domain/case/state.ts';
import type { PackRules } from '../../../domain/pack.ts';

export class LadderWatch {
  state = emptyCase;
  readonly events: AnyEvent[] = [];
  private now = 0;
  private readonly rules: PackRules;
  private readonly calendar: CalendarDays;

  constructor(rules: PackRules, calendar: CalendarDays, openedAt: number) {
    this.rules = rules;
    this.calendar = calendar;
    this.now = openedAt;
    const { id, version, hash } = rules;
    this.emit('opened', openedAt, { number: 'X', pack: { id, version, hash }, calendar: { id: '', version: '' }, kind: '', facts: {} });
  }

  /** Starts the clock of a limit; `id` is `<limit>#1` and so on. */
  start(limit: string, startAt: number, dueAt: number, more: Partial<EventData['clock-started']> = {}): string {
    const clock = `${limit}#${Object.keys(this.state.clocks).length + 1}`;
    const { ladder = '', hardness = 'hard' } = this.rules.limits[limit] ?? {};
    const knownAt = this.rules.catchUp === undefined ? {} : { knownAt: this.now };
    this.emit('clock-started', startAt, { clock, limit, hardness, ladder, startAt, dueAt, provisional: false, ...knownAt, ...more });
    return clock;
  }

  /** Acts on all that is due up to `at`, noticed then. */
  wake(at: number): void {
    this.now = Math.max(this.now, at);
    for (let due = this.first(at); due !== undefined; due = this.first(at)) {
      this.emit(due.kind, due.occurredAt, due.data as never);
      if (due.kind === 'escalated')
        this.emit('task-opened', due.occurredAt, {
          ...{ task: `acknowledge#${this.events.length}`, step: 'acknowledge', by: [due.data.role], from: due.occurredAt },
          ...{ optional: true, escalation: true, breach: due.data.clock },
        });
    }
  }

  /** A worker that dies and another that folds the record. */
  restart(): void {
    this.state = fold(this.events);
  }

  get next(): number | undefined {
    return nextWake(this.state, this.rules, this.calendar);
  }

  emit<K extends EventKind>(kind: K, occurredAt: number, data: EventData[K]): void {
    const event = { seq: this.events.length + 1, kind, occurredAt, recordedAt: this.now, data } as AnyEvent;
    this.events.push(event);
    this.state = apply(this.state, event);
  }

  of<K extends EventKind>(...kinds: K[]): Extract<AnyEvent, { kind: K }>[] {
    return this.events.filter((e): e is Extract<AnyEvent, { kind: K }> => (kinds as string[]).includes(e.kind));
  }

  private first(upTo: number) {
    return firstDue(this.state, upTo, this.rules, this.calendar, this.now);
  }
}
