/** Whether it is the person's password. */
import type { FastifyRequest } from 'fastify';
import type { Db } from '../../db/database.ts';
import { forgetTries, takeTry } from '../../db/sign-in-doors.ts';
import type { Instant } from '../../domain/time.ts';
import { logEvent } from '../plugins/security-log.ts';
import { Problem } from '../problems/problem.ts';
import { standingOf } from './doors.ts';
import { isPassword } from './password.ts';

/** Takes as long for a person who is not there, and at a door that is shut; says no more than that it failed. @throws Problem sign-in-failed */
export async function checkPassword(db: Db, request: FastifyRequest, person: string, password: string, at: Instant): Promise<void> {
  const taken = await takeTry(db, await standingOf(db, request, person), at);
  const open = typeof taken === 'object' ? taken : undefined;
  const right = await isPassword(open?.passwordHash, password);
  if (open !== undefined && right) return forgetTries(db, person, open.door, at);
  logEvent(request, 'wrong-password', taken === 'nobody' ? {} : { person, ...(taken === 'shut' && { how: 'shut' }) });
  throw new Problem('sign-in-failed');
}
