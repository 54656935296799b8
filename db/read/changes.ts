/** Hears of changed cases as they are recorded: one connection of its own, made anew when it is lost. */
import pg from 'pg';

/** Channel on which `record` tells the number of a case, inside its transaction. */
const CHANNEL = 'redress_case';
/** On which the store tells whose roles have changed and of whom a session or token has ended, inside the transaction that does it. */
const PEOPLE = 'redress_people';
const AGAIN_MS = 1_000;

export interface Listening {
  stop(): Promise<void>;
}

export interface Ears {
  readonly url: string;
  readonly onCase: (number: string) => void;
  readonly onPerson: (person: string) => void;
  /** Connected, again or for the first time: what was told before was not heard. */
  readonly onConnected: () => void;
  readonly onError: (error: unknown) => void;
}

export function listenForCases({ url, onCase, onPerson, onConnected, onError }: Ears): Listening {
  let stopped = false;
  let client: pg.Client | undefined;
  let again: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    const fresh = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, keepAlive: true });
    let lost = false;
    const onLost = (error?: unknown): void => {
      if (lost) return;
      lost = true;
      if (client === fresh) client = undefined;
      void fresh.end().catch(() => undefined);
      if (stopped) return;
      if (error !== undefined) onError(error);
      again = setTimeout(() => void connect(), AGAIN_MS);
    };
    fresh.on('error', onLost);
    fresh.on('end', () => onLost());
    fresh.on('notification', ({ channel, payload = '' }) => (channel === PEOPLE ? onPerson(payload) : onCase(payload)));
    try {
      await fresh.connect();
      await fresh.query(`listen ${CHANNEL}; listen ${PEOPLE}`);
      if (stopped) return onLost();
      client = fresh;
      onConnected();
    } catch (error) {
      onLost(error);
    }
  }

  void connect();
  return {
    async stop() {
      stopped = true;
      clearTimeout(again);
      await client?.end().catch(() => undefined);
    },
  };
}
