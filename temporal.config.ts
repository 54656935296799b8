/**
 * The only reader of the environment: one frozen, checked object for every process. Never imported by `domain` or
 * `workflows`, which must decide the same everywhere.
 */
import { join, resolve } from 'node:path';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { z } from 'zod';
import { TASK_QUEUE } from './workflows/kit/names.ts';

const root = import.meta.dirname;

const port = z.coerce
  .number('must be a port from 1 to 65535')
  .int('must be a whole number')
  .min(1, 'must be a port from 1 to 65535')
  .max(65535, 'must be a port from 1 to 65535');
const count = (most: number) =>
  z.coerce.number('must be a number').int('must be a whole number').min(1, 'must be at least 1').max(most, `must be at most ${most}`);
const address = z.url({ protocol: /^https?$/, error: 'must be an address that starts with http:// or https://' });

const variables = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must look like postgres://user:password@host:5432/database' }).optional(),
  REDRESS_DATA: z.string().default('.redress'),
  REDRESS_TASK_QUEUE: z.string().default(TASK_QUEUE),
  REDRESS_API_HOST: z.string().default('127.0.0.1'),
  REDRESS_API_PORT: port.default(8080),
  REDRESS_PUBLIC_URL: address.optional(),
  REDRESS_TRUSTED_PROXIES: z
    .string()
    .regex(/^[0-9A-Fa-f.:/]+(\s*,\s*[0-9A-Fa-f.:/]+)*$/, 'must be addresses or networks such as 10.0.0.5, 10.1.0.0/16')
    .optional(),
  REDRESS_TOKEN: z.string().optional(),
  REDRESS_TEMPORAL_UI_URL: address.default('http://127.0.0.1:8233'),
  REDRESS_FILES: z.string().optional(),
  REDRESS_COMPANY: z.string().max(100, 'must be at most 100 characters').optional(),
  REDRESS_DESK_KEY_FILE: z.string().optional(),
  REDRESS_VAULT_KEY_FILE: z.string().optional(),
  REDRESS_VAULT_KEYS: z.string().optional(),
  REDRESS_ERASURE_LOG: z.string().optional(),
  REDRESS_CHANNELS_FILE: z.string().optional(),
  REDRESS_CHECKPOINTS: z.string().optional(),
  REDRESS_CHECKPOINT_KEY_FILE: z.string().optional(),
  REDRESS_CODEC: z.enum(['off', 'read', 'change-over', 'on'], 'must be off, read, change-over or on').default('off'),
  REDRESS_CODEC_KEY_FILE: z.string().optional(),
  REDRESS_CODEC_KEYS: z.string().optional(),
  REDRESS_CODEC_PORT: port.default(8234),
  REDRESS_OIDC_ISSUER: address.optional(),
  REDRESS_OIDC_CLIENT_ID: z.string().optional(),
  REDRESS_OIDC_SECRET_FILE: z.string().optional(),
  REDRESS_OIDC_SCOPES: z
    .string()
    .regex(/^openid( [\x21\x23-\x5b\x5d-\x7e]+)*$/, 'must be scopes with a space between, openid the first')
    .default('openid'),
  REDRESS_WORKER_CACHED_WORKFLOWS: count(100_000).default(2000),
  REDRESS_WORKER_ACTIVITIES: count(10_000).default(100),
  REDRESS_WORKER_METRICS_PORT: port.optional(),
  REDRESS_SHUTDOWN_GRACE: z
    .string()
    .regex(/^[1-9]\d{0,2}s$/, 'must be seconds such as 20s, at most 999s')
    .default('20s'),
  REDRESS_MESSAGE_CAP: count(1000).default(1000),
  REDRESS_DEMO: z.stringbool('must be true or false').default(false),
  REDRESS_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'must be trace, debug, info, warn, error, fatal or silent')
    .default('info'),
});

export type Config = ReturnType<typeof loadConfig>;

/**
 * Reads and checks an environment. An empty variable counts as not set.
 * @param env the environment to read; TEMPORAL_* (address, namespace, TLS, API key, profile file) as Temporal's own tools read them
 * @throws with one sentence that names the variable and what would be right
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env) {
  const given = Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1])));
  const read = variables.safeParse(given);
  if (!read.success) throw new Error(sentence(read.error, given));
  const value = read.data;
  const dataDir = resolve(root, value.REDRESS_DATA);
  const { REDRESS_API_HOST: host, REDRESS_API_PORT: apiPort } = value;
  const publicUrl = value.REDRESS_PUBLIC_URL ?? `http://${host.includes(':') ? `[${host}]` : host}:${apiPort}`;
  checkOpenHttp(host, publicUrl);
  return deepFreeze({
    temporal: temporalFrom(given),
    taskQueue: value.REDRESS_TASK_QUEUE,
    /** Absent is allowed here: whoever needs it asks `requireDatabaseUrl`. */
    databaseUrl: value.DATABASE_URL,
    api: { host, port: apiPort },
    dataDir,
    /** Folder of sent files; on a mounted disk where several machines serve the API. */
    filesDir: resolve(root, value.REDRESS_FILES ?? join(dataDir, 'files')),
    /** Name of the company at the head of what is printed. */
    company: value.REDRESS_COMPANY,
    deskKeyFile: resolve(root, value.REDRESS_DESK_KEY_FILE ?? join(dataDir, 'desk.key')),
    /** What was erased, outside the database, for when it is put back to an earlier day. */
    erasureLog: resolve(root, value.REDRESS_ERASURE_LOG ?? join(dataDir, 'erasures.jsonl')),
    /** Master keys of personal data; kept apart from backups of the database. */
    vault: { keyFile: resolve(root, value.REDRESS_VAULT_KEY_FILE ?? join(dataDir, 'vault.key')), keys: value.REDRESS_VAULT_KEYS },
    /** By which channels notices leave; no such file, no channels. */
    channelsFile: resolve(root, value.REDRESS_CHANNELS_FILE ?? join(dataDir, 'channels.yaml')),
    /** Signed checkpoints of the record, outside the database, and the private key that signs them. */
    checkpoints: {
      folder: resolve(root, value.REDRESS_CHECKPOINTS ?? join(dataDir, 'checkpoints')),
      keyFile: resolve(root, value.REDRESS_CHECKPOINT_KEY_FILE ?? join(dataDir, 'checkpoint.key')),
    },
    /** How payloads are encrypted for the engine; absent = they are not. */
    codec: codecFrom(value, dataDir),
    /** The provider that people may sign in by; absent = passwords only. */
    oidc: oidcFrom(value),
    worker: {
      maxCachedWorkflows: value.REDRESS_WORKER_CACHED_WORKFLOWS,
      maxConcurrentActivityTaskExecutions: value.REDRESS_WORKER_ACTIVITIES,
      /** How long running activities may take to end when the worker is stopped, as Temporal words a duration. */
      shutdownGraceTime: value.REDRESS_SHUTDOWN_GRACE as `${number}s`,
      metricsPort: value.REDRESS_WORKER_METRICS_PORT,
    },
    /** A case refuses the message after this many (409 case-full). */
    messageCap: value.REDRESS_MESSAGE_CAP,
    /** Whether demo people and cases may be made. */
    demo: value.REDRESS_DEMO,
    publicUrl,
    /** Proxies whose word for the caller's address is taken. */
    trustedProxies: (value.REDRESS_TRUSTED_PROXIES ?? '')
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean),
    /** Who a command speaks to the API as; processes of ours do not need it. */
    token: value.REDRESS_TOKEN,
    temporalUiUrl: value.REDRESS_TEMPORAL_UI_URL,
    logLevel: value.REDRESS_LOG_LEVEL,
  });
}

/**
 * The address of the database.
 * @throws with one sentence when DATABASE_URL is not set
 */
export function requireDatabaseUrl(from: Pick<Config, 'databaseUrl'>): string {
  if (from.databaseUrl !== undefined) return from.databaseUrl;
  throw new Error(
    'DATABASE_URL is not set: it must look like postgres://user:password@host:5432/database (`npm start` sets it for what it starts).',
  );
}

function temporalFrom(given: Record<string, string>) {
  try {
    const { connectionOptions, namespace = 'default' } = loadClientConnectConfig({ overrideEnvVars: given });
    const where = connectionOptions.address ?? '127.0.0.1:7233';
    return { address: where, namespace, connectionOptions: { ...connectionOptions, address: where } };
  } catch (error) {
    throw new Error(`The TEMPORAL_* variables or the profile file they name are not right: ${(error as Error).message}`, { cause: error });
  }
}

/** Keys are read where they are needed; what is said here is where they are, and what is written and read by them. */
function codecFrom(value: z.output<typeof variables>, dataDir: string) {
  const { REDRESS_CODEC: mode, REDRESS_CODEC_KEY_FILE: file, REDRESS_CODEC_KEYS: keys } = value;
  if (mode === 'off') return undefined;
  if (file !== undefined && keys !== undefined)
    throw new Error('REDRESS_CODEC_KEYS and REDRESS_CODEC_KEY_FILE are both set: name the keys once.');
  return {
    encrypts: mode !== 'read',
    /** Only while an installation changes over. */
    readsPlain: mode !== 'on',
    keyFile: resolve(root, file ?? join(dataDir, 'codec.keys')),
    /** Handed in by the environment instead of the file. */
    keys,
    /** Of the codec server, on the API's host. */
    serverPort: value.REDRESS_CODEC_PORT,
  };
}

const LOOPBACK = /^(127(\.\d+){3}|localhost|\[?::1\]?)$/;

/** By http cookies are not Secure, and passwords go over the wire as they are: that is for this machine alone. */
function checkOpenHttp(host: string, publicUrl: string): void {
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol === 'https:' || LOOPBACK.test(host) || LOOPBACK.test(hostname)) return;
  throw new Error(
    `REDRESS_PUBLIC_URL is not right: it must start with https:// (not “${publicUrl}”) while REDRESS_API_HOST is “${host}”, which other machines reach; a proxy in front ends TLS (docs/operating.md#tls).`,
  );
}

/** http is for a provider on this machine, as tests have one: what a provider says is believed because of TLS. */
function oidcFrom(value: z.output<typeof variables>) {
  const { REDRESS_OIDC_ISSUER: issuer, REDRESS_OIDC_CLIENT_ID: clientId, REDRESS_OIDC_SECRET_FILE: secretFile } = value;
  if (issuer === undefined) return undefined;
  const { protocol, hostname } = new URL(issuer);
  if (protocol === 'http:' && !LOOPBACK.test(hostname))
    throw new Error(`REDRESS_OIDC_ISSUER is not right: it must start with https:// (not “${issuer}”).`);
  if (clientId === undefined) throw new Error('REDRESS_OIDC_CLIENT_ID is not set: it must be the id by which the provider knows redress.');
  return {
    issuer,
    clientId,
    /** Absent for a client without a secret, which PKCE alone protects. */
    secretFile: secretFile === undefined ? undefined : resolve(root, secretFile),
    scopes: value.REDRESS_OIDC_SCOPES,
  };
}

function sentence(error: z.ZodError, given: Record<string, string>): string {
  const [first] = error.issues;
  const name = String(first?.path[0]);
  const shown = name === 'DATABASE_URL' ? 'what it is set to' : `“${given[name]}”`;
  return `${name} is not right: it ${first?.message} (not ${shown}).`;
}

/** Freezes plain objects all the way down; certificates (buffers) cannot be frozen and are left as they are. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}

/** This process's settings. */
export const config: Config = loadConfig();
