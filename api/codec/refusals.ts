/** Counts logins that are refused, by address and for all processes together, so that tokens cannot be tried out. */
import { createHash } from 'node:crypto';
import type { Db } from '../../db/database.ts';
import { take, taken } from '../../db/rate-counts.ts';
import { Problem } from '../problems/problem.ts';

export interface Refusals {
  /** @throws Problem too-many-requests */
  check(address: string): Promise<void>;
  count(address: string): Promise<void>;
}

/** While nobody can count, nobody is let in: to sign in needs the same database. */
export function refusals(db: Db, { max, windowMs }: { readonly max: number; readonly windowMs: number }): Refusals {
  const keyOf = (address: string): string => createHash('sha256').update(`codec refused|${max}|${address}`).digest('base64url');
  return {
    async check(address) {
      const { taken: refused, leftMs } = await taken(db, keyOf(address));
      if (refused >= max) throw new Problem('too-many-requests', { headers: { 'Retry-After': String(Math.ceil(leftMs / 1_000)) } });
    },
    async count(address) {
      await take(db, keyOf(address), 1, windowMs);
    },
  };
}
