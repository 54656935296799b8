/**
 * One client's stream of changes (server-sent events). An event's id is the time of its change, so that a client that
 * comes back with Last-Event-ID gets what changed meanwhile; a change may arrive twice, its `seq` tells.
 */
import type { ServerResponse } from 'node:http';
import { seenOf, type CaseRow } from '../../db/read/cases.ts';
import { mayReadIn, maySee, type Reader } from '../../domain/case/concern.ts';
import { summaryOfRow } from '../view/summary.ts';
import type { Follower } from './hub.ts';

/** Recording processes stamp changes with their own clocks, before they commit: look a little further back. */
export const OVERLAP_MS = 10_000;
export const HEARTBEAT_MS = 15_000;
/** A client that does not read has this many bytes kept for it, then it is cut off and may come back. */
const MAX_BUFFERED = 1024 * 1024;

export class Stream implements Follower {
  private reader: Reader;
  private readonly out: ServerResponse;
  private readonly onMissed: (since: Date) => void;
  private readonly onStale: () => void;
  private stale = false;
  private latest: number;

  constructor(out: ServerResponse, options: { reader: Reader; since: Date; onMissed: (since: Date) => void; onStale: () => void }) {
    this.out = out;
    this.reader = options.reader;
    this.latest = options.since.getTime();
    this.onMissed = options.onMissed;
    this.onStale = options.onStale;
  }

  changed(rows: readonly CaseRow[]): void {
    if (this.stale) return; // what is left out now is asked for again as soon as the reader is known anew
    for (const row of rows) {
      const seen = seenOf(row);
      if (!maySee(this.reader, seen)) continue;
      const reads = row.opening_label == null || mayReadIn(this.reader, seen, row.opening_label);
      this.latest = Math.max(this.latest, row.updated_at.getTime());
      this.write(
        `event: case\nid: ${this.latest}\ndata: ${JSON.stringify(summaryOfRow(reads ? row : { ...row, unit: null }, this.reader))}\n\n`,
      );
    }
  }

  missed(): void {
    this.onMissed(new Date(this.latest - OVERLAP_MS));
  }

  /** Too much has changed to tell it piece by piece. */
  reload(): void {
    this.write(`event: reload\nid: ${Date.now()}\ndata: {}\n\n`);
  }

  rolesChanged(person: string): void {
    if (person !== this.reader.person) return;
    this.stale = true;
    this.onStale();
  }

  beat(reader: Reader): void {
    const wasStale = this.stale;
    this.reader = reader;
    this.stale = false;
    if (wasStale) this.missed();
    this.write(': beat\n\n');
  }

  close(): void {
    this.out.end();
  }

  private write(text: string): void {
    if (this.out.writableEnded || this.out.destroyed) return;
    if (this.out.writableLength > MAX_BUFFERED) this.out.destroy();
    else this.out.write(text);
  }
}
