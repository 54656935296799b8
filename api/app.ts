/** The HTTP application as one plugin-style value; `server.ts` owns the process around it. */
import { randomUUID } from 'node:crypto';
import fastify, { LogController, type FastifyInstance, type FastifyRequest, type FastifyHttpOptions, type RawServerDefault } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { loadCustomerSides } from '../packs/customer/load.ts';
import { loadRegisters } from '../packs/registers/load.ts';
import { ruleBook } from '../runtime/packs.ts';
import type { AppDeps } from './deps.ts';
import { strictJson } from './json/parser.ts';
import { Hub } from './live/hub.ts';
import { address } from './plugins/address.ts';
import { auth } from './plugins/auth.ts';
import { etag } from './plugins/etag.ts';
import { headers, headersOf } from './plugins/headers.ts';
import { limits } from './plugins/limits.ts';
import { metrics } from './plugins/metrics.ts';
import { openapi } from './plugins/openapi.ts';
import { answer, problems } from './problems/handler.ts';
import { refuseConnection } from './problems/raw.ts';
import { routes } from './routes/routes.ts';

/** Longest time for one answer: the desk waits up to 15 s for a case. */
const HANDLER_MS = 25_000;

const bounds = {
  bodyLimit: 1024 * 1024,
  requestTimeout: 30_000, // to receive a whole request, a slow body included
  http: { connectionsCheckingInterval: 2_000 }, // how often Node looks for one that is over its time; its own half minute doubles the bound
  connectionTimeout: 120_000, // silence on a connection; live streams beat every 15 s
  keepAliveTimeout: 30_000,
  routerOptions: { maxParamLength: 300 },
} satisfies FastifyHttpOptions<RawServerDefault>;

/** What is asked all the time, and the address in which a provider's code comes back. */
const isUnlogged = ({ url = '' }: { readonly url?: string | undefined }): boolean => /^\/(health\/|api\/oidc\/callback)/.test(url);

/** Builds the app; `listen` or `inject` is the caller's. Closing it ends live streams and their database connection. */
export async function buildApp(deps: AppDeps): Promise<FastifyInstance> {
  const { db, config, rules = ruleBook(deps.db), registers = loadRegisters(), customers = loadCustomerSides(), clock = Date.now } = deps;
  const app = fastify({
    ...bounds,
    handlerTimeout: config.handlerMs ?? HANDLER_MS,
    trustProxy: config.trustedProxies?.length ? [...config.trustedProxies] : false,
    genReqId: () => randomUUID(),
    logger: {
      level: config.logLevel,
      ...(deps.log === undefined ? {} : { stream: deps.log }),
      // Without what is asked for: words that are sought may be names.
      serializers: { req: pathOnly, err: faultOnly },
      redact: ['req.headers["x-tracking-secret"]', 'req.headers.authorization', 'req.headers.cookie', '*.token'],
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
    },
    logController: new LogController({ disableRequestLogging: isUnlogged }),
    // What cannot be routed reaches no hook.
    frameworkErrors: (error, request, reply) => void answer(error, request, reply.headers(headersOf(config.publicUrl, request.id))),
    clientErrorHandler: refuseConnection,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);

  await app.register(problems, { db, clock });
  await app.register(headers, { publicUrl: config.publicUrl });
  await app.register(address);
  await app.register(etag);
  await app.register(metrics, { db, clock, ...(deps.metrics === undefined ? {} : { registry: deps.metrics }) });
  await app.register(limits, { db, requestsPerMinute: config.requestsPerMinute, maxEventLoopDelayMs: config.maxEventLoopDelayMs });
  await app.register(auth, { db, clock, publicUrl: config.publicUrl });
  await app.register(strictJson);
  await app.register(openapi, { publicUrl: config.publicUrl });
  const hub = new Hub(db, config.databaseUrl, app.log);
  app.addHook('preClose', () => hub.close());
  await app.register(routes, { ...deps, rules, registers, customers, clock, hub });
  return app;
}

/** What the log says of a fault. What a database adds to one (detail, parameters) holds values of rows. */
function faultOnly(error: Error & { code?: string }): { type: string; message: string; stack: string; code?: string } {
  const { name, message, stack = '', code } = error;
  return { type: name, message, stack, ...(code === undefined ? {} : { code }) };
}

/** What the log says of a request. Query strings hold words that people seek: names, telephones. */
function pathOnly({ method, url, ip }: FastifyRequest): { method: string; url: string; remoteAddress: string } {
  return { method, url: url.split('?', 1)[0] ?? '', remoteAddress: ip };
}
