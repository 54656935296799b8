/** CORS for one page: the configured Temporal UI. Any other page's request is refused, not only its answer withheld. */
import fp from 'fastify-plugin';
import { Problem } from '../problems/problem.ts';

/** What the UI sends along: the namespace it shows, and a token where it was given one. */
const HEADERS = 'content-type, x-namespace, authorization';

export const uiOnly = fp<{ uiUrl: string }>((app, { uiUrl }, done) => {
  const ui = new URL(uiUrl).origin;
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    void reply.header('Vary', 'Origin');
    if (origin === undefined) return;
    if (origin !== ui) throw new Problem('foreign-origin');
    void reply.headers({ 'Access-Control-Allow-Origin': ui, 'Access-Control-Allow-Credentials': 'true' });
  });
  app.options('/decode', (_request, reply) =>
    reply
      .code(204)
      .headers({ 'Access-Control-Allow-Methods': 'POST', 'Access-Control-Allow-Headers': HEADERS, 'Access-Control-Max-Age': '600' })
      .send(),
  );
  done();
});
