/** The one place where errors become answers: 4xx and 5xx of routes, of Fastify itself, unknown addresses and methods. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Db } from '../../db/database.ts';
import type { Instant } from '../../domain/time.ts';
import { ALWAYS } from '../plugins/headers.ts';
import { problemFrom } from './from-error.ts';
import { logRefusal } from '../plugins/security-log.ts';
import { noteRefusal } from './refusals.ts';
import { documentOf, langOf, Problem } from './problem.ts';

export const problems = fp<{ db: Db; clock: () => Instant }>((app: FastifyInstance, { db, clock }, done) => {
  const routes: { method: string; pattern: RegExp }[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push({ method: one, pattern: patternOf(url) });
  });
  app.setErrorHandler(async (error, request, reply) => {
    await noteRefusal(db, request, problemFrom(error), clock());
    return answer(error, request, reply);
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const methods = [...new Set(routes.filter((r) => r.pattern.test(path)).map((r) => r.method))];
    // A route may itself find nothing, as the documentation's files do.
    if (methods.length === 0 || methods.includes(request.method)) throw new Problem('not-found');
    void reply.header('Allow', methods.join(', '));
    throw new Problem('method-not-allowed');
  });
  done();
});

/** Sends any error as a problem document. Server faults are logged with their cause; the client gets only the trace id. */
export function answer(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemFrom(error);
  const lang = langOf(request.headers['accept-language']);
  const document = documentOf(problem, { lang, instance: request.url.split('?', 1)[0] ?? '', traceId: request.id });
  if (document.status >= 500) request.log.error({ err: error }, problem.code);
  logRefusal(request, problem.code);
  if (problem.code === 'not-signed-in') void reply.header('WWW-Authenticate', 'Bearer');
  return (
    reply
      .code(document.status)
      // Whatever a route has said of an answer that did not come to be.
      .headers({ ...ALWAYS, ...problem.more.headers, 'Content-Language': lang, Vary: 'Accept-Language' })
      .type('application/problem+json; charset=utf-8')
      .serializer(JSON.stringify)
      .send(document)
  );
}

function patternOf(url: string): RegExp {
  const parts = url
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part === '*' ? '.*' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${parts.join('/')}$`);
}
