/** The instant the demo company was founded: all its past is counted from here, so that telling it again says the same. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const fileIn = (dataDir: string): string => join(dataDir, 'demo-founded-at');

export async function foundedAt(dataDir: string): Promise<number | undefined> {
  const kept = Date.parse(await readFile(fileIn(dataDir), 'utf8').catch(() => ''));
  return Number.isNaN(kept) ? undefined : kept;
}

export async function foundNow(dataDir: string): Promise<number> {
  const now = Math.floor(Date.now() / 1000) * 1000;
  await writeFile(fileIn(dataDir), new Date(now).toISOString(), { mode: 0o600 });
  return now;
}
