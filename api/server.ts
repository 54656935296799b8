/** The API process: HTTP, the desk behind it, and a sweeper for what a dead process left. Starts while the engine is away. */
import closeWithGrace from 'close-with-grace';
import { Counter, Registry } from 'prom-client';
import { connect } from '../db/database.ts';
import { createDesk, type Desk } from '../desk/index.ts';
import { fileKeys } from '../db/personal.ts';
import { notedFiles } from '../db/read/files.ts';
import { diskStore } from '../files/disk.ts';
import { DAY_MS } from '../files/unnoted.ts';
import { config, requireDatabaseUrl } from '../temporal.config.ts';
import { connectClient } from '../runtime/client.ts';
import { every } from '../runtime/every.ts';
import { ruleBook } from '../runtime/packs.ts';
import { readSealKeys } from '../runtime/seal-key.ts';
import { sweepForEver } from '../runtime/sweeper.ts';
import { buildApp } from './app.ts';
import { proveVault } from '../db/personal.ts';
import { readVault } from '../runtime/vault.ts';

/** Decisions under way get their answers; the desk waits up to 15 s for one. */
const CLOSE_WITHIN_MS = 25_000;
const ENGINE_WITHIN_MS = 1_500;

const databaseUrl = requireDatabaseUrl(config);
const metrics = new Registry();
const carried = new Counter({
  name: 'redress_sweeper_carried_total',
  help: 'Requests that the sweeper of this process carried to an outcome',
  registers: [metrics],
});

let warn: (error: unknown, text: string) => void = () => undefined;
const db = connect({
  url: databaseUrl,
  vault: readVault(config.vault),
  onError: (error) => warn(error, 'database connection lost'),
});
await proveVault(db);
const client = await connectClient(config);
const rules = ruleBook(db, (why) => warn(undefined, why));
const desk = createDesk({
  db,
  engine: { client, taskQueue: config.taskQueue },
  rules,
  ...readSealKeys(config.deskKeyFile),
  messageCap: config.messageCap,
  links: `${config.publicUrl}/api/cases/`,
});

async function engineHealth(): Promise<boolean> {
  try {
    const { namespace } = config.temporal;
    await client.withDeadline(Date.now() + ENGINE_WITHIN_MS, () => client.workflowService.describeNamespace({ namespace }));
    return true;
  } catch {
    return false;
  }
}

/** The desk as the sweeper knows it, counting what it carries. */
const counted: Pick<Desk, 'sweep'> = {
  async sweep() {
    const settled = await desk.sweep();
    carried.inc(settled);
    return settled;
  },
};

const files = diskStore(config.filesDir, fileKeys(db));
const app = await buildApp({
  db,
  desk,
  rules,
  engineHealth,
  files,
  metrics,
  config: {
    databaseUrl,
    publicUrl: config.publicUrl,
    erasureLog: config.erasureLog,
    logLevel: config.logLevel,
    company: config.company,
    oidc: config.oidc,
    trustedProxies: config.trustedProxies,
  },
});
warn = (error, text) => app.log.warn({ err: error }, text);
const sweeping = sweepForEver(counted, (error) => warn(error, 'sweep failed'));
const forgetting = every(DAY_MS, () => files.removeUnnoted(() => notedFiles(db)), (error) => warn(error, 'files that are noted nowhere are not removed')); // prettier-ignore

closeWithGrace({ delay: CLOSE_WITHIN_MS, logger: false }, async ({ err, signal }) => {
  if (err !== undefined) app.log.fatal({ err }, 'closing after an error');
  else app.log.info({ signal }, 'closing');
  await app.close();
  await sweeping.stop();
  await forgetting.stop();
  await client.connection.close();
  await db.destroy();
});

await app.listen({ host: config.api.host, port: config.api.port });
