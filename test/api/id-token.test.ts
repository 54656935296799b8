/** An ID token counts only when it is the provider's own, of this login, for us, and now: whatever a bad provider or somebody in between makes of it is refused. */
import { createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { oidcProvider, type OidcProvider } from '../../api/sign-in/oidc.ts';

type Claims = Record<string, unknown>;
interface Bent {
  readonly header?: Claims;
  readonly claims?: Claims;
  /** What stands in for the signature of the right key over header and claims. */
  readonly sign?: (input: string) => Buffer;
  /** What is done to the finished token. */
  readonly after?: (token: string) => string;
}

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const [ours, theirs] = [rsa(), rsa()];
const jwk = (key: KeyObject, kid: string) => ({ ...key.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' });
const rs256 = (key: KeyObject) => (input: string) => createSign('RSA-SHA256').update(input).sign(key);
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const CLIENT = 'redress-client';
const BROWSER = 'b'.repeat(43);

let server: Server;
let origin = '';
let nonce = '';
let bent: Bent = {};
let metadata: Claims = {};
let provider: OidcProvider;

function idToken(): string {
  const now = Math.floor(Date.now() / 1000);
  const header = { alg: 'RS256', kid: 'one', typ: 'JWT', ...bent.header };
  const claims = { iss: `${origin}/`, sub: 'subject-1', aud: CLIENT, iat: now, exp: now + 300, auth_time: now, nonce, ...bent.claims };
  const input = `${part(header)}.${part(claims)}`;
  const token = `${input}.${(bent.sign ?? rs256(ours.privateKey))(input).toString('base64url')}`;
  return bent.after?.(token) ?? token;
}

function answer({ url = '' }: IncomingMessage): unknown {
  if (url === '/.well-known/openid-configuration') {
    const at = (path: string): string => `${origin}${path}`;
    return {
      issuer: at('/'),
      authorization_endpoint: at('/auth'),
      token_endpoint: at('/token'),
      jwks_uri: at('/keys'),
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      ...metadata,
    };
  }
  if (url === '/keys') return { keys: [jwk(ours.publicKey, 'one')] };
  if (url === '/evil-keys') return { keys: [jwk(theirs.publicKey, 'one')] };
  return { access_token: 'nothing', token_type: 'Bearer', id_token: idToken() };
}

beforeAll(async () => {
  server = createServer((request, reply) => {
    request.resume().on('end', () => reply.setHeader('content-type', 'application/json').end(JSON.stringify(answer(request))));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((done) => server.close(done)));
beforeEach(() => {
  [bent, metadata] = [{}, {}];
  provider = oidcProvider({ issuer: `${origin}/`, clientId: CLIENT, secretFile: undefined, scopes: 'openid' }, Date.now);
});

async function login(withinMs?: number): Promise<unknown> {
  const state = 's'.repeat(43);
  const to = new URL(await provider.begin({ redirectUri: 'http://127.0.0.1/api/oidc/callback', state, browser: BROWSER, fresh: false }));
  nonce = to.searchParams.get('nonce')!;
  expect(to.searchParams.get('code_challenge_method')).toBe('S256');
  const back = new URL(`http://127.0.0.1/api/oidc/callback?code=c&state=${state}`);
  return provider.finish(back, { state, browser: BROWSER, withinMs });
}

test('the right one says issuer and subject', async () => {
  expect(await login()).toMatchObject({ issuer: `${origin}/`, subject: 'subject-1' });
});

const now = (): number => Math.floor(Date.now() / 1000);
const pem = (): string => ours.publicKey.export({ type: 'spki', format: 'pem' }) as string;
const wrong: Record<string, () => Bent> = {
  'signed by nobody (alg none)': () => ({ header: { alg: 'none' }, sign: () => Buffer.alloc(0) }),
  'without its signature': () => ({ sign: () => Buffer.alloc(0) }),
  'by HS256 with the public key for a secret': () => ({
    header: { alg: 'HS256' },
    sign: (input) => createHmac('sha256', pem()).update(input).digest(),
  }),
  'signed by another key of the same name': () => ({ sign: rs256(theirs.privateKey) }),
  'whose header brings its own key': () => ({ header: { jwk: jwk(theirs.publicKey, 'one') }, sign: rs256(theirs.privateKey) }),
  'whose header says where its key is': () => ({ header: { jku: `${origin}/evil-keys` }, sign: rs256(theirs.privateKey) }),
  'of a key that the provider does not have': () => ({ header: { kid: 'two' }, sign: rs256(theirs.privateKey) }),
  'changed after it was signed': () => ({
    after: (token) => {
      const [header, claims, signature] = token.split('.') as [string, string, string];
      const changed = { ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as Claims), sub: 'generalManager' };
      return [header, part(changed), signature].join('.');
    },
  }),
  'for somebody else': () => ({ claims: { aud: 'another-client' } }),
  'for several, by order of another': () => ({ claims: { aud: [CLIENT, 'another-client'], azp: 'another-client' } }),
  'of another provider': () => ({ claims: { iss: 'https://other.example/' } }),
  'that has ended': () => ({ claims: { iat: now() - 7_200, exp: now() - 3_600 } }),
  'that holds from tomorrow': () => ({ claims: { nbf: now() + 86_400 } }),
  'of another login': () => ({ claims: { nonce: 'another' } }),
  'of no login': () => ({ claims: { nonce: undefined } }),
  'that says of nobody': () => ({ claims: { sub: undefined } }),
};

test.each(Object.keys(wrong))('a token %s is refused', async (name) => {
  bent = wrong[name]!();
  await expect(login()).rejects.toMatchObject({ name: 'Problem', code: expect.stringMatching(/^oidc-(failed|away)$/) });
});

test('one that says of a sign-in of long ago is not fresh', async () => {
  bent = { claims: { auth_time: now() - 3_600 } };
  await expect(login(60_000)).rejects.toMatchObject({ code: 'oidc-failed' });
});

test('metadata that speak for another issuer are not believed', async () => {
  metadata = { issuer: 'https://other.example/' };
  await expect(login()).rejects.toMatchObject({ code: 'oidc-away' });
});
