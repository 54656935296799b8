/** Brings a database to the newest schema. Migrations are frozen once released. */
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { FileMigrationProvider, Migrator } from 'kysely/migration';
import { connect, type Db } from './database.ts';

const migrationFolder = fileURLToPath(new URL('./migrations', import.meta.url));

/** Runs what is missing; returns the names that ran. @throws the first migration's own error. */
export async function migrateToLatest(databaseUrl: string): Promise<string[]> {
  const db = connect({ url: databaseUrl, as: 'owner', poolSize: 1 });
  try {
    const { error, results = [] } = await migrator(db).migrateToLatest();
    if (error !== undefined) throw new Error('a migration failed', { cause: error });
    return results.map((r) => r.migrationName);
  } finally {
    await db.destroy();
  }
}

/** Names of migrations that have not run. */
export async function pendingMigrations(databaseUrl: string): Promise<string[]> {
  const db = connect({ url: databaseUrl, as: 'owner', poolSize: 1 });
  try {
    return (await migrator(db).getMigrations()).filter((m) => m.executedAt === undefined).map((m) => m.name);
  } finally {
    await db.destroy();
  }
}

const migrator = (db: Db): Migrator => new Migrator({ db, provider: new FileMigrationProvider({ fs, path, migrationFolder }) });
