/** What is made of the API's routes and committed: its document, the client's types, the page of who may. Needs no server, no store, no engine. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { join } from 'node:path';
import { buildApp } from '../../api/app.ts';
import { connect } from '../../db/database.ts';
import { fileKeys } from '../../db/personal.ts';
import { diskStore } from '../../files/disk.ts';
import type { Desk } from '../../desk/types.ts';
import { routesPage } from './routes-page.ts';

export async function apiDocument(): Promise<string> {
  // Never connects: nothing is asked of it.
  const db = connect({ url: 'postgres://127.0.0.1:1/nobody' });
  const app = await buildApp({
    db,
    desk: {} as Desk,
    config: { databaseUrl: '', publicUrl: '/', erasureLog: '/dev/null', logLevel: 'silent' },
    engineHealth: async () => false,
    files: diskStore(join(tmpdir(), 'redress-no-files'), fileKeys(db)), // made when the first file comes, and none does
  });
  try {
    await app.ready();
    return `${JSON.stringify(app.swagger(), undefined, 1)}\n`;
  } finally {
    await app.close();
    await db.destroy();
  }
}

const ROUTES = 'docs/routes.md';

/** Document, the client's types and the page, as the routes make them. */
async function made(root: string): Promise<ReadonlyMap<string, string>> {
  const document = await apiDocument();
  const folder = await mkdtemp(join(tmpdir(), 'redress-api-'));
  try {
    const [from, to] = [join(folder, 'openapi.json'), join(folder, 'schema.d.ts')];
    await writeFile(from, document);
    // On the compiler of its own that the client's workspace has: it needs an API that ours does not offer.
    await promisify(execFile)(process.execPath, [join(root, 'client/node_modules/openapi-typescript/bin/cli.js'), from, '-o', to]);
    return new Map([
      ['docs/openapi.json', document],
      ['client/schema.d.ts', await readFile(to, 'utf8')],
      [ROUTES, routesPage(await readFile(join(root, ROUTES), 'utf8'), document)],
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

export async function writeApiDocument(root: string): Promise<void> {
  for (const [path, text] of await made(root)) await writeFile(join(root, path), text);
}

/** One line for each that is not what the routes say. */
export async function staleApiDocument(root: string): Promise<string[]> {
  const stale: string[] = [];
  for (const [path, text] of await made(root)) {
    const kept = await readFile(join(root, path), 'utf8').catch(() => '');
    if (kept !== text) stale.push(`${path} is out of date: npm run redress -- openapi --write`);
  }
  return stale;
}
