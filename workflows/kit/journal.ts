/** The case's events in memory: folded at once, queued until somebody records them. */
import { apply } from '../../domain/case/reduce.ts';
import type { Actor, AnyEvent, EventData, EventKind, Verdict } from '../../domain/case/event.ts';
import { emptyCase, type CaseState } from '../../domain/case/state.ts';
import type { Instant } from '../../domain/time.ts';

/** Why events come about just now: a message, a timer, an effect's result. */
export interface Cause {
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly key?: string;
  readonly past?: true;
  readonly outside?: true;
}

export interface Emission {
  readonly actor?: Actor;
  readonly clause?: string | undefined;
  readonly occurredAt?: Instant;
}

export class Journal {
  state: CaseState = emptyCase;
  cause: Cause = { occurredAt: 0, recordedAt: 0 };
  /** Events that no sender has taken and no recorder has written. */
  private queue: AnyEvent[] = [];
  private verdicts: { key: string; verdict: Verdict }[] = [];

  private readonly waitsUntil: (event: Omit<AnyEvent, 'seq'>) => Instant | undefined;

  /** @param waitsUntil when what an event tells may leave, by the case's quiet hours */
  constructor(waitsUntil: (event: Omit<AnyEvent, 'seq'>) => Instant | undefined) {
    this.waitsUntil = waitsUntil;
  }

  /** What the system learns never goes back in time, even if a sender's clock is a little behind. */
  because(cause: Cause): void {
    this.cause = { ...cause, recordedAt: Math.max(cause.recordedAt, this.cause.recordedAt) };
  }

  emit<K extends EventKind>(kind: K, data: EventData[K], more: Emission = {}): void {
    const bare = {
      seq: this.state.seq + 1,
      kind,
      occurredAt: more.occurredAt ?? this.cause.occurredAt,
      recordedAt: this.cause.recordedAt,
      ...(more.actor === undefined ? {} : { actor: more.actor }),
      ...(more.clause === undefined ? {} : { clause: more.clause }),
      ...(this.cause.key === undefined ? {} : { key: this.cause.key }),
      ...(this.cause.outside === undefined ? {} : { outside: this.cause.outside }),
      ...(this.cause.past === undefined ? {} : { past: this.cause.past }),
      data,
    } as AnyEvent; // kind and data belong together by the signature; the union cannot express it
    const until = this.waitsUntil(bare);
    const event = until === undefined ? bare : { ...bare, notBefore: until };
    this.state = apply(this.state, event);
    this.queue.push(event);
  }

  /** The outcome of a signalled message: nobody waits for it, so the recorder carries it to the inbox. */
  outcome(key: string, verdict: Verdict): void {
    this.verdicts.push({ key, verdict });
  }

  get pending(): boolean {
    return this.queue.length > 0 || this.verdicts.length > 0;
  }

  take(): AnyEvent[] {
    return this.queue.splice(0);
  }

  takeOutcomes(): { key: string; verdict: Verdict }[] {
    return this.verdicts.splice(0);
  }
}
