/** A browser's session begins: under a new secret, and in place of whatever session the browser had before (OWASP ASVS 5.0, 7.2.4). */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Db } from '../../db/database.ts';
import { endSessionBy, LASTS_MS, startSession, type NewSession } from '../../db/sessions.ts';
import { logEvent } from '../plugins/security-log.ts';
import { iso } from '../view/instants.ts';
import { recognise } from './doors.ts';
import { hashSecret, newSecret } from './secret.ts';

/** What a browser forgets once somebody has signed out (OWASP ASVS 5.0, 14.3.1). */
export const FORGET = '"cache", "storage"';

export async function begin(
  db: Db,
  request: FastifyRequest,
  reply: FastifyReply,
  { person, how, at, freshAt }: Pick<NewSession, 'person' | 'how' | 'at' | 'freshAt'>,
): Promise<{ person: string; endsAt: string }> {
  const cookie = request.server.sessionCookie;
  const [secret, before] = [newSecret(), cookie.read(request)];
  await db.transaction().execute(async (trx) => {
    if (before !== undefined) await endSessionBy(trx, hashSecret(before), at);
    await startSession(trx, { hash: hashSecret(secret), person, how, agent: request.headers['user-agent'] ?? '', at, freshAt });
  });
  logEvent(request, 'signed-in', { person, how });
  cookie.set(reply, secret, LASTS_MS / 1000);
  await recognise(db, request, reply, person, at);
  void reply.code(201);
  return { person, endsAt: iso(at + LASTS_MS) };
}
