/** Notices leave: the dispatcher and the queue's runner, for as long as the process runs. */
import { setTimeout as pause } from 'node:timers/promises';
import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import pg from 'pg';
import { connect, NOTICES_ROLE, type ConnectOptions } from '../db/database.ts';
import type { DeliveryRow } from '../db/deliveries.ts';
import type { Pack } from '../domain/pack.ts';
import type { Instant } from '../domain/time.ts';
import { deliver } from './deliver.ts';
import { dispatch, releaseDead, TASK } from './dispatch.ts';
import type { Configured } from './settings.ts';

const EVERY_MS = 2_000;
const MOST_CONNECTIONS = 8;

export interface NoticesOptions {
  readonly databaseUrl: string;
  /** Opens mail addresses. */
  readonly vault: NonNullable<ConnectOptions['vault']>;
  readonly channels: readonly Configured[];
  readonly packOf: (hash: string) => Promise<Pack | undefined>;
  readonly links: string;
  readonly veiled?: (notice: DeliveryRow['told'][number]) => boolean;
  readonly warn: (text: string) => void;
  readonly clock?: () => Instant;
  /** How often the outbox is looked at, in milliseconds. */
  readonly everyMs?: number;
}

/**
 * Starts both and puts the queue's own tables in place. A notice whose channel is away waits in the queue; a case never does.
 * `stop` ends them after what is being sent.
 */
export async function startNotices(options: NoticesOptions): Promise<{ stop(): Promise<void> }> {
  const { databaseUrl, vault, channels, warn, packOf, links, veiled = () => false, clock = Date.now, everyMs = EVERY_MS } = options;
  const pool = new pg.Pool({ connectionString: databaseUrl, max: MOST_CONNECTIONS, options: `-c timezone=UTC -c role=${NOTICES_ROLE}` });
  const lost = (error: Error): void => warn(`database connection lost: ${error.message}`);
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
  const utils = await makeWorkerUtils({ pgPool: pool, logger });
  await utils.migrate();
  await utils.release();
  const db = connect({ url: databaseUrl, as: 'notices', poolSize: 2, vault, onError: lost });
  const at = { db, channels, packOf, links, veiled, clock };
  const runner = await run({
    pgPool: pool,
    concurrency: Math.max(1, channels.length), // each channel's deliveries go one after another
    noHandleSignals: true,
    pollInterval: everyMs,
    logger,
    taskList: { [TASK]: (payload) => deliver(at, String((payload as { delivery: unknown }).delivery)) },
  });
  const stopping = new AbortController();
  const dispatching = (async () => {
    while (!stopping.signal.aborted) {
      await releaseDead(db)
        .then(() => dispatch(db, channels, clock()))
        .catch((error: unknown) => warn(`notices wait: ${String(error)}`));
      await pause(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await dispatching;
      await runner.stop();
      await runner.promise;
      await db.destroy();
      await pool.end();
    },
  };
}

/** What a job failed of stands in its delivery; the queue's own log would say it twice. */
const logger = new Logger(() => () => undefined);
