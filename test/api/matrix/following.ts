/** The live stream as far as it is told what was missed; it would go on for ever. */
import type { FastifyInstance } from 'fastify';
import type { Ask } from './ask.ts';
import type { Got } from './asking.ts';

export async function follow(app: FastifyInstance, headers: Readonly<Record<string, string>>, ask: Ask): Promise<Got> {
  const answer = await app.inject({ method: 'GET', url: '/api/live', headers: { ...ask.headers, ...headers }, payloadAsStream: true });
  const stream = answer.stream();
  let text = '';
  for await (const piece of stream) {
    text += String(piece);
    if (text.includes(': listening')) break;
  }
  stream.destroy();
  return { status: answer.statusCode, code: '', text };
}
