import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The only two doors: everybody else is imported by the file that says it. */
const doors = new Set(['workflows/index.ts', 'desk/index.ts']);
/**
 * What no linter rule says: no barrel files but the two doors, and a page of its own for each top folder.
 * @returns one line per finding
 */
export async function checkHouse(root: string): Promise<string[]> {
  const found: string[] = [];
  const folders = new Set<string>();
  for await (const file of glob('*/**/*.{ts,tsx,mjs}', {
    cwd: root,
    exclude: (name) => /^(node_modules|dist|coverage|\.redress)$/.test(name),
  })) {
    folders.add(file.slice(0, file.indexOf('/')));
    if (/\/index\.tsx?$/.test(file) && !doors.has(file)) found.push(`${file}: no barrel files; import the file that says it`);
  }
  for (const folder of [...folders].toSorted()) {
    const page = await readFile(join(root, folder, 'README.md'), 'utf8').catch(() => undefined);
    if (page === undefined) found.push(`${folder}/README.md is missing: what lives here, what it may import, how to add one more`);
  }
  return found;
}
