/** Connection to the store. */
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import type { Vault } from '../vault/vault.ts';
import type { Store } from './schema/store.ts';
import { giveVault } from './vault-of.ts';

export type Db = Kysely<Store>;
export type Trx = Transaction<Store>;

/** The role the application works in: it may append events, documents and ledger entries, never change them. */
export const APP_ROLE = 'redress_app';
/** The role in which notices leave: it reads what they tell, notes what came of them, and has the queue. Of the record it may write nothing. */
export const NOTICES_ROLE = 'redress_notices';
const ROLES = { app: APP_ROLE, notices: NOTICES_ROLE, owner: undefined } as const;

export interface ConnectOptions {
  readonly url: string;
  /** `owner` only for migrations and tests that look behind the fence. */
  readonly as?: keyof typeof ROLES;
  readonly poolSize?: number;
  /** Seals and opens what is personal; whoever does neither needs none. */
  readonly vault?: Vault;
  /** Told when PostgreSQL drops an idle connection; the pool replaces it. */
  readonly onError?: (error: Error) => void;
}

export function connect({ url, as = 'app', poolSize = 10, vault, onError = () => undefined }: ConnectOptions): Db {
  const role = ROLES[as];
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 5_000,
    idle_in_transaction_session_timeout: 30_000,
    options: `-c timezone=UTC -c statement_timeout=30000 -c lock_timeout=10000${role === undefined ? '' : ` -c role=${role}`}`,
  });
  // Without a listener a dropped idle connection (57P01) ends the process.
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
  const db = new Kysely<Store>({ dialect: new PostgresDialect({ pool }) });
  if (vault !== undefined) giveVault(db, vault);
  return db;
}

/** In the transaction that is given, or in one of its own. */
export function inTransaction<T>(db: Db | Trx, work: (trx: Trx) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db as Trx) : db.transaction().execute(work);
}

/** True for what means "the database does not answer", as opposed to a statement it refused. */
export function isAway(error: unknown): boolean {
  const { code, message = '' } = error as { code?: string; message?: string };
  if (code !== undefined && /^(08|57P|53|ECONN|ENOTFOUND|EPIPE|ETIMEDOUT|EAI_)/.test(code)) return true;
  return /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(message);
}
