/** Headers of every answer: nothing is sniffed, framed, run, kept or told on; the trace id is told. Answers with a page or a file of their own say more. */
import fp from 'fastify-plugin';

/** An answer is data: a browser that shows it as a page runs and loads nothing of it. */
const POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const TWO_YEARS_S = 63_072_000;

/** Also of what cannot be read as HTTP at all. */
export const ALWAYS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': POLICY,
  'Cache-Control': 'no-store',
} as const;

/** Of one answer. A browser that has been here by https never comes by http again. */
export function headersOf(publicUrl: string, requestId: string): Readonly<Record<string, string>> {
  const byTls = publicUrl.startsWith('https:') ? { 'Strict-Transport-Security': `max-age=${TWO_YEARS_S}; includeSubDomains` } : {};
  return { ...ALWAYS, ...byTls, 'X-Request-Id': requestId };
}

export const headers = fp<{ publicUrl: string }>((app, { publicUrl }, done) => {
  app.addHook('onRequest', (request, reply, next) => {
    void reply.headers(headersOf(publicUrl, request.id));
    next();
  });
  done();
});
