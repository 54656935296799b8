/** An address is text: bytes that are no UTF-8 and NUL, which no text of the store can hold, are refused before anybody reads them. */
import fp from 'fastify-plugin';
import { Problem } from '../problems/problem.ts';

export const address = fp((app, _options, done) => {
  app.addHook('onRequest', (request, _reply, next) => {
    next(isText(request.url) ? undefined : unreadable());
  });
  done();
});

const unreadable = (): Problem =>
  new Problem('bad-request', {
    zh: '地址含有无法读取的字符(不是UTF-8,或有NUL)。',
    en: 'The address has bytes that cannot be read: no UTF-8, or NUL.',
  });

function isText(url: string): boolean {
  try {
    return !decodeURIComponent(url).includes('\0');
  } catch {
    return false;
  }
}
