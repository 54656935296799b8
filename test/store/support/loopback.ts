/** A server on loopback that plays a vendor: keeps what it is sent and answers what it is told to. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';

export interface Asked {
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: Record<string, any>;
}

export interface Loopback {
  readonly asked: Asked[];
  readonly url: string;
  /** What it answers from now on. */
  answer: { status: number; body: unknown; headers?: Record<string, string>; how?: 'broken' | 'silent' | 'dripping' };
}

export function useLoopback(): Loopback {
  const asked: Asked[] = [];
  let server: Server;
  const state: Loopback = {
    asked,
    answer: { status: 200, body: {} },
    get url() {
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
  };
  beforeAll(async () => {
    server = createServer((request, reply) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        const text = Buffer.concat(pieces).toString('utf8');
        asked.push({
          url: new URL(request.url ?? '/', state.url),
          headers: request.headers,
          text,
          body: JSON.parse(text) as Record<string, any>,
        });
        const { status, body, headers = {}, how } = state.answer;
        if (how === 'broken') return request.socket.destroy();
        if (how === 'silent') return;
        if (how === 'dripping') {
          const drops = setInterval(() => reply.write(' '), 50);
          return reply.on('close', () => clearInterval(drops));
        }
        reply
          .writeHead(status, { 'content-type': 'application/json', ...headers })
          .end(typeof body === 'string' ? body : JSON.stringify(body));
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterAll(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  });
  return state;
}
