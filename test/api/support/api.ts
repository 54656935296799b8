/** The app over a store of its own, and callers for it. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll, beforeAll } from 'vitest';
import { buildApp } from '../../../api/app.ts';
import type { AppDeps } from '../../../api/deps.ts';
import type { Db } from '../../../db/database.ts';
import { fileKeys } from '../../../db/personal.ts';
import { startSession } from '../../../db/sessions.ts';
import { diskStore } from '../../../files/disk.ts';
import type { OidcSettings } from '../../../api/sign-in/oidc.ts';
import { hashSecret, newSecret } from '../../../api/sign-in/secret.ts';
import type { Desk } from '../../../desk/index.ts';
import { signUp } from './people.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Record<string, any>; // read freely: what is wrong shows in the expectation
  readonly text: string;
  readonly raw: Buffer;
}

export interface Caller {
  get(url: string, headers?: Record<string, string>): Promise<Answer>;
  /** With an Idempotency-Key of its own unless one is given. */
  post(url: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  put(url: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Any method, with an Idempotency-Key as well. */
  send(method: string, url: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

export interface Api {
  readonly app: FastifyInstance;
  /** Somebody with these roles in s3-cs19, made at first use. */
  as(...roles: readonly string[]): Promise<Caller>;
  /** Somebody with roles in other packs. */
  withPacks(person: string, packs: Readonly<Record<string, readonly string[]>>): Promise<Caller>;
  /** Somebody who was made already, by a session: `freshAt` is when they entered their password, default just now. */
  bySession(person: string, freshAt?: number): Promise<Caller>;
  readonly anybody: Caller;
  /** Where sent files lie. */
  readonly folder: string;
}

export interface Below {
  readonly db: Db;
  readonly url: string;
  readonly desk: Desk;
}

export function useApi(
  below: Below,
  more: Partial<Pick<AppDeps, 'engineHealth' | 'rules' | 'registers' | 'clock'>> & {
    requestsPerMinute?: number;
    publicCasesPerHour?: number;
    handlerMs?: number;
    trustedProxies?: string[];
    oidc?: OidcSettings;
    publicUrl?: string;
    /** Log lines go there, from `trace` on; without it there are none. */
    log?: { write(line: string): void };
  } = {},
): Api {
  let app: FastifyInstance;
  let folder: string;
  const tokens = new Map<string, string>();
  beforeAll(async () => {
    const {
      requestsPerMinute = 1_000_000,
      publicCasesPerHour,
      handlerMs,
      trustedProxies = [],
      oidc,
      publicUrl = 'http://127.0.0.1:8080',
      ...deps
    } = more;
    const config = {
      databaseUrl: below.url,
      publicUrl,
      logLevel: deps.log === undefined ? 'silent' : 'trace',
      erasureLog: join(tmpdir(), `redress-erasures-${process.pid}.jsonl`),
      requestsPerMinute,
      ...(publicCasesPerHour === undefined ? {} : { publicCasesPerHour }),
      ...(handlerMs === undefined ? {} : { handlerMs }),
      trustedProxies,
      maxEventLoopDelayMs: 0, // a busy machine is no fault of what is tested
      oidc,
    };
    folder = await mkdtemp(join(tmpdir(), 'redress-files-'));
    const files = diskStore(folder, fileKeys(below.db));
    app = await buildApp({ db: below.db, desk: below.desk, engineHealth: async () => true, files, ...deps, config });
    await app.ready();
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });
  const caller = (token?: string) =>
    callerOf((options) => app.inject(options), token === undefined ? {} : { authorization: `Bearer ${token}` });
  const signed = async (person: string, packs: Readonly<Record<string, readonly string[]>>): Promise<Caller> => {
    const token = tokens.get(person) ?? (await signUp(below.db, person, packs)).token;
    tokens.set(person, token);
    return caller(token);
  };
  return {
    get app() {
      return app;
    },
    get folder() {
      return folder;
    },
    as: (...roles) => signed(roles.join('+'), { 's3-cs19': roles }),
    withPacks: signed,
    async bySession(person, freshAt) {
      const [secret, at] = [newSecret(), (more.clock ?? Date.now)()];
      await startSession(below.db, { hash: hashSecret(secret), person, how: 'password', agent: '', at, freshAt });
      const { publicUrl = 'http://127.0.0.1:8080' } = more;
      return callerOf((options) => app.inject(options), { origin: publicUrl, cookie: `redress=${secret}` });
    },
    anybody: caller(),
  };
}

function callerOf(
  inject: (options: InjectOptions) => Promise<{ statusCode: number; headers: Record<string, unknown>; body: string; rawPayload: Buffer }>,
  auth: Readonly<Record<string, string>>,
): Caller {
  const send = async (options: InjectOptions): Promise<Answer> => {
    const { statusCode, headers, body, rawPayload } = await inject(options);
    const isJson = body !== '' && /json/.test(String(headers['content-type']));
    return { status: statusCode, headers, text: body, raw: rawPayload, body: isJson ? (JSON.parse(body) as Record<string, unknown>) : {} };
  };
  const any = (method: string, url: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    send({
      method: method as 'POST',
      url,
      ...(body === undefined ? {} : { payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
      headers: {
        ...auth,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        'idempotency-key': randomUUID(),
        ...headers,
      },
    });
  return {
    get: (url, headers = {}) => send({ method: 'GET', url, headers: { ...auth, ...headers } }),
    post: (url, body, headers = {}) => any('POST', url, body, headers),
    put: (url, body, headers = {}) => any('PUT', url, body, headers),
    send: any,
  };
}
