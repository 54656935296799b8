/**
 * Writes what no sender records: openings by other clients, timers, signals, what follows an awaited activity.
 * While a message whose sender records is being handled, its events are not touched (`claiming`).
 */
import { condition, proxyActivities } from '@temporalio/workflow';
import type { Journal } from './journal.ts';
import type { RecordPort } from './ports.ts';

// The database may be away for hours: no bound in total, attempts unlimited, each attempt short (reliability 4.2).
const { record } = proxyActivities<RecordPort>({
  startToCloseTimeout: '5s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '10s' },
});

export class Recorder {
  claiming = 0;
  recordedSeq = 0;
  private leaving = false;
  private readonly journal: Journal;
  private readonly number: string;

  constructor(journal: Journal, number: string) {
    this.journal = journal;
    this.number = number;
  }

  /** Runs beside the case until `leave` was called and everything is written. */
  async run(): Promise<void> {
    for (;;) {
      await condition(() => this.claiming === 0 && (this.journal.pending || this.leaving));
      if (!this.journal.pending) return;
      const events = this.journal.take();
      const last = events.at(-1)?.seq ?? this.recordedSeq;
      await record({ number: this.number, events, outcomes: this.journal.takeOutcomes() });
      this.recordedSeq = Math.max(this.recordedSeq, last);
    }
  }

  leave(): void {
    this.leaving = true;
  }
}
