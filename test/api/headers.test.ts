/** What every answer says besides itself, whatever it answers; and the cookie as it is served by https. */
import { connect } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeLink } from '../../db/one-time-links.ts';
import { addPerson } from '../../db/people.ts';
import { hashSecret, newSecret } from '../../api/sign-in/secret.ts';
import { useStore } from '../store/support/store.ts';
import { useApi } from './support/api.ts';
import { scriptedDesk } from './support/desk.ts';

const PUBLIC = 'https://redress.example';
const store = useStore();
const api = useApi(
  {
    get db() {
      return store.db;
    },
    get url() {
      return store.url;
    },
    desk: scriptedDesk(),
  },
  { publicUrl: PUBLIC },
);

const answers: [string, string, string, number, RegExp][] = [
  ['an answer', 'GET', '/health/live', 200, /^application\/json; charset=utf-8$/],
  ['the API document', 'GET', '/api/openapi.json', 200, /^application\/json; charset=utf-8$/],
  ['its page', 'GET', '/api/docs/', 200, /^text\/html; charset=utf-8$/],
  ['a file of its page', 'GET', '/api/docs/static/swagger-ui.css', 200, /^text\/css; charset=utf-8$/],
  ['counters', 'GET', '/metrics', 200, /^text\/plain;.*charset=utf-8/],
  ['nobody signed in', 'GET', '/api/cases', 401, /^application\/problem\+json; charset=utf-8$/],
  ['nothing there', 'GET', '/nowhere', 404, /^application\/problem\+json; charset=utf-8$/],
  ['another method', 'DELETE', '/api/cases', 405, /^application\/problem\+json; charset=utf-8$/],
  ['a broken address', 'GET', '/api/cases/%E0%A4%A', 400, /^application\/problem\+json; charset=utf-8$/],
  ['a bad body', 'POST', '/api/sessions', 400, /^application\/problem\+json; charset=utf-8$/],
];

describe.each(answers)('%s', (_, method, url, status, type) => {
  test('type and charset, nothing sniffed, framed, referred, kept; only by TLS', async () => {
    const { statusCode, headers } = await api.app.inject({ method: method as 'GET', url, ...(method === 'POST' ? { payload: {} } : {}) });
    expect(statusCode).toBe(status);
    expect(headers['content-type']).toMatch(type);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
    });
    // The page's own files never change under their name and may be kept.
    if (!url.startsWith('/api/docs')) expect(headers['cache-control']).toBe('no-store');
    const policy = String(headers['content-security-policy']);
    for (const part of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) expect(policy).toContain(part);
    expect(policy).not.toMatch(/script-src[^;]*(unsafe|\*)|object-src(?! 'none')/);
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(Object.keys(headers).filter((name) => /^(server|x-powered-by)$/.test(name))).toEqual([]);
  });
});

test.each([
  ['GET', '/api/openapi.json'],
  ['GET', '/api/cases'],
  ['OPTIONS', '/api/cases'],
  ['OPTIONS', '/api/sessions'],
] as const)('%s %s from another origin: no header lets its page read or send', async (method, url) => {
  const { headers } = await api.app.inject({
    method,
    url,
    headers: {
      origin: 'https://evil.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type, idempotency-key',
    },
  });
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
});

describe('on the line', () => {
  let port = 0;
  beforeAll(async () => {
    await api.app.listen({ host: '127.0.0.1', port: 0 });
    port = (api.app.server.address() as { port: number }).port;
  });
  const said = (text: string): Promise<string> =>
    new Promise((done, fail) => {
      let answer = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(text));
      socket.on('data', (piece) => (answer += piece.toString()));
      socket.on('end', () => socket.end());
      socket.on('close', () => done(answer));
      socket.on('error', fail);
    });
  const HEAD = 'Host: redress.example\r\nConnection: close\r\n';

  test.each([
    ['no HTTP', 'hello\r\n\r\n', 400],
    [
      'a length and chunks at once',
      `POST /api/sessions HTTP/1.1\r\n${HEAD}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /`,
      400,
    ],
    ['two lengths', `POST /api/sessions HTTP/1.1\r\n${HEAD}Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef`, 400],
    ['a header that goes on in the next line', `GET /health/live HTTP/1.1\r\n${HEAD}X-A: b\r\n c: d\r\n\r\n`, 400],
    ['headers without end', `GET /health/live HTTP/1.1\r\n${HEAD}X-A: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ])('%s: refused, with the same headers', async (_, text, status) => {
    const answer = await said(text);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer.toLowerCase()).toContain('x-content-type-options: nosniff');
    expect(answer.toLowerCase()).toContain("frame-ancestors 'none'");
    expect(answer.split('HTTP/1.1')).toHaveLength(2); // one answer: nothing is left over to be read as a second request
  });

  test.each(['TRACE', 'CONNECT', 'TRACK'])('%s is no method of ours, and tells nothing back', async (method) => {
    const answer = await said(`${method} /health/live HTTP/1.1\r\n${HEAD}X-Secret: give-me-back\r\n\r\n`);
    expect(answer).not.toMatch(/^HTTP\/1\.1 2/);
    expect(answer).not.toContain('give-me-back');
  });

  test('nobody is sent from http to https', async () => {
    expect(await said(`GET /api/cases HTTP/1.1\r\n${HEAD}\r\n`)).toMatch(/^HTTP\/1\.1 401 /);
  });
});

test('by https the cookie is Secure, of this host alone, out of reach of scripts; signing out clears it and what the browser kept', async () => {
  await addPerson(store.db, 'lin.yf', '林一方');
  const secret = newSecret();
  await makeLink(store.db, { hash: hashSecret(secret), person: 'lin.yf', madeBy: null, at: Date.now() });
  const used = await api.anybody.post('/api/one-time-links/use', { secret, password: 'tQ8#mLw2vR-9' });
  const [cookie = '', browser] = used.headers['set-cookie'] as string[];
  expect(cookie).toMatch(/^__Host-redress=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  expect(browser).toMatch(/^__Host-redress-browser=[\w-]{43}; Max-Age=15552000; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  expect(used.text).not.toContain(/=([^;]+)/.exec(cookie)![1]);
  const left = await api.anybody.post('/api/sessions/current/end', undefined, { cookie: cookie.split(';')[0]!, origin: PUBLIC });
  expect(left.status).toBe(200);
  expect(left.headers['clear-site-data']).toBe('"cache", "storage"');
  expect(String(left.headers['set-cookie'])).toMatch(/^__Host-redress=; .*Max-Age=0|^__Host-redress=; .*1970/);
});
