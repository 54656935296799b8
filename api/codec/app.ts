/**
 * The codec server as one value: gives operators of Temporal, in its UI and its command line, what is encrypted in readable form.
 * That is access to every fact of every case, so it asks who it is, whether they may, for which namespace and from
 * which page, and notes each case that was read before it answers.
 */
import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import type { PayloadCodec } from '@temporalio/common';
import fastify, { LogController, type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Db } from '../../db/database.ts';
import { note } from '../../db/journal.ts';
import type { Identity } from '../../db/read/identity.ts';
import type { Instant } from '../../domain/time.ts';
import { strictJson } from '../json/parser.ts';
import { headers } from '../plugins/headers.ts';
import { sharedCounts } from '../plugins/shared-counts.ts';
import { answer, problems } from '../problems/handler.ts';
import { Problem } from '../problems/problem.ts';
import { refuseConnection } from '../problems/raw.ts';
import { casesIn, decodeBody, fromWire, toWire } from './body.ts';
import { operatorOf } from './operator.ts';
import { refusals } from './refusals.ts';
import { uiOnly } from './ui-only.ts';

/** One payload is at most 2 MiB, and a third more as base64. */
const BODY_BYTES = 4 * 1024 * 1024;
/** The UI asks once for each event it shows. */
const PER_MINUTE = 1_200;
/** Of one address, without a login that may: then it has to wait, be what comes next right or not. */
const REFUSED_PER_MINUTE = 30;

export interface CodecServerDeps {
  readonly db: Db;
  readonly codec: PayloadCodec;
  readonly namespace: string;
  /** The Temporal UI, whose pages alone may ask from a browser. */
  readonly uiUrl: string;
  /** Where redress is signed in to: its session's cookie is taken. */
  readonly publicUrl: string;
  readonly logLevel: string;
  readonly clock?: () => Instant;
  readonly requestsPerMinute?: number;
  readonly refusedPerMinute?: number;
  /** Where log lines go, instead of the process's output. */
  readonly logTo?: { write(line: string): void };
}

export async function buildCodecServer(deps: CodecServerDeps): Promise<FastifyInstance> {
  const {
    db,
    codec,
    namespace,
    clock = Date.now,
    requestsPerMinute = PER_MINUTE,
    refusedPerMinute = REFUSED_PER_MINUTE,
    logLevel,
    logTo,
  } = deps;
  const app = fastify({
    bodyLimit: BODY_BYTES,
    requestTimeout: 30_000,
    http: { connectionsCheckingInterval: 2_000 },
    connectionTimeout: 60_000,
    handlerTimeout: 20_000,
    genReqId: () => randomUUID(),
    logger: { level: logLevel, redact: ['req.headers'], ...(logTo === undefined ? {} : { stream: logTo }) },
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: (error, request, reply) => void answer(error, request, reply),
    clientErrorHandler: refuseConnection,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await app.register(problems, { db, clock });
  await app.register(headers, { publicUrl: deps.publicUrl });
  await app.register(cookie);
  await app.register(uiOnly, { uiUrl: deps.uiUrl });
  app.decorateRequest('operator', undefined);
  const refused = refusals(db, { max: refusedPerMinute, windowMs: 60_000 });
  app.addHook('onRequest', async (request) => {
    if (request.method === 'OPTIONS' || request.is404) return;
    const { authorization, cookie: cookies } = request.headers;
    // Whoever shows nothing tries nothing out.
    if (authorization === undefined && cookies === undefined) throw new Problem('not-signed-in');
    await refused.check(request.ip);
    request.operator = await operatorOf(db, request, deps.publicUrl, clock()).catch(async (error: unknown) => {
      if (error instanceof Problem) await refused.count(request.ip);
      throw error;
    });
  });
  await app.register(rateLimit, {
    store: sharedCounts(db, (error) => app.log.warn({ err: error }, 'requests are not counted with the other processes')),
    max: requestsPerMinute,
    timeWindow: '1 minute',
    hook: 'preParsing', // counted by person
    keyGenerator: (request) => request.operator?.person ?? request.ip,
  });
  await app.register(strictJson);

  app.withTypeProvider<ZodTypeProvider>().post('/decode', { schema: { body: decodeBody } }, async (request, reply) => {
    if (request.headers['x-namespace'] !== namespace)
      throw new Problem('not-allowed', {
        zh: `此处只解密命名空间“${namespace}”(标头 X-Namespace)。`,
        en: `Only the namespace "${namespace}" is decoded here (header X-Namespace).`,
      });
    const payloads = request.body.payloads.map(fromWire);
    const decoded = await codec.decode(payloads).catch(() => {
      throw new Problem('bad-request', {
        zh: '无法解密:密钥不在此处,或内容被改动,或属于别的命名空间。',
        en: 'It cannot be decoded: the key is not here, or it was changed, or it is of another namespace.',
      });
    });
    const at = clock();
    const person = request.operator!.person;
    for (const [number, count] of casesIn(payloads))
      await note(db, { kind: 'read', at, person, what: { case: number, decoded: count, namespace } });
    return reply.type('application/json; charset=utf-8').send({ payloads: decoded.map(toWire) });
  });
  app.post('/encode', async () => {
    throw new Problem('not-allowed', {
      zh: '此处只解密:能加密者就能向案件发送消息。',
      en: 'Nothing is encoded here: whoever can encode can write messages to cases that nobody could tell from ours.',
    });
  });
  return app;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Whoever asks to decode. */
    operator: Identity | undefined;
  }
}
