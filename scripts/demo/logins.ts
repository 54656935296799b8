/** The demo people's tokens: random at the first start, readable in one file of the data folder, its owner's alone. */
import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { draftOf } from '../../runtime/draft.ts';
import { neighbours } from './neighbours.ts';
import { demoPeople, type DemoPerson } from './people.ts';

export interface DemoLogin extends DemoPerson {
  readonly token: string;
}

/** Those of the file, and new ones for people it does not know. */
export async function demoLogins(dataDir: string): Promise<DemoLogin[]> {
  const file = join(dataDir, 'demo-logins.json');
  const kept = JSON.parse(await readFile(file, 'utf8').catch(() => '[]')) as DemoLogin[];
  const tokens = new Map(kept.map(({ person, token }) => [person, token]));
  const logins = [...demoPeople, ...neighbours()].map((p) => ({
    ...p,
    token: tokens.get(p.person) ?? randomBytes(32).toString('base64url'),
  }));
  const draft = draftOf(file);
  await writeFile(draft, `${JSON.stringify(logins, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, file);
  return logins;
}
