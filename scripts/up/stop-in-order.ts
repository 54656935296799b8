/** What has been started, to be stopped the other way round. */
export class StopList {
  readonly #stops: { label: string; stop: () => Promise<void> }[] = [];

  add(label: string, stop: () => Promise<void>): void {
    this.#stops.push({ label, stop });
  }

  /** Stops everything, last started first; what fails is said and does not keep the rest from stopping. */
  async stopAll(say: (line: string) => void): Promise<void> {
    for (let next = this.#stops.pop(); next !== undefined; next = this.#stops.pop()) {
      const { label, stop } = next;
      say(`Stopping ${label} …`);
      await stop().catch((error: Error) => say(`${label}: ${error.message}`));
    }
  }
}
