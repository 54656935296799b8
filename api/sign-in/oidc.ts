/** The provider of OpenID Connect: where it sends people, and whom it says has come back. Nothing of it is trusted but issuer, subject and time. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as oidc from 'openid-client';
import type { Instant } from '../../domain/time.ts';
import { Problem } from '../problems/problem.ts';

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly secretFile: string | undefined;
  /** With a space between; `openid` among them. */
  readonly scopes: string;
}

/** What one login consists of beside its state: made of the browser's secret, so that the store never holds them. */
interface LoginSecrets {
  readonly nonce: string;
  readonly verifier: string;
}

export interface Proved {
  readonly issuer: string;
  readonly subject: string;
  /** When the person entered what they enter at the provider; absent where the provider does not say. */
  readonly authTime: Instant | undefined;
}

export interface OidcProvider {
  /** As links name it: the same however its address is written. */
  readonly issuer: string;
  /** @param fresh whether the person must show at the provider to be there, whatever session they have at it */
  begin(asked: { redirectUri: string; state: string; browser: string; fresh: boolean }): Promise<string>;
  /** @param withinMs how old the person's sign-in at the provider may be @throws Problem oidc-failed, oidc-away */
  finish(callback: URL, expected: { state: string; browser: string; withinMs?: number | undefined }): Promise<Proved>;
  /** Where the provider's own session is ended; absent where it has no such page. */
  leave(back: string): Promise<string | undefined>;
}

/** For one answer of the provider, seconds; a login takes three at most, and a request of ours 25 s. */
const ANSWER_S = 5;
/** Metadata and the secret's file are read anew after this. */
const KNOWN_MS = 3_600_000;

export const issuerOf = (address: string): string => new URL(address).href;

export function oidcProvider(settings: OidcSettings, clock: () => Instant): OidcProvider {
  let known: { readonly provider: Promise<oidc.Configuration>; readonly at: Instant } | undefined;
  const provider = async (): Promise<oidc.Configuration> => {
    if (known === undefined || clock() - known.at > KNOWN_MS) known = { provider: discover(settings), at: clock() };
    try {
      return await known.provider;
    } catch (error) {
      known = undefined;
      throw away(error);
    }
  };
  return {
    issuer: issuerOf(settings.issuer),
    async begin({ redirectUri, state, browser, fresh }) {
      const { nonce, verifier } = secretsOf(browser, state);
      const url = oidc.buildAuthorizationUrl(await provider(), {
        redirect_uri: redirectUri,
        scope: settings.scopes,
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(fresh ? { max_age: '0', prompt: 'login' } : {}),
      });
      return url.href;
    },
    async finish(callback, { state, browser, withinMs }) {
      const config = await provider();
      const { nonce, verifier } = secretsOf(browser, state);
      try {
        const tokens = await oidc.authorizationCodeGrant(config, callback, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
          ...(withinMs === undefined ? {} : { maxAge: Math.ceil(withinMs / 1000) }),
        });
        const { sub, auth_time: seconds } = tokens.claims()!;
        return { issuer: issuerOf(settings.issuer), subject: sub, authTime: seconds === undefined ? undefined : seconds * 1000 };
      } catch (error) {
        throw isAway(error) ? away(error) : refused(error);
      }
    },
    async leave(back) {
      const config = await provider();
      if (config.serverMetadata().end_session_endpoint === undefined) return undefined;
      return oidc.buildEndSessionUrl(config, { post_logout_redirect_uri: back }).href;
    },
  };
}

async function discover({ issuer, clientId, secretFile }: OidcSettings): Promise<oidc.Configuration> {
  const secret = secretFile === undefined ? undefined : (await readFile(secretFile, 'utf8')).trim();
  const execute = [oidc.enableNonRepudiationChecks, ...(issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [])];
  const authenticate: oidc.ClientAuth = (server, ...rest) => {
    if (secret === undefined) return oidc.None()(server, ...rest);
    // Basic is what a provider takes that does not say (OpenID Connect Discovery 1.0, 3).
    const basic = server.token_endpoint_auth_methods_supported?.includes('client_secret_basic') ?? true;
    return (basic ? oidc.ClientSecretBasic(secret) : oidc.ClientSecretPost(secret))(server, ...rest);
  };
  return oidc.discovery(new URL(issuer), clientId, undefined, authenticate, { execute, timeout: ANSWER_S });
}

function secretsOf(browser: string, state: string): LoginSecrets {
  const derived = (use: string): string => createHash('sha256').update(`${use}.${browser}.${state}`, 'utf8').digest('base64url');
  return { nonce: derived('nonce'), verifier: derived('verifier') };
}

/** The provider did not answer, or not as a provider does. */
function isAway(error: unknown): boolean {
  const { code } = error as { code?: string };
  const status = (error as { status?: unknown }).status;
  if (typeof status === 'number' && status >= 500) return true;
  return (error instanceof TypeError && code === undefined) || code === 'OAUTH_TIMEOUT' || code === 'OAUTH_RESPONSE_IS_NOT_CONFORM';
}

function away(cause: unknown): Problem {
  return Object.assign(new Problem('oidc-away', { headers: { 'Retry-After': '5' } }), { cause: new Error(reasonOf(cause)) });
}

/** Says the provider's own code, where it has one (RFC 6749, 4.1.2.1); what was wrong with a token is nobody's business but the log's. */
function refused(cause: unknown): Problem {
  const { error } = cause as { error?: unknown };
  const said = typeof error === 'string' && /^[a-z_]{1,50}$/.test(error) ? error : undefined;
  const why = said === undefined ? {} : { zh: `身份提供方答复:${said}。请重新登录。`, en: `The provider answered ${said}. Sign in again.` };
  return Object.assign(new Problem('oidc-failed', why), { cause: new Error(said ?? reasonOf(cause)) });
}

/** For the log: never what an answer held, which may be tokens or claims. */
function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return [code, message].filter((part) => typeof part === 'string').join(': ');
}
