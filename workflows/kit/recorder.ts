/**
 * Writes what no sender records: openings by other clients, timers, signals, what follows an awaited activity.
 * It looks after every turn of the mailbox, so that an idle case holds no waiting promise for it. While a message whose
 * sender records is being handled, its events are not touched (`claiming`).
 */
import { proxyActivities } from '@temporalio/workflow';
import type { Journal } from './journal.ts';
import type { RecordPort } from './ports.ts';

// The database may be away for hours: no bound in total, attempts unlimited, each attempt short (reliability 4.2).
const { record } = proxyActivities<RecordPort>({
  startToCloseTimeout: '5s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '10s' },
});

export class Recorder {
  recordedSeq = 0;
  private claims = 0;
  private writing: Promise<void> | undefined;
  private readonly journal: Journal;
  private readonly number: string;

  constructor(journal: Journal, number: string) {
    this.journal = journal;
    this.number = number;
  }

  /** A sender that records is being answered: what follows from its message is its to write. */
  claim(): void {
    this.claims += 1;
  }

  release(): void {
    this.claims -= 1;
    this.look();
  }

  /** Starts writing if there is something nobody has claimed and no write is under way. */
  look(): void {
    if (this.writing !== undefined || this.claims > 0 || !this.journal.pending) return;
    this.writing = this.write().then(() => {
      this.writing = undefined;
      this.look();
    });
  }

  /** True when everything that was not claimed is written. */
  get idle(): boolean {
    return this.writing === undefined && !this.journal.pending;
  }

  private async write(): Promise<void> {
    const events = this.journal.take();
    const last = events.at(-1)?.seq ?? this.recordedSeq;
    await record({ number: this.number, events, outcomes: this.journal.takeOutcomes() });
    this.recordedSeq = Math.max(this.recordedSeq, last);
  }
}
