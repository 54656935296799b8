/** Headers of every answer: nothing is sniffed, framed or kept; the trace id is told. */
import fp from 'fastify-plugin';

export const headers = fp((app, _options, done) => {
  app.addHook('onRequest', (request, reply, next) => {
    void reply.headers({
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
      'X-Request-Id': request.id,
    });
    next();
  });
  done();
});
