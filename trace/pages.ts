/** `docs/procedures/<pack>.md`: how to work a procedure through the API, and what becomes of each of its clauses; and the tables of `docs/security.md`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describePack } from '../packs/describe.ts';
import { listPacks, loadPack } from '../packs/load.ts';
import { clausesOf } from './clauses.ts';
import { handbookOf } from './handbook.ts';
import { securityPage } from './security-page.ts';
import type { Trace } from './trace.ts';

/** Paths of the pages that were written. */
export function writePages(root: string, found: Trace): string[] {
  return pages(root, found).map(({ path, text }) => {
    writeFileSync(join(root, path), text);
    return path;
  });
}

/** Paths of pages that are not as they would be written. */
export function stalePages(root: string, found: Trace): string[] {
  return pages(root, found)
    .filter(({ path, text }) => readOrNothing(join(root, path)) !== text)
    .map(({ path }) => path);
}

function pages(root: string, found: Trace): { path: string; text: string }[] {
  const procedures = listPacks().flatMap((id) => {
    const rows = found.rows.filter((row) => row.system.toLowerCase() === id);
    if (rows.length === 0) return []; // a pack of our own, with no document behind it
    const text = [...handbookOf(describePack(loadPack(id))), ...clausesOf(root, rows)].join('\n');
    return [{ path: `docs/procedures/${id}.md`, text: `${text}\n` }];
  });
  const secure = securityPage(root);
  return secure === undefined ? procedures : [...procedures, secure];
}

function readOrNothing(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
