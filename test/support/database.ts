import { randomBytes, randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import pg from 'pg';
import { inject } from 'vitest';

export interface FreshDatabase {
  readonly url: string;
  /** Cuts every session and removes it. */
  drop(): Promise<void>;
}

/**
 * A migrated database of its own on the run's PostgreSQL. The schema is migrated once a run, into a template; each
 * database is a copy of that.
 */
export async function freshDatabase(): Promise<FreshDatabase> {
  const server = inject('databaseUrl');
  await ensureTemplate(server);
  const name = `t_${randomBytes(8).toString('hex')}`;
  await onServer(server, (client) => client.query(`create database ${name} template ${template}`));
  // The files of a run share one Temporal server, where a number is a workflow id: each database counts from elsewhere.
  await onServer(inDatabase(server, name), (client) => client.query(`select setval('case_number_seq', $1)`, [randomInt(1, 900_000_000)]));
  return {
    url: inDatabase(server, name),
    drop: () => onServer(server, (client) => client.query(`drop database if exists ${name} with (force)`)),
  };
}

const template = 'redress_test_template';
/** Any number; test files that arrive together wait for one another at it. */
const lock = 72_633_701;

async function ensureTemplate(server: string): Promise<void> {
  await onServer(server, async (client) => {
    await client.query('select pg_advisory_lock($1)', [lock]);
    const { rows } = await client.query('select datistemplate from pg_database where datname = $1', [template]);
    if (rows[0]?.datistemplate === true) return;
    await client.query(`drop database if exists ${template} with (force)`);
    await client.query(`create database ${template}`);
    await migrate(inDatabase(server, template));
    await client.query(`alter database ${template} is_template true`);
  });
}

async function migrate(url: string): Promise<void> {
  const file = new URL('../../db/migrate.ts', import.meta.url);
  if (!existsSync(file)) return;
  const { migrateToLatest } = (await import(/* @vite-ignore */ file.href)) as { migrateToLatest(url: string): Promise<string[]> };
  await migrateToLatest(url);
}

/** Ending the session gives the lock back, whatever happened. */
async function onServer(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function inDatabase(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
