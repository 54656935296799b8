/** Replaces Fastify's body parsers: JSON only, read strictly; everything else is 415. */
import fp from 'fastify-plugin';
import { Problem } from '../problems/problem.ts';
import { JsonRefused, readJson } from './strict.ts';

export const strictJson = fp((app, _options, done) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, parsed) => {
    try {
      parsed(null, readJson(body as Buffer));
    } catch (error) {
      parsed(error instanceof JsonRefused ? new Problem('bad-json', { zh: error.zh, en: error.message }) : (error as Error));
    }
  });
  done();
});
