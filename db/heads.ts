/**
 * Where the records of recent cases end, as this process has last seen or written them: saves reading the state before
 * each append. A head may be old, never wrong: events do not change, and appending behind one that is old meets a key.
 */
import type { Db } from './database.ts';
import type { Head } from './append.ts';

const MOST = 500;

export class Heads {
  private readonly recent = new Map<string, Head>();

  get(number: string): Head | undefined {
    return this.recent.get(number);
  }

  set(number: string, head: Head): void {
    this.recent.delete(number);
    if (head.state.status === 'closed') return;
    this.recent.set(number, head);
    const [oldest] = this.recent.keys();
    if (this.recent.size > MOST && oldest !== undefined) this.recent.delete(oldest);
  }

  forget(number: string): void {
    this.recent.delete(number);
  }
}

const known = new WeakMap<Db, Heads>();

/** The heads seen through one connection pool. */
export function headsOf(db: Db): Heads {
  const found = known.get(db) ?? new Heads();
  known.set(db, found);
  return found;
}
