/**
 * A whole Temporal server with authorizer and claim mapper, as operations set it up (docs/temporal-access.md): in memory, on
 * loopback, its tokens signed by a key that a JWKS route on loopback tells.
 */
import { execFile } from 'node:child_process';
import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { access, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { startChild } from '../../../scripts/stack/child.ts';
import { cleanEnv } from '../../../scripts/stack/clean-env.ts';
import { dataDirectory } from '../../../scripts/stack/home.ts';
import { freePort } from '../../../scripts/stack/ports.ts';
import { searchAttributeTypes } from '../../../workflows/kit/names.ts';

const VERSION = 'v1.32.0';
const binary = join(dataDirectory(), 'engine', 'bin', 'temporal-server');

/**
 * The server's own program (the command line's development server has no authorizer): the one that is there, else, on CI or where
 * REDRESS_BUILD_TEMPORAL is set, built from its Go module, some minutes the first time. Undefined = there is none.
 */
export async function serverProgram(env: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  if (
    await access(binary).then(
      () => true,
      () => false,
    )
  )
    return binary;
  if (!env['CI'] && !env['REDRESS_BUILD_TEMPORAL']) return undefined;
  const bin = await mkdtemp(join(tmpdir(), 'redress-go-'));
  try {
    const PATH = `${env['PATH'] ?? ''}:/usr/local/go/bin`;
    await promisify(execFile)('nice', ['-n', '19', 'go', 'install', `go.temporal.io/server/cmd/server@${VERSION}`], {
      env: { ...env, PATH, GOBIN: bin },
    });
    await mkdir(dirname(binary), { recursive: true });
    await promisify(execFile)('cp', [join(bin, 'server'), `${binary}.${process.pid}`]);
    await rename(`${binary}.${process.pid}`, binary);
    return binary;
  } catch (error) {
    process.stderr.write(`The Temporal server cannot be built here: ${String(error).slice(0, 500)}\n`);
    return undefined;
  } finally {
    await rm(bin, { recursive: true, force: true });
  }
}

export interface AuthorisedServer {
  readonly address: string;
  /** @param permissions as `<namespace>:<read|write|admin>` @param more claims, or another key to sign by */
  token(sub: string, permissions: readonly string[], more?: { readonly exp?: number; readonly key?: KeyObject }): string;
  stop(): Promise<void>;
}

/** Starts it, makes the namespace `default` and the search attributes. @throws when it does not answer within a minute */
export async function startAuthorised(program: string): Promise<AuthorisedServer> {
  const home = await mkdtemp(join(tmpdir(), 'redress-authorised-'));
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwks = await serveJwks(publicKey);
  const port = await freePort();
  const config = join(home, 'server.json');
  await writeFile(config, JSON.stringify(await configOf(port, `http://127.0.0.1:${(jwks.address() as AddressInfo).port}/jwks`)));
  const log = join(home, 'server.log');
  // The internal frontend is not among those that are started unless they are named.
  const services = ['frontend', 'internal-frontend', 'history', 'matching', 'worker'].flatMap((service) => ['--service', service]);
  const args = ['--config-file', config, 'start', ...services];
  // Without --allow-no-auth: a server whose authorizer is not set up does not start.
  const child = await startChild({ command: program, args, cwd: home, env: cleanEnv(), log });
  const address = `127.0.0.1:${port}`;
  const token: AuthorisedServer['token'] = (sub, permissions, { exp = Date.now() / 1000 + 3600, key = privateKey } = {}) =>
    sign({ sub, permissions, exp: Math.floor(exp) }, key);
  const stop = async () => {
    await child.stop('SIGTERM', 10_000);
    await new Promise((done) => jwks.close(done));
    await rm(home, { recursive: true, force: true });
  };
  try {
    await prepare(address, token('setup', ['temporal-system:admin']));
    return { address, token, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function serveJwks(publicKey: KeyObject): Promise<Server> {
  const body = JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'test', use: 'sig', alg: 'RS256' }] });
  const server = createServer((_, response) => void response.setHeader('content-type', 'application/json').end(body));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}

function sign(claims: object, key: KeyObject): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'RS256', typ: 'JWT', kid: 'test' })}.${part(claims)}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key).toString('base64url')}`;
}

/** JSON is YAML. The internal frontend is for the server's own workers, which have no token. */
async function configOf(port: number, keys: string): Promise<object> {
  const store = {
    sql: {
      pluginName: 'sqlite',
      databaseName: 'default',
      connectAddr: 'localhost',
      connectProtocol: 'tcp',
      connectAttributes: { mode: 'memory', cache: 'private' },
      maxConns: 1,
      maxIdleConns: 1,
      maxConnLifetime: '1h',
    },
  };
  const rpc = async (grpcPort?: number) => ({
    rpc: { grpcPort: grpcPort ?? (await freePort()), membershipPort: await freePort(), bindOnLocalHost: true },
  });
  return {
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'main',
      visibilityStore: 'visibility',
      numHistoryShards: 1,
      datastores: { main: store, visibility: store },
    },
    global: {
      membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' },
      authorization: { authorizer: 'default', claimMapper: 'default', jwtKeyProvider: { keySourceURIs: [keys] } },
    },
    services: {
      frontend: await rpc(port),
      'internal-frontend': await rpc(),
      matching: await rpc(),
      history: await rpc(),
      worker: await rpc(),
    },
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: { active: { enabled: true, initialFailoverVersion: 1, rpcName: 'frontend', rpcAddress: `127.0.0.1:${port}` } },
    },
    dcRedirectionPolicy: { policy: 'noop' },
  };
}

async function prepare(address: string, token: string): Promise<void> {
  const connection = await reached(address, token);
  try {
    await connection.workflowService.registerNamespace({
      namespace: 'default',
      workflowExecutionRetentionPeriod: { seconds: 86_400 as never, nanos: 0 },
    });
    const { INDEXED_VALUE_TYPE_KEYWORD } = proto.temporal.api.enums.v1.IndexedValueType;
    const searchAttributes = Object.fromEntries(Object.keys(searchAttributeTypes).map((name) => [name, INDEXED_VALUE_TYPE_KEYWORD]));
    await untilDone(() => connection.operatorService.addSearchAttributes({ namespace: 'default', searchAttributes }));
  } finally {
    await connection.close();
  }
}

/** A caller with this token; without one, a caller without. */
export function withToken(token: string | undefined): { metadata: Record<string, string> } {
  return { metadata: token === undefined ? {} : { authorization: `Bearer ${token}` } };
}

function reached(address: string, token: string): Promise<Connection> {
  return untilDone(() => Connection.connect({ address, ...withToken(token), connectTimeout: 2000 }));
}

async function untilDone<T>(act: () => Promise<T>): Promise<T> {
  for (const until = Date.now() + 60_000; ; await pause(250)) {
    try {
      return await act();
    } catch (error) {
      if (Date.now() > until) throw error;
    }
  }
}
