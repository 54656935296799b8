/** The customer's door to one case: the secret of a link and the end of the telephone, both right, or the same 404. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Db } from '../../db/database.ts';
import { note } from '../../db/journal.ts';
import { everyEventOf } from '../../db/read/events.ts';
import { addLink, TRACKING_DAYS, tryLink } from '../../db/tracking.ts';
import { familyOf } from '../../domain/family.ts';
import type { AnyEvent } from '../../domain/case/event.ts';
import { fold } from '../../domain/case/reduce.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { CUSTOMER_WEB, type CustomerSide } from '../../domain/customer/side.ts';
import type { Instant } from '../../domain/time.ts';
import { Problem } from '../problems/problem.ts';
import { hashSecret, newSecret } from '../sign-in/secret.ts';

/** Every refusal takes this long from the request on, so that its time does not tell what was wrong. */
export const REFUSED_AFTER_MS = 400;
const DAY_MS = 86_400_000;

/** What every request of a customer begins with. Never in an address: those are logged. */
export const door = {
  secret: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/, 'the secret of the link')
    .describe('What stands after the # of the link'),
  tail: z
    .string()
    .regex(/^\d{4}$/, 'four digits')
    .describe('Last four digits of the telephone'),
};

export interface Door {
  readonly secret: string;
  readonly tail: string;
}

export interface Entered {
  readonly link: string;
  readonly number: string;
}

interface Deps {
  readonly db: Db;
  readonly clock: () => Instant;
}

/** The case of a link. What was looked at stands in the journal. @throws Problem not-found, whatever was wrong, after the same time */
export async function enter({ db, clock }: Deps, { secret, tail }: Door): Promise<Entered> {
  const since = performance.now();
  const at = clock();
  const tried = await tryLink(db, hashSecret(secret), tailHash(secret, tail), at);
  if (tried?.right) {
    await note(db, { kind: 'read', at, person: CUSTOMER_WEB, what: { case: tried.caseNumber, link: tried.id } });
    return { link: tried.id, number: tried.caseNumber };
  }
  if (tried?.closed) {
    await note(db, { kind: 'refusal', at, person: CUSTOMER_WEB, what: { case: tried.caseNumber, link: tried.id, code: 'link-locked' } });
  }
  await pause(Math.max(0, REFUSED_AFTER_MS - (performance.now() - since)));
  throw new Problem('not-found');
}

/** The case behind an entered door. Undefined: its opening still waits to be decided. */
export async function trackedCase(db: Db, number: string): Promise<{ state: CaseState; events: readonly AnyEvent[] } | undefined> {
  const events = await everyEventOf(db, number);
  return events.length === 0 ? undefined : { state: fold(events), events };
}

export interface MadeLink {
  readonly id: string;
  readonly secret: string;
  readonly endsAt: Instant;
}

/** @param days 1 to 366 @param key of the intake that asks: its earlier link ends */
export async function makeTrackingLink(
  { db, clock }: Deps,
  { number, tail, by, days = TRACKING_DAYS, key }: { number: string; tail: string; by: string; days?: number; key?: string },
): Promise<MadeLink> {
  const [secret, id, at] = [newSecret(), randomUUID(), clock()];
  const endsAt = at + days * DAY_MS;
  const hashes = { hash: hashSecret(secret), tailHash: tailHash(secret, tail) };
  await addLink(db, { ...hashes, id, caseNumber: number, by, at, endsAt, ...(key === undefined ? {} : { key }) });
  return { id, secret, endsAt };
}

/** Bound to the secret: from the table alone no tail can be found out. */
const tailHash = (secret: string, tail: string): string => hashSecret(`${secret}\n${tail}`);

/** The page of the link; the secret stands after the #, which browsers do not send. */
export const pageOf = (publicUrl: string, secret: string): string => `${publicUrl.replace(/\/$/, '')}/track#${secret}`;

/** The side of a case's pack, else of what that extends. @throws Problem not-found: customers see nothing of that procedure or kind */
export function sideOf(
  sides: ReadonlyMap<string, CustomerSide>,
  pack: { readonly id: string; readonly bases?: readonly string[] },
  kind: string,
): CustomerSide {
  const side = familyOf(pack)
    .map((id) => sides.get(id))
    .find((one) => one !== undefined);
  if (side?.kinds.includes(kind) !== true) throw new Problem('not-found');
  return side;
}
