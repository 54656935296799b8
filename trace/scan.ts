/** Where each id is tagged, in code and in tests. */
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { idsOfCode, tagsOfTests } from './tags.ts';

/** Folders of the product; what they tag is carried out there. */
const CODE = [
  'activities',
  'api',
  'db',
  'desk',
  'domain',
  'import',
  'notices',
  'packs',
  'print',
  'reconcile',
  'runtime',
  'whatif',
  'workflows',
];
const TEXTS = new Set(['.ts', '.tsx', '.yaml']);
/** More ids than this and a test proves none of them. */
const AT_MOST = 8;

export interface Places {
  /** Paths from the root, sorted. */
  readonly code: readonly string[];
  readonly tests: readonly string[];
}

export interface Scan {
  readonly places: ReadonlyMap<string, Places>;
  /** Tests with too many ids: path and tag. */
  readonly crowded: readonly string[];
}

export function scan(root: string): Scan {
  const code = new Map<string, Set<string>>();
  const tests = new Map<string, Set<string>>();
  const crowded: string[] = [];
  for (const path of CODE.flatMap((folder) => textsIn(root, folder))) {
    for (const id of idsOfCode(readFileSync(join(root, path), 'utf8'))) add(code, id, path);
  }
  for (const path of textsIn(root, 'test')) {
    for (const tag of tagsOfTests(readFileSync(join(root, path), 'utf8'), path.endsWith('.yaml') ? 'yaml' : 'ts')) {
      if (tag.length > AT_MOST) crowded.push(`${path}: [${tag.join(' ')}]`);
      for (const id of tag) add(tests, id, path);
    }
  }
  const ids = [...new Set([...code.keys(), ...tests.keys()])];
  return { crowded, places: new Map(ids.map((id) => [id, { code: sorted(code.get(id)), tests: sorted(tests.get(id)) }])) };
}

function textsIn(root: string, folder: string): string[] {
  try {
    return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => TEXTS.has(extname(name)))
      .map((name) => `${folder}/${name}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function add(map: Map<string, Set<string>>, id: string, path: string): void {
  map.set(id, (map.get(id) ?? new Set()).add(path));
}

const sorted = (paths: ReadonlySet<string> = new Set()): string[] => [...paths].toSorted();
