/** Speaks to the running API as one person. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../temporal.config.ts';
import { readState } from '../stack/state.ts';

/** Where the API is and who speaks; each has a default. */
export interface Speaker {
  readonly api?: string;
  readonly token?: string;
  readonly as?: string;
}

type Body = Record<string, any>; // an answer of the API, read by its own document

export interface ApiClient {
  get(path: string): Promise<Body>;
  /** Under a key of its own. @throws with title, detail and every field problem when it is refused */
  post(path: string, body: unknown): Promise<Body>;
}

/**
 * The API of `--api`, else of the local stack that runs; the token of `--token`, else REDRESS_TOKEN, else that of the demo
 * person `--as`. @throws with one sentence when there is no token
 */
export async function apiClient({ api, token, as }: Speaker, config: Config): Promise<ApiClient> {
  const address = api ?? (await readState(config.dataDir)).parts.api?.address ?? config.publicUrl;
  const bearer = token ?? (as === undefined ? config.token : await demoToken(config.dataDir, as));
  if (bearer === undefined)
    throw new Error('Who are you? Give --token or REDRESS_TOKEN, or with the demo company --as <person> (`npm start` lists them).');
  const send = async (method: 'GET' | 'POST', path: string, body?: unknown): Promise<Body> => {
    const headers = {
      authorization: `Bearer ${bearer}`,
      'accept-language': 'en',
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
    };
    const response = await fetch(`${address.replace(/\/$/, '')}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((error: Error) => {
      throw new Error(`The API at ${address} does not answer: ${error.cause instanceof Error ? error.cause.message : error.message}`);
    });
    const answer = (await response.json()) as Body;
    if (!response.ok) throw new Error(sayRefusal(answer));
    return answer;
  };
  return { get: (path) => send('GET', path), post: (path, body) => send('POST', path, body) };
}

async function demoToken(dataDir: string, person: string): Promise<string> {
  const file = join(dataDir, 'demo-logins.json');
  const logins = JSON.parse(await readFile(file, 'utf8').catch(() => '[]')) as { person: string; token: string }[];
  const found = logins.find((login) => login.person === person);
  if (found === undefined) throw new Error(`The demo company has nobody called ${person}.`);
  return found.token;
}

function sayRefusal({ code, title, detail, errors = [] }: Body): string {
  const places = (errors as { path: string; message: string }[]).map(({ path, message }) => `\n  ${path}: ${message}`).join('');
  return `${title ?? 'refused'} (${code})${detail === undefined ? '' : ` ${detail}`}${places}`;
}
