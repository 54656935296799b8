/**
 * Everybody who follows changes, fed by one database connection: it listens from the first follower to the end of the
 * process. Bursts are taken together, each changed case is read once for all.
 */
import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../../db/database.ts';
import { casesByNumber, type CaseRow } from '../../db/read/cases.ts';
import { listenForCases, type Listening } from '../../db/read/changes.ts';

export interface Follower {
  changed(rows: readonly CaseRow[]): void;
  /** The roles of somebody have changed, or a session or token has ended: if it is theirs, nothing is shown before they are looked at anew. */
  rolesChanged(person: string): void;
  /** Something may have been missed: ask for what has changed since. */
  missed(): void;
  close(): void;
}

/** Changes within this time are one read. */
const GATHER_MS = 100;

export class Hub {
  private readonly followers = new Set<Follower>();
  private readonly changed = new Set<string>();
  private listening: Listening | undefined;
  private connected: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly db: Db;
  private readonly url: string;
  private readonly log: FastifyBaseLogger;

  constructor(db: Db, url: string, log: FastifyBaseLogger) {
    this.db = db;
    this.url = url;
    this.log = log;
  }

  /** Resolves when changes are heard from here on. Returns what ends it. */
  async follow(follower: Follower): Promise<() => void> {
    this.followers.add(follower);
    await this.listen();
    return () => this.followers.delete(follower);
  }

  async close(): Promise<void> {
    clearTimeout(this.timer);
    for (const follower of this.followers) follower.close();
    this.followers.clear();
    await this.listening?.stop();
  }

  private listen(): Promise<void> {
    this.connected ??= new Promise((resolve) => {
      this.listening = listenForCases({
        url: this.url,
        onCase: (number) => this.gather(number),
        onPerson: (person) => {
          for (const follower of this.followers) follower.rolesChanged(person);
        },
        onConnected: () => {
          resolve();
          for (const follower of this.followers) follower.missed();
        },
        onError: (error) => this.log.warn({ err: error }, 'listening for changes failed'),
      });
    });
    return this.connected;
  }

  private gather(number: string): void {
    if (this.followers.size === 0) return;
    this.changed.add(number);
    this.timer ??= setTimeout(() => void this.flush(), GATHER_MS);
  }

  private async flush(): Promise<void> {
    this.timer = undefined;
    const numbers = [...this.changed];
    this.changed.clear();
    try {
      const rows = await casesByNumber(this.db, numbers);
      for (const follower of this.followers) follower.changed(rows);
    } catch (error) {
      this.log.warn({ err: error }, 'reading changed cases failed');
      for (const follower of this.followers) follower.missed();
    }
  }
}
