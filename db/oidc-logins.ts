/** Logins that a provider has been asked for. State and browser are known here by their hashes only. */
import type { Instant } from '../domain/time.ts';
import type { Db } from './database.ts';

/** How long somebody may take at the provider. */
export const LOGIN_LASTS_MS = 10 * 60_000;

export interface PendingLogin {
  readonly stateHash: string;
  /** Of the secret in the cookie of the browser that began it. */
  readonly browserHash: string;
  /** A path of ours, where the browser goes afterwards. */
  readonly wayBack: string;
  /** Id of the session that is to be made fresh. */
  readonly session?: string | undefined;
  /** Hash of the one-time link by which the identity is to be linked. */
  readonly linkHash?: string | undefined;
}

/** Those that have ended are removed with it. */
export async function beginLogin(db: Db, login: PendingLogin, at: Instant): Promise<void> {
  await db.deleteFrom('oidc_login').where('ends_at', '<', new Date(at)).execute();
  await db
    .insertInto('oidc_login')
    .values({
      state_hash: login.stateHash,
      browser_hash: login.browserHash,
      way_back: login.wayBack,
      session: login.session ?? null,
      link_hash: login.linkHash ?? null,
      begun_at: new Date(at),
      ends_at: new Date(at + LOGIN_LASTS_MS),
    })
    .execute();
}

/** Once, in time, and by the browser that began it; of two callbacks at once, one. Another browser does not use it up. */
export async function takeLogin(
  db: Db,
  stateHash: string,
  browserHash: string,
  at: Instant,
): Promise<(PendingLogin & { readonly begunAt: Instant }) | undefined> {
  const row = await db
    .updateTable('oidc_login')
    .set({ used_at: new Date(at) })
    .where('state_hash', '=', stateHash)
    .where('browser_hash', '=', browserHash)
    .where('used_at', 'is', null)
    .where('ends_at', '>', new Date(at))
    .returning(['way_back', 'session', 'link_hash', 'begun_at'])
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { way_back: wayBack, session, link_hash: linkHash, begun_at } = row;
  return { stateHash, browserHash, wayBack, session: session ?? undefined, linkHash: linkHash ?? undefined, begunAt: begun_at.getTime() };
}
