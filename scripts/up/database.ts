import { join } from 'node:path';
import pg from 'pg';
import { databasePassword } from '../stack/data-folder.ts';
import { keepAlive } from '../stack/keep-alive.ts';
import { durableHome } from '../stack/postgres-home.ts';
import { answers, startPostgres } from '../stack/postgres.ts';
import type { UpContext } from './context.ts';

const name = 'redress';

/**
 * The database: the one of DATABASE_URL, or a PostgreSQL of our own whose data stays in the data folder.
 * @returns its address
 */
export async function startDatabase(up: UpContext): Promise<string> {
  const given = up.config.databaseUrl;
  if (given !== undefined) {
    const where = withoutPassword(given);
    if (!(await answers(given)))
      throw new Error(`The database of DATABASE_URL (${where}) does not answer: start it, or unset DATABASE_URL.`);
    up.say(`PostgreSQL: the one of DATABASE_URL, ${where}`);
    await up.note('postgres', where);
    return given;
  }
  const dir = await durableHome(join(up.config.dataDir, 'postgres'), up.say);
  const password = await databasePassword(up.config.dataDir);
  const kept = await keepAlive({
    name: 'PostgreSQL',
    start: () => startPostgres({ dir, port: up.ports.postgres, durable: true, password }),
    onRunning: (running) => up.note('postgres', withoutPassword(inDatabase(running.url)), running),
    say: up.say,
  });
  up.onStop('PostgreSQL', kept.stop);
  await createDatabase(kept.first.url);
  return inDatabase(kept.first.url);
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
}

function inDatabase(url: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/** An address that may be shown. */
export function withoutPassword(url: string): string {
  const shown = new URL(url);
  shown.password = '';
  return shown.href;
}
