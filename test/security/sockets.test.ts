/** What no client library sends: raw bytes to a listening server, which must end each connection by itself. */
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { beforeAll, expect, test } from 'vitest';
import { useApi } from '../api/support/api.ts';
import { scriptedDesk } from '../api/support/desk.ts';
import { useStore } from '../store/support/store.ts';

const store = useStore();
const api = useApi({
  get db() {
    return store.db;
  },
  get url() {
    return store.url;
  },
  desk: scriptedDesk(),
});
let port = 0;
beforeAll(async () => {
  // The bound itself is half a minute, which another test reads; here it must be seen to end something.
  api.app.server.requestTimeout = 700;
  api.app.server.headersTimeout = 700;
  await api.app.listen({ port: 0, host: '127.0.0.1' });
  port = (api.app.server.address() as AddressInfo).port;
});

/** All that comes back until the server ends the connection. */
function send(...pieces: (string | Buffer)[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let got = '';
    socket.on('data', (data: Buffer) => (got += data.toString('latin1')));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(got) : reject(error),
    );
    socket.on('close', () => resolve(got));
    for (const piece of pieces) socket.write(piece);
  });
}
const problem = (answer: string): Record<string, unknown> =>
  JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)) as Record<string, unknown>;
const line = 'POST /api/cases HTTP/1.1\r\nHost: x\r\n';

test('a slow body: 408, a problem with its trace id', async () => {
  const [answer, headers] = await Promise.all([
    send(`${line}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{`),
    send('GET /health/live HTTP/1.1\r\nHost: x\r\n'),
  ]);
  // Whoever may not send has an answer before the body; the socket is ended all the same.
  expect(answer).toMatch(/^HTTP\/1\.1 (408|401)/);
  expect(headers).toMatch(/^HTTP\/1\.1 408/);
  expect(headers).toContain('application/problem+json');
  expect(problem(headers)).toMatchObject({ status: 408, traceId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
});

test('10,000 headers: 431', async () => {
  const answer = await send(`${line}${Array.from({ length: 10_000 }, (_, i) => `X-${i}: 1\r\n`).join('')}\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 431/);
  expect(problem(answer)).toMatchObject({ status: 431 });
});

test('more bytes than a body may have, told or not: 413 or the end of the connection', async () => {
  expect(await send(`${line}Content-Type: application/json\r\nContent-Length: 99999999\r\n\r\n`)).toMatch(/^HTTP\/1\.1 (413|401)/);
  const { token } = { token: 'A'.repeat(43) };
  expect(
    await send(`${line}Authorization: Bearer ${token}\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n`, Buffer.alloc(65_536)),
  ).toMatch(/^HTTP\/1\.1 (413|401|400)/);
});

test.each([
  ['two lengths', `${line}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`],
  ['a length and chunks', `${line}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\n\r\n`],
  ['a broken line', 'GET\r\n\r\n'],
  ['no HTTP at all', '\u0016\u0003\u0001\u0002\u0000'],
  ['a folded header', `${line}X: a\r\n b\r\n\r\n`],
  ['a NUL in a header', `${line}X: a\0b\r\n\r\n`],
])('%s: 400, and nothing is read as a second request', async (_, bytes) => {
  const answer = await send(bytes);
  expect(answer).toMatch(/^HTTP\/1\.1 4\d\d/);
  expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
  expect(problem(answer)).toMatchObject({ status: expect.any(Number), traceId: expect.any(String) });
});
