/** Headers of every answer: nothing is sniffed, framed or kept; the trace id is told. */
import fp from 'fastify-plugin';

/** Those of an answer, whether its request came as far as the routes or not. */
export const standingHeaders = (requestId: string): Readonly<Record<string, string>> => ({
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
  'X-Request-Id': requestId,
});

export const headers = fp((app, _options, done) => {
  app.addHook('onRequest', (request, reply, next) => {
    void reply.headers(standingHeaders(request.id));
    next();
  });
  done();
});
