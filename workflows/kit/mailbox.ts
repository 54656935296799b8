/**
 * One message at a time: the next is judged when everything that followed from the last has settled.
 * Answers resolve promises, so the procedure's code runs on in the same activation; `settle` waits until it has.
 */
import { condition } from '@temporalio/workflow';

export class Mailbox {
  private tail: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  private readonly afterTurn: () => void;

  constructor(afterTurn: () => void) {
    this.afterTurn = afterTurn;
  }

  /** True while something is being handled: then a validator cannot judge by the present state. */
  get busy(): boolean {
    return this.waiting > 0;
  }

  run<T>(handle: () => Promise<T>): Promise<T> {
    this.waiting += 1;
    const turn = this.tail.then(handle);
    // The chain must not hold what a turn returned: it lives as long as the case.
    const done = (): void => {
      this.waiting -= 1;
      this.afterTurn();
    };
    this.tail = turn.then(done, done);
    return turn;
  }
}

/**
 * Resolves when all microtasks of this activation have run. A condition is looked at once when it is made and again only
 * after the microtasks have drained, so "true at the second look" means drained. Only inside a turn of the mailbox: its
 * turns run among the microtasks, never in the synchronous part of a job, after which conditions are looked at as well.
 */
export function settle(): Promise<void> {
  let looks = 0;
  return condition(() => {
    looks += 1;
    return looks > 1;
  });
}
