/** Signed-in people for tests: one per role, named after it. */
import { createHash, randomBytes } from 'node:crypto';
import type { Db } from '../../../db/database.ts';

export interface Signed {
  readonly person: string;
  readonly token: string;
}

/** Makes a person with their roles (pack id → roles) and a token. */
export async function signUp(db: Db, person: string, packs: Readonly<Record<string, readonly string[]>>): Promise<Signed> {
  const token = randomBytes(32).toString('base64url');
  await db
    .insertInto('person')
    .values({ id: person, name: `Name of ${person}` })
    .onConflict((c) => c.doNothing())
    .execute();
  const roles = Object.entries(packs).flatMap(([pack_id, held]) => held.map((role) => ({ person, pack_id, role })));
  if (roles.length > 0)
    await db
      .insertInto('person_role')
      .values(roles)
      .onConflict((c) => c.doNothing())
      .execute();
  await db
    .insertInto('api_token')
    .values({ hash: createHash('sha256').update(token).digest('hex'), person })
    .execute();
  return { person, token };
}
