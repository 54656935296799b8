/** Where somebody stands who gives a password: in a session of theirs, at a browser, at an address. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Db, Trx } from '../../db/database.ts';
import { keyedWords } from '../../db/personal.ts';
import { KNOWN_MS, knowDoors, type Standing } from '../../db/sign-in-doors.ts';
import type { Instant } from '../../domain/time.ts';
import { addressOf } from '../http/caller-address.ts';
import { hashSecret, newSecret } from './secret.ts';

/** What the browser's cookie holds is known to the store by its hash only, and an address by a keyed one. */
export async function standingOf(db: Db | Trx, request: FastifyRequest, person: string): Promise<Standing> {
  const browser = request.server.browserCookie.read(request);
  const { session } = request;
  const address = await addressDoor(db, request, person);
  return {
    person,
    session: session?.person === person ? `session:${session.id}` : undefined,
    maybeKnown: [...(browser === undefined ? [] : [browserDoor(browser)]), address],
    address,
  };
}

/** The browser and the address are from now on known as the person's. */
export async function recognise(db: Db | Trx, request: FastifyRequest, reply: FastifyReply, person: string, at: Instant): Promise<void> {
  const cookie = request.server.browserCookie;
  const secret = cookie.read(request) ?? newSecret();
  await knowDoors(db, person, [browserDoor(secret), await addressDoor(db, request, person)], at);
  cookie.set(reply, secret, KNOWN_MS / 1000);
}

const browserDoor = (secret: string): string => `browser:${hashSecret(secret)}`;

async function addressDoor(db: Db | Trx, request: FastifyRequest, person: string): Promise<string> {
  return `address:${(await keyedWords(db))('sign-in', `${person} ${addressOf(request)}`)}`;
}
