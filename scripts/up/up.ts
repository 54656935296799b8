import { once } from 'node:events';
import { config } from '../../temporal.config.ts';
import { choosePorts, type PortName } from '../stack/choose-ports.ts';
import { claimDataFolder } from '../stack/data-folder.ts';
import { stopLeftovers } from '../stack/leftovers.ts';
import { readState, writeState, type StackState } from '../stack/state.ts';
import { becomeSupervisor } from '../stack/supervisor.ts';
import { announcement, demoLogins, type Addresses } from './announce.ts';
import { connect } from '../../db/database.ts';
import { reindexRegister } from '../../db/reindex.ts';
import { loadRegisters } from '../../packs/registers/load.ts';
import { stockShipped } from '../../runtime/packs.ts';
import { migrateToLatest } from '../../db/migrate.ts';
import { seedDemo } from '../demo/seed.ts';
import type { UpContext } from './context.ts';
import { startDatabase, withoutPassword } from './database.ts';
import { namesTemporal, startEngine } from './engine.ts';
import { abortOnSignal } from './on-signal.ts';
import { startServices } from './services.ts';
import { StopList } from './stop-in-order.ts';
import { readVault } from '../../runtime/vault.ts';

export interface UpOptions {
  /** Make the demo company at the first start. */
  readonly demo: boolean;
  readonly json: boolean;
}

/**
 * Brings the local stack up, stays in the foreground and takes it down again on Ctrl-C or SIGTERM: the API first, then
 * the worker, Temporal and PostgreSQL, each only when it was started here.
 */
export async function up({ demo, json }: UpOptions): Promise<void> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const { dataDir } = config;
  const stops = new StopList();
  const stopping = abortOnSignal(() => say('Still stopping; what is under way is being finished.'));

  await claimDataFolder(dataDir);
  const release = await becomeSupervisor(dataDir);
  let state: StackState = await readState(dataDir);
  const keep = (change: Partial<StackState>): Promise<void> => writeState(dataDir, (state = { ...state, ...change }));
  try {
    const left = await stopLeftovers(state);
    if (left.length > 0) say(`Stopped what an earlier run had left: ${left.join(', ')}.`);
    const ports = await choosePorts(neededPorts(), askedPorts(), state.ports, say);
    await keep({ parts: {}, ports });
    const context: UpContext = {
      ...{ config, ports, say, stopping },
      note: (name, address, ref) => {
        const process = ref === undefined ? {} : { process: { pid: ref.pid, startTime: ref.startTime } };
        return keep({ parts: { ...state.parts, [name]: { address, ...process } } });
      },
      onStop: (label, stop) => stops.add(label, stop),
    };
    const addresses = await bringUp(context, demo);
    if (addresses !== undefined) {
      const logins = await demoLogins(dataDir);
      process.stdout.write(json ? `${JSON.stringify({ ...addresses, logins })}\n` : announcement(addresses, logins));
      if (!stopping.aborted) await once(stopping, 'abort');
    }
  } finally {
    await stops.stopAll(say);
    await keep({ parts: {} });
    await release();
  }
  say('redress has stopped.');
}

/** @returns undefined when it was stopped on the way */
async function bringUp(context: UpContext, demo: boolean): Promise<Addresses | undefined> {
  const { ports, say, stopping } = context;
  const database = await startDatabase(context);
  if (stopping.aborted) return undefined;
  const temporal = await startEngine(context);
  if (stopping.aborted) return undefined;
  await migrate(database, say);
  if (stopping.aborted) return undefined;
  const api = config.publicUrl.replace(/:\d+$/, `:${ports.api}`);
  const env: NodeJS.ProcessEnv = {
    ...temporal,
    DATABASE_URL: database,
    REDRESS_DATA: config.dataDir,
    REDRESS_API_PORT: String(ports.api),
    REDRESS_PUBLIC_URL: api,
    REDRESS_DEMO: String(demo),
    TZ: 'UTC',
  };
  await startServices(context, env);
  if (demo && !stopping.aborted) await seed(api, database, stopping, say);
  if (stopping.aborted) return undefined;
  const temporalUi = env['REDRESS_TEMPORAL_UI_URL'] ?? config.temporalUiUrl;
  return { api, apiUi: `${api}/api/docs`, temporalUi, database: withoutPassword(database), data: config.dataDir };
}

async function migrate(database: string, say: (line: string) => void): Promise<void> {
  const done = await migrateToLatest(database);
  if (done.length > 0) say(`Database brought up to date: ${done.join(', ')}`);
  const db = connect({ url: database, poolSize: 1, vault: readVault(config.vault) });
  try {
    await stockShipped(db, say);
    for (const def of loadRegisters().values()) {
      const done = await reindexRegister(db, def);
      if (done !== undefined && done.entries > 0) say(`Register ${done.register}: ${done.entries} entries indexed anew`);
    }
  } finally {
    await db.destroy();
  }
}

async function seed(apiUrl: string, databaseUrl: string, stopping: AbortSignal, say: (line: string) => void): Promise<void> {
  const seeding = seedDemo({ apiUrl, databaseUrl, dataDir: config.dataDir, vault: readVault(config.vault) }).catch((error: Error) =>
    say(`The demo company is not complete: ${error.message}`),
  );
  await Promise.race([seeding, once(stopping, 'abort')]);
}

function neededPorts(): PortName[] {
  const needed: PortName[] = ['api'];
  if (!namesTemporal(process.env)) needed.push('temporal', 'temporalUi');
  if (config.databaseUrl === undefined) needed.push('postgres');
  return needed;
}

function askedPorts(): StackState['ports'] {
  return process.env['REDRESS_API_PORT'] ? { api: config.api.port } : {};
}
