/** A real provider of OpenID Connect on loopback. Whoever signs in there is who they say; it claims roles, which must count for nothing. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Provider from 'oidc-provider';
import { afterAll, beforeAll } from 'vitest';
import type { OidcSettings } from '../../../api/sign-in/oidc.ts';

export interface TestProvider {
  readonly settings: OidcSettings;
  /** Of a client without a secret. */
  readonly open: OidcSettings;
  /** Access and identity tokens, in the order in which clients got them. */
  handedOut(): readonly string[];
}

export function useProvider(ours: string): TestProvider {
  let server: Server;
  let folder: string;
  let settings: OidcSettings;
  const handed: string[] = [];
  beforeAll(async () => {
    server = createServer();
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    folder = await mkdtemp(join(tmpdir(), 'redress-oidc-'));
    const secretFile = join(folder, 'secret');
    const secret = crypto.randomUUID();
    await writeFile(secretFile, `${secret}\n`);
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: 'redress',
          client_secret: secret,
          redirect_uris: [`${ours}/api/oidc/callback`],
          post_logout_redirect_uris: [`${ours}/`],
        },
        {
          client_id: 'redress-open',
          token_endpoint_auth_method: 'none',
          redirect_uris: [`${ours}/api/oidc/callback`],
        },
      ],
      pkce: { required: () => true },
      conformIdTokenClaims: false,
      claims: { openid: ['sub', 'roles', 'email'] },
      cookies: { keys: [crypto.randomUUID()] },
      findAccount: (_, id) => ({
        accountId: id,
        claims: () => ({ sub: id, roles: ['administrator'], email: 'wang.xm@example.com' }),
      }),
    });
    provider.use(async (context, next) => {
      await next();
      const { access_token: access, id_token: identity } = (context.body ?? {}) as { access_token?: string; id_token?: string };
      if (context.path === '/token') handed.push(...[access, identity].filter((token) => token !== undefined));
    });
    const handle = provider.callback();
    server.on('request', (request, response) => void handle(request, response));
    settings = { issuer, clientId: 'redress', secretFile, scopes: 'openid' };
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    await rm(folder, { recursive: true, force: true });
  });
  return {
    get settings() {
      return settings;
    },
    handedOut: () => [...handed],
    get open() {
      return { ...settings, clientId: 'redress-open', secretFile: undefined };
    },
  };
}
