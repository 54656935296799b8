/** Where the kept histories lie. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'kept');

export const keptFile = (name: string): string => join(folder, `${name}.json`);

export function keptHistories(): { name: string; history: unknown }[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json')).sort();
  return files.map((file) => ({ name: file.replace(/\.json$/, ''), history: JSON.parse(readFileSync(join(folder, file), 'utf8')) as unknown }));
}
