/** What is read again need not be sent again: a tag over the content of every JSON answer to a GET, and 304 for who has it. */
import { createHash } from 'node:crypto';
import fp from 'fastify-plugin';

export const etag = fp((app, _options, done) => {
  app.addHook('onSend', (request, reply, payload, next) => {
    const isRead = (request.method === 'GET' || request.method === 'HEAD') && reply.statusCode === 200;
    if (!isRead || typeof payload !== 'string' || !String(reply.getHeader('content-type')).startsWith('application/json'))
      return next(null, payload);
    // An entry has its version for a tag, by which it is changed as well.
    const own = reply.getHeader('etag');
    const tag = typeof own === 'string' ? own : `W/"${createHash('sha256').update(payload).digest('base64url').slice(0, 27)}"`;
    void reply.header('ETag', tag);
    if (!has(request.headers['if-none-match'], tag)) return next(null, payload);
    void reply.code(304).removeHeader('content-type').removeHeader('content-length');
    next(null, '');
  });
  done();
});

/** By weak comparison, as RFC 9110 has it for reads. */
function has(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const plain = (one: string): string => one.trim().replace(/^W\//, '');
  return ifNoneMatch.split(',').some((one) => plain(one) === plain(tag));
}
