/** People who have just signed in with a password, as far as the routes can tell: what asks for that takes no token. */
import type { Db } from '../../../db/database.ts';
import { startSession } from '../../../db/sessions.ts';
import { hashSecret, newSecret } from '../../../api/sign-in/secret.ts';
import type { Api, Caller } from './api.ts';
import { signUp } from './people.ts';

const ORIGIN = 'http://127.0.0.1:8080';

/** @param freshAt when they entered their password @param at when the session began; both default to now */
export async function inSession(api: Api, db: Db, person: string, at: number = Date.now(), freshAt: number = at): Promise<Caller> {
  const secret = newSecret();
  await startSession(db, { hash: hashSecret(secret), person, how: 'password', agent: '', at, freshAt });
  const ours = { cookie: `redress=${secret}`, origin: ORIGIN };
  const { anybody } = api;
  return {
    get: (url, headers) => anybody.get(url, { ...ours, ...headers }),
    post: (url, body, headers) => anybody.post(url, body, { ...ours, ...headers }),
    put: (url, body, headers) => anybody.put(url, body, { ...ours, ...headers }),
    send: (method, url, body, headers) => anybody.send(method, url, body, { ...ours, ...headers }),
  };
}

const HOUR_MS = 3_600_000;

/** An administrator by a session that stays fresh while the file runs. */
export async function administrator(api: Api, db: Db, person: string): Promise<Caller> {
  await signUp(db, person, { redress: ['administrator'] });
  return inSession(api, db, person, Date.now(), Date.now() + HOUR_MS);
}
