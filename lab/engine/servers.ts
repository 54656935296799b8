/** A throw-away PostgreSQL and Temporal server for one run of the lab; whatever the environment names is left alone. */
import { rm } from 'node:fs/promises';
import { resolveTemporal } from '../../scripts/stack/engine.ts';
import { publicTemporaryFolder } from '../../scripts/stack/postgres-home.ts';
import { startPostgres } from '../../scripts/stack/postgres.ts';
import { startTemporal } from '../../scripts/stack/temporal.ts';

export interface LabServers {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  /** Stops both by pid and removes all they have written. */
  stop(): Promise<void>;
}

export async function startLabServers(): Promise<LabServers> {
  const { path } = await resolveTemporal();
  const dir = await publicTemporaryFolder();
  const started = await Promise.allSettled([
    startPostgres({ dir, durable: false }),
    startTemporal({ binary: path, headless: true, virtualTime: true }),
  ]);
  // Should this process end in any other way, its servers do not outlive it.
  const kill = (): void => started.forEach((one) => (one.status === 'fulfilled' ? one.value.kill() : undefined));
  process.once('exit', kill);
  const stop = async (): Promise<void> => {
    process.off('exit', kill);
    await Promise.all(started.flatMap((one) => (one.status === 'fulfilled' ? [one.value.stop()] : [])));
    await rm(dir, { recursive: true, force: true });
  };
  const [postgres, temporal] = started;
  if (postgres.status === 'fulfilled' && temporal.status === 'fulfilled') {
    return { databaseUrl: postgres.value.url, temporalAddress: temporal.value.address, stop };
  }
  await stop();
  throw started.find((one) => one.status === 'rejected')?.reason;
}
