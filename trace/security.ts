/** Security requirements → proof: `docs/security/asvs.yaml` held against the list of ids, and every proof against what is there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { hasTest } from './titles.ts';

const STATES = ['met', 'not applicable', "operator's duty", 'not met'] as const;
export type State = (typeof STATES)[number];

const row = z.strictObject({
  asks: z.string().min(5),
  state: z.enum(STATES),
  /** `<file> > <title>`, as the file writes it. */
  tests: z.array(z.string()).min(1).optional(),
  /** Documents, some with `#heading`. */
  pages: z.array(z.string()).min(1).optional(),
  because: z.string().min(4).optional(),
});
export type SecurityRow = z.output<typeof row> & { readonly id: string; readonly level: string };

export const DATA = 'docs/security/asvs.yaml';
export const IDS = 'docs/security/asvs-ids.csv';
/** Pages whose proofs in backticks are held against the tests as well. */
const PROSE = ['docs/security.md', 'docs/threat-model.md', 'SECURITY.md'];

/** Rows in the order of the list of ids; what is wrong with them, one line a fault. */
export function security(root: string): { rows: SecurityRow[]; faults: string[] } {
  const given = parse(readFileSync(join(root, DATA), 'utf8')) as Record<string, unknown>;
  const levels = levelsOf(readFileSync(join(root, IDS), 'utf8'));
  const faults = Object.keys(given)
    .filter((id) => !levels.has(id))
    .map((id) => `${DATA}: ${id} is not in ${IDS}`);
  const rows: SecurityRow[] = [];
  for (const [id, level] of levels) {
    const read = row.safeParse(given[id]);
    if (given[id] === undefined) faults.push(`${DATA}: ${id} is missing`);
    else if (!read.success) faults.push(`${DATA}: ${id}: ${read.error.issues[0]?.path.join('.')} ${read.error.issues[0]?.message}`);
    else rows.push({ id, level, ...read.data });
  }
  for (const one of rows) faults.push(...faultsOf(root, one).map((fault) => `${DATA}: ${one.id}: ${fault}`));
  for (const page of PROSE) faults.push(...proseFaults(root, page));
  return { rows, faults };
}

function levelsOf(csv: string): Map<string, string> {
  const lines = csv.trim().split('\n').slice(1);
  return new Map(lines.map((line) => line.split(',') as [string, string]));
}

function faultsOf(root: string, { state, tests = [], pages = [], because }: SecurityRow): string[] {
  const proofless = tests.length + pages.length === 0 && because === undefined;
  const bare = proofless ? [state === 'met' ? 'met, and nothing proves it' : `${state}, and no reason`] : [];
  return [...bare, ...tests.filter((proof) => !holds(root, proof)).map(gone), ...pages.filter((page) => !hasPage(root, page)).map(gone)];
}

/** Proofs that a page names: `test/… > title` or `test/…` in backticks. */
function proseFaults(root: string, page: string): string[] {
  if (!existsSync(join(root, page))) return [];
  const text = readFileSync(join(root, page), 'utf8');
  const named = [...text.matchAll(/`(test\/[^`]+)`/g)].map(([, proof]) => proof!);
  return named.filter((proof) => !holds(root, proof)).map((proof) => `${page}: ${gone(proof)}`);
}

const gone = (what: string): string => `there is no ${what}`;

function holds(root: string, proof: string): boolean {
  const [path = '', ...title] = proof.split(' > ');
  if (!existsSync(join(root, path))) return false;
  return title.length === 0 || hasTest(readFileSync(join(root, path), 'utf8'), title.join(' > '));
}

function hasPage(root: string, page: string): boolean {
  const [path = '', anchor] = page.split('#');
  if (!existsSync(join(root, path))) return false;
  if (anchor === undefined) return true;
  const headings = [...readFileSync(join(root, path), 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading]) => slugOf(heading!));
  return headings.includes(anchor);
}

const slugOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
