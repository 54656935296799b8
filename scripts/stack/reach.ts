import type { Config } from '../../temporal.config.ts';
import { databasePassword } from './data-folder.ts';
import { readState } from './state.ts';

export interface Reach {
  readonly databaseUrl: string;
  readonly temporal: Config['temporal'];
}

/**
 * Where store and engine are: those the environment names, else those of the local stack that runs.
 * @throws with one sentence when there is neither
 */
export async function reach(config: Config, env: NodeJS.ProcessEnv = process.env): Promise<Reach> {
  const { parts } = await readState(config.dataDir);
  const databaseUrl = config.databaseUrl ?? (await ofStack(parts.postgres?.address, config.dataDir));
  const named = Boolean(env['TEMPORAL_ADDRESS'] || env['TEMPORAL_PROFILE']);
  const address = named ? undefined : parts.temporal?.address;
  const { temporal } = config;
  return {
    databaseUrl,
    temporal: address === undefined ? temporal : { ...temporal, address, connectionOptions: { ...temporal.connectionOptions, address } },
  };
}

async function ofStack(address: string | undefined, dataDir: string): Promise<string> {
  if (address === undefined) throw new Error('Nothing runs here: start it with `npm start`, or set DATABASE_URL and TEMPORAL_ADDRESS.');
  const url = new URL(address);
  url.password = await databasePassword(dataDir);
  return url.href;
}
