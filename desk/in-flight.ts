/** A case takes one message at a time; more than a few waiting here means a sender out of control (reliability 4.2). */
export class InFlight {
  private readonly counts = new Map<string, number>();
  private readonly cap: number;

  constructor(cap: number) {
    this.cap = cap;
  }

  /** Runs `work` unless the case has its fill; then `otherwise`. */
  async run<T>(number: string, work: () => Promise<T>, otherwise: () => T): Promise<T> {
    const before = this.counts.get(number) ?? 0;
    if (before >= this.cap) return otherwise();
    this.counts.set(number, before + 1);
    try {
      return await work();
    } finally {
      const left = (this.counts.get(number) ?? 1) - 1;
      if (left === 0) this.counts.delete(number);
      else this.counts.set(number, left);
    }
  }
}
