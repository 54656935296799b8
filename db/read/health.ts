/** Does the database answer, and is its schema the one this code was written for? */
import { readdir } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Db } from '../database.ts';

const FOLDER = new URL('../migrations/', import.meta.url);

export type StoreHealth = 'up' | 'behind' | 'down';

/** `behind`: migrations are missing. Answers within `withinMs`; never throws. */
export async function storeHealth(db: Db, withinMs = 2_000): Promise<StoreHealth> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<StoreHealth>((resolve) => {
    timer = setTimeout(() => resolve('down'), withinMs);
  });
  try {
    return await Promise.race([ask(db), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function ask(db: Db): Promise<StoreHealth> {
  try {
    const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
    const done = new Set(rows.map((r) => r.name));
    const files = (await readdir(FOLDER)).filter((f) => f.endsWith('.ts')).map((f) => f.slice(0, -'.ts'.length));
    return files.every((f) => done.has(f)) ? 'up' : 'behind';
  } catch (error) {
    return (error as { code?: string }).code === '42P01' ? 'behind' : 'down';
  }
}
