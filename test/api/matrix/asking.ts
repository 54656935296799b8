/** Callers that have signed in, each from an address of their own. */
import { createHash, randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Db } from '../../../db/database.ts';
import { startSession } from '../../../db/sessions.ts';
import type { Ask } from './ask.ts';
import type { Who } from './who.ts';

/** Either way by more than the five minutes for which a password counts, however long the asking takes. */
const STALE_MS = 3_600_000;

export interface Got {
  readonly status: number;
  readonly code: string;
  readonly text: string;
}

export type Send = (method: string, url: string, ask: Ask, body: unknown) => Promise<Got>;

export interface Asking {
  readonly send: Send;
  /** By which they show who they are. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Makes the person with their roles, and how they show who they are. @returns how they ask */
export async function signIn(app: FastifyInstance, db: Db, owner: Db, who: Who, index: number): Promise<Asking> {
  const person = who.name.replaceAll(/[^A-Za-z0-9_.-]/g, '-');
  const secret = randomBytes(32).toString('base64url');
  const hash = createHash('sha256').update(secret).digest('hex');
  await db
    .insertInto('person')
    .values({ id: person, name: person })
    .onConflict((c) => c.doNothing())
    .execute();
  const place = who.name === 'other-place' ? { place: 'estates/elsewhere' } : {};
  for (const [pack_id, roles] of Object.entries(who.packs))
    for (const role of roles)
      await db
        .insertInto('person_role')
        .values({ person, pack_id, role, ...place })
        .execute();
  const remoteAddress = who.fromHere ? '127.0.0.1' : `10.0.${Math.floor(index / 200)}.${(index % 200) + 1}`;
  const headers = await shown();
  const send: Send = async (method, url, ask, body) => {
    const sent = body === undefined ? {} : { payload: ask.type === undefined ? JSON.stringify(body) : (body as string) };
    const answer = await app.inject({
      method: method as 'GET',
      url,
      remoteAddress,
      ...sent,
      headers: {
        ...(method === 'GET' ? {} : { 'idempotency-key': randomBytes(12).toString('hex') }),
        ...(body === undefined ? {} : { 'content-type': ask.type ?? 'application/json' }),
        ...ask.headers,
        ...headers,
      },
    });
    return read(answer.statusCode, String(answer.headers['content-type']), answer.body);
  };
  return { send, headers };

  async function shown(): Promise<Record<string, string>> {
    const at = Date.now();
    if (who.by === 'session' || who.shows === 'ended-session') {
      await startSession(db, { hash, person, how: 'password', agent: 'matrix', at, freshAt: at + (who.stale ? -STALE_MS : STALE_MS) });
      if (who.shows !== undefined) await owner.updateTable('session').set({ ended_at: new Date() }).where('hash', '=', hash).execute();
      return { cookie: `redress=${secret}`, origin: 'http://127.0.0.1:8080' };
    }
    if (who.shows === 'locked') {
      const locked_until = new Date(at + 3_600_000);
      await owner.insertInto('account').values({ person, password_hash: '', changed_at: new Date(), locked_until }).execute();
      return {};
    }
    if (who.by === 'none' && who.shows === undefined) return {};
    const ended = who.shows === 'ended-token' ? { ended_at: new Date() } : {};
    const scopes = who.scopes === undefined ? {} : { scopes: [...who.scopes] };
    await owner
      .insertInto('api_token')
      .values({ hash, person, ...scopes, ...ended })
      .execute();
    return { authorization: `Bearer ${secret}` };
  }
}

function read(status: number, type: string, text: string): Got {
  const code = /problem\+json/.test(type) ? String((JSON.parse(text) as { code?: string }).code) : '';
  return { status, code, text };
}

/** Of two answers what may differ though they say the same: the address that was asked, and the request's own number. */
export const same = ({ text, code }: Got): string =>
  code === '' ? text : text.replace(/"instance":"[^"]*"/, '"instance":""').replace(/"traceId":"[^"]*"/, '"traceId":""');
