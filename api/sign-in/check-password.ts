/** Whether it is the person's password. */
import type { FastifyRequest } from 'fastify';
import { accountOf, countFailure, forgetFailures } from '../../db/accounts.ts';
import type { Db } from '../../db/database.ts';
import type { Instant } from '../../domain/time.ts';
import { logEvent } from '../plugins/security-log.ts';
import { Problem } from '../problems/problem.ts';
import { isPassword } from './password.ts';

/** Takes as long for a person who is not there; says no more than that it failed. @throws Problem sign-in-failed */
export async function checkPassword(db: Db, request: FastifyRequest, person: string, password: string, at: Instant): Promise<void> {
  const account = await accountOf(db, person);
  const right = await isPassword(account?.passwordHash, password);
  const locked = account?.lockedUntil !== undefined && account.lockedUntil > at;
  if (right && !locked) return forgetFailures(db, person);
  // While it is locked nothing is counted: else whoever guesses could keep its owner out for ever.
  if (account !== undefined && !locked) await countFailure(db, person, at);
  logEvent(request, 'wrong-password', account === undefined ? {} : { person });
  throw new Problem('sign-in-failed');
}
