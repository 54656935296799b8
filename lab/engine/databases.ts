/** A database for each story, copied from one that was migrated once. */
import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { connect, type Db } from '../../db/database.ts';
import { migrateToLatest } from '../../db/migrate.ts';
import { ringOf } from '../../runtime/keys/ring.ts';
import { vaultWith } from '../../vault/vault.ts';

export interface Databases {
  /** A fresh, migrated database whose case numbers no other story has. */
  fresh(): Promise<StoryDatabase>;
  /** Removes the template. */
  close(): Promise<void>;
}

export interface StoryDatabase {
  /** As the application sees it. */
  readonly db: Db;
  /** As its owner sees it, for what is given before the story. */
  readonly owner: Db;
  /** Closes and removes it. */
  drop(): Promise<void>;
}

/** Cases per story at most: each story's numbers begin that far above the one before. */
const PER_STORY = 1000;
const PER_RUN = 1000 * PER_STORY;

/** @param serverUrl a database of the server that may create others */
export async function openDatabases(serverUrl: string): Promise<Databases> {
  const run = randomUUID().replaceAll('-', '').slice(0, 12);
  const template = `lab_${run}`;
  // Stories of other runs on the same engine must not have the same case numbers.
  const firstNumber = (Number.parseInt(run.slice(0, 4), 16) % 900) * PER_RUN;
  const vault = vaultWith(ringOf([randomBytes(32)]));
  let stories = 0;
  await onServer(serverUrl, `create database ${template}`);
  await migrateToLatest(inDatabase(serverUrl, template));
  return {
    async fresh() {
      const n = stories++;
      const name = `${template}_${n}`;
      await onServer(serverUrl, `create database ${name} template ${template}`);
      const url = inDatabase(serverUrl, name);
      await onServer(url, `alter sequence case_number_seq restart with ${firstNumber + n * PER_STORY + 1}`);
      const db = connect({ url, poolSize: 4, vault });
      const owner = connect({ url, as: 'owner', poolSize: 1, vault });
      return {
        db,
        owner,
        async drop() {
          await Promise.all([db.destroy(), owner.destroy()]);
          await onServer(serverUrl, `drop database if exists ${name} with (force)`);
        },
      };
    },
    close: () => onServer(serverUrl, `drop database if exists ${template} with (force)`),
  };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function inDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
