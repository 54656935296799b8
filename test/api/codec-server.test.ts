/** The codec server: decrypt access, and therefore a login, a role, a namespace, one page, and a note of who read what. */
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { toWire } from '../../api/codec/body.ts';
import { buildCodecServer, type CodecServerDeps } from '../../api/codec/app.ts';
import { hashSecret, newSecret } from '../../api/sign-in/secret.ts';
import { startSession } from '../../db/sessions.ts';
import { MOST_BYTES, payloadCodec } from '../../runtime/codec/payload-codec.ts';
import { ringOf } from '../../runtime/keys/ring.ts';
import { useStore } from '../store/support/store.ts';
import { signUp } from './support/people.ts';

const UI = 'http://127.0.0.1:8233';
const namespace = 'default';
const PLANTED = 'planted-ouyang-13800138000';
const keys = ringOf([Buffer.alloc(32, 7)]);
const writing = payloadCodec({ keys, namespace });
const store = useStore();
const logged: string[] = [];
let app: FastifyInstance;
let deps: CodecServerDeps;
let token: string;

beforeAll(async () => {
  deps = {
    db: store.db,
    codec: payloadCodec({ keys, namespace, encrypts: false, readsPlain: true }),
    namespace,
    uiUrl: `${UI}/`,
    publicUrl: 'http://127.0.0.1:8080',
    logLevel: 'trace',
    logTo: { write: (line) => void logged.push(line) },
  };
  app = await buildCodecServer(deps);
});
afterAll(() => app.close());
beforeEach(async () => {
  token = await tokenOf('olga', { redress: ['operator'] });
});

async function tokenOf(person: string, packs: Record<string, string[]>, scopes = ['decode']): Promise<string> {
  const made = await signUp(store.db, person, packs);
  await store.db.updateTable('api_token').set({ scopes }).where('hash', '=', hashSecret(made.token)).execute();
  return made.token;
}

async function encrypted(value: unknown, workflowId = 'CS19-2026-000001'): Promise<Payload> {
  return (await writing.encode([defaultPayloadConverter.toPayload(value)], { type: 'workflow', namespace, workflowId }))[0]!;
}

/** As the UI of Temporal asks: JSON of protobuf, the namespace in a header of its own, its page as Origin. */
async function decode(payloads: unknown, headers: Record<string, string | undefined> = {}, path = '/decode') {
  const all = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'x-namespace': namespace, origin: UI, ...headers };
  const given = Object.fromEntries(Object.entries(all).filter((one): one is [string, string] => one[1] !== undefined));
  const payload = typeof payloads === 'string' ? payloads : JSON.stringify({ payloads });
  const { statusCode, headers: answered, json, body } = await app.inject({ method: 'POST', url: path, payload, headers: given });
  return { status: statusCode, headers: answered, body: body === '' ? {} : json<Record<string, any>>(), text: body };
}
const valueOf = (wire: { data: string }): unknown => JSON.parse(Buffer.from(wire.data, 'base64').toString());
const reads = async () => {
  return store.db
    .selectFrom('journal')
    .select(['person', 'body'])
    .where('chain', 'like', 'read:%')
    .orderBy('chain')
    .orderBy('seq')
    .execute();
};

describe('whoever may', () => {
  test('reads what is encrypted beside what is not, and each case read is in the journal of reads', async () => {
    const plain = defaultPayloadConverter.toPayload({ plain: true });
    const mixed = [await encrypted({ who: PLANTED }), plain, await encrypted('second'), await encrypted('other', 'CS19-2026-000002')];
    const before = (await reads()).length;
    const answer = await decode(mixed.map(toWire));
    expect(answer.status).toBe(200);
    expect(answer.body['payloads'].map(valueOf)).toEqual([{ who: PLANTED }, { plain: true }, 'second', 'other']);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': UI,
      'access-control-allow-credentials': 'true',
      'cache-control': 'no-store',
    });
    const noted = (await reads()).slice(before);
    expect(noted.map(({ person, body }) => [person, JSON.parse(body)])).toEqual([
      ['olga', expect.objectContaining({ case: 'CS19-2026-000001', decoded: 2, namespace })],
      ['olga', expect.objectContaining({ case: 'CS19-2026-000002', decoded: 1, namespace })],
    ]);
    expect(logged.join('\n')).not.toContain(PLANTED);
  });

  test('is an administrator too, or signed in by a browser’s session, from the page of the UI alone', async () => {
    const wire = [toWire(await encrypted('x'))];
    token = await tokenOf('adam', { redress: ['administrator'] });
    expect((await decode(wire, { origin: undefined })).status).toBe(200);
    await signUp(store.db, 'sina', { redress: ['operator'] });
    const secret = newSecret();
    await startSession(store.db, { hash: hashSecret(secret), person: 'sina', how: 'password', agent: 'test', at: Date.now() });
    const cookie = `redress=${secret}`;
    expect((await decode(wire, { authorization: undefined, cookie })).status).toBe(200);
    expect((await decode(wire, { authorization: undefined, cookie, origin: undefined })).body['code']).toBe('foreign-origin');
  });

  test('gets a payload as large as the engine takes', async () => {
    const large = 'x'.repeat(MOST_BYTES - 1_000);
    const answer = await decode([toWire(await encrypted(large))]);
    expect(answer.status).toBe(200);
    expect(valueOf(answer.body['payloads'][0])).toBe(large);
  });
});

describe('whoever may not', () => {
  test.each([
    ['without a login', 401, 'not-signed-in', async () => ({ authorization: undefined })],
    ['with a token nobody has', 401, 'not-signed-in', async () => ({ authorization: `Bearer ${newSecret()}` })],
    ['with a role of a pack', 403, 'not-allowed', async () => bearer(await tokenOf('pia', { 's3-cs19': ['operator', 'administrator'] }))],
    [
      'with a token for something else',
      403,
      'not-allowed',
      async () => bearer(await tokenOf('tom', { redress: ['operator'] }, ['read', 'act', 'administer'])),
    ],
    ['for another namespace', 403, 'not-allowed', async () => ({ 'x-namespace': 'another' })],
    ['without a namespace', 403, 'not-allowed', async () => ({ 'x-namespace': undefined })],
    ['from another page', 403, 'foreign-origin', async () => ({ origin: 'http://127.0.0.1:8234' })],
    ['from a page of no origin', 403, 'foreign-origin', async () => ({ origin: 'null' })],
  ])('%s: %i', async (_, status, code, headers) => {
    const before = (await reads()).length;
    const answer = await decode([toWire(await encrypted(PLANTED))], await headers());
    expect(answer).toMatchObject({ status, body: { code } });
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.text).not.toContain(PLANTED);
    if (code === 'foreign-origin') expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(await reads()).toHaveLength(before);
  });

  test('encodes nothing', async () => {
    const answer = await decode([], {}, '/encode');
    expect(answer).toMatchObject({ status: 403, body: { detail: expect.stringContaining('只解密') } });
    expect((await decode([], { 'accept-language': 'en' }, '/encode')).body['detail']).toContain('Nothing is encoded here');
  });

  test('gets nothing of what was changed, nor of a payload of another key or namespace', async () => {
    const made = await encrypted(PLANTED);
    const data = Uint8Array.from(made.data!);
    data[20]! ^= 1;
    const [other] = await payloadCodec({ keys: ringOf([Buffer.alloc(32, 9)]), namespace }).encode([made]);
    const [elsewhere] = await payloadCodec({ keys, namespace: 'another' }).encode([made]);
    for (const bad of [{ ...made, data }, other!, elsewhere!])
      expect(await decode([toWire(made), toWire(bad)])).toMatchObject({ status: 400, body: { code: 'bad-request' } });
  });

  test.each([
    ['no JSON', '{', 400],
    ['no list', '{"payloads":1}', 400],
    ['no base64', '{"payloads":[{"data":"planted-ouyang-13800138000 !"}]}', 400],
    ['too many', JSON.stringify({ payloads: Array.from({ length: 501 }, () => ({})) }), 400],
    ['too large', `{"payloads":[{"data":"${'A'.repeat(4 * 1024 * 1024)}"}]}`, 413],
  ])('a body that is not right: %s', async (_, body, status) => {
    const answer = await decode(body);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.text + logged.join('\n')).not.toContain(PLANTED);
  });

  const ask = (server: FastifyInstance, by: string, remoteAddress = '192.0.2.9') =>
    server
      .inject({
        method: 'POST',
        url: '/decode',
        payload: { payloads: [] },
        headers: { authorization: `Bearer ${by}`, 'x-namespace': namespace },
        remoteAddress,
      })
      .then(({ statusCode }) => statusCode);

  test('asks too often, of one process or of several', async () => {
    const [one, two] = [
      await buildCodecServer({ ...deps, requestsPerMinute: 2 }),
      await buildCodecServer({ ...deps, requestsPerMinute: 2 }),
    ];
    expect([await ask(one, token), await ask(two, token), await ask(one, token), await ask(two, token)]).toEqual([200, 200, 429, 429]);
    await Promise.all([one.close(), two.close()]);
  });

  test('tries out tokens: after a few of one address, of whichever process, not even a right one is looked at; others go on', async () => {
    const [one, two] = [await buildCodecServer({ ...deps, refusedPerMinute: 3 }), await buildCodecServer({ ...deps, refusedPerMinute: 3 })];
    const tried = [
      await ask(one, newSecret()),
      await ask(two, newSecret()),
      await ask(one, await tokenOf('pia', { 's3-cs19': ['finance'] })),
    ];
    expect(tried).toEqual([401, 401, 403]);
    expect([await ask(one, newSecret()), await ask(two, newSecret()), await ask(two, token)]).toEqual([429, 429, 429]);
    expect(await ask(one, token, '192.0.2.10')).toBe(200);
    await Promise.all([one.close(), two.close()]);
  });
});

test('the question a browser asks beforehand is answered to the UI alone', async () => {
  const ask = (origin: string) =>
    app.inject({
      method: 'OPTIONS',
      url: '/decode',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type,x-namespace' },
    });
  const ours = await ask(UI);
  expect(ours.statusCode).toBe(204);
  expect(ours.headers).toMatchObject({ 'access-control-allow-origin': UI, 'access-control-allow-methods': 'POST' });
  expect(String(ours.headers['access-control-allow-headers'])).toContain('x-namespace');
  const foreign = await ask('http://evil.example');
  expect(foreign.statusCode).toBe(403);
  expect(foreign.headers['access-control-allow-origin']).toBeUndefined();
});

const bearer = (one: string) => ({ authorization: `Bearer ${one}` });
