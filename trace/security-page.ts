/** The tables of `docs/security.md`: one a chapter of the standard, between two marks of the page. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { security, type SecurityRow, type State } from './security.ts';

const PATH = 'docs/security.md';
const MARKS = ['<!-- written by redress trace -->', '<!-- end of what is written -->'] as const;
const CHAPTERS: Readonly<Record<string, string>> = {
  1: 'Encoding and sanitization', 2: 'Validation and business logic', 3: 'Web front end', 4: 'API and web service', 5: 'Files',
  6: 'Authentication', 7: 'Sessions', 8: 'Authorization', 9: 'Self-contained tokens', 10: 'OAuth and OIDC', 11: 'Cryptography',
  12: 'Secure communication', 13: 'Configuration', 14: 'Data protection', 15: 'Secure coding', 16: 'Logging and errors', 17: 'WebRTC',
}; // prettier-ignore
const SIGNS: Readonly<Record<State, string>> = {
  met: '✓ met',
  'not applicable': '– not applicable',
  "operator's duty": "☞ operator's duty",
  'not met': '✗ not met',
};

/** Undefined where there is no such page to write into. */
export function securityPage(root: string): { path: string; text: string } | undefined {
  if (!existsSync(join(root, PATH))) return undefined;
  const { rows } = security(root);
  const before = readFileSync(join(root, PATH), 'utf8');
  const [from, to] = MARKS.map((mark) => before.indexOf(mark)) as [number, number];
  if (from < 0 || to < from) throw new Error(`${PATH} lacks its marks: ${MARKS.join(' … ')}`);
  const body = [MARKS[0], '', ...summary(rows), ...Object.keys(CHAPTERS).flatMap((chapter) => table(rows, chapter)), MARKS[1]].join('\n');
  return { path: PATH, text: before.slice(0, from) + body + before.slice(to + MARKS[1].length) };
}

function summary(rows: readonly SecurityRow[]): string[] {
  const count = (state: State, level: string): number => rows.filter((row) => row.state === state && row.level === level).length;
  const states = Object.keys(SIGNS) as State[];
  return [
    '| level | requirements | ' + states.join(' | ') + ' |',
    '| --- | --- | ' + states.map(() => '---').join(' | ') + ' |',
    ...['1', '2', '3'].map((level) => {
      const all = rows.filter((row) => row.level === level).length;
      return `| L${level}${level === '3' ? ' (those we hold to)' : ''} | ${all} | ${states.map((state) => count(state, level)).join(' | ')} |`;
    }),
    '',
  ];
}

function table(rows: readonly SecurityRow[], chapter: string): string[] {
  const mine = rows.filter(({ id }) => id.startsWith(`${chapter}.`));
  const lines = mine.map((row) => `| ${row.id} | L${row.level} | ${cell(row.asks)} | ${SIGNS[row.state]} | ${cell(proofOf(row))} |`);
  return [
    `### V${chapter} ${CHAPTERS[chapter]}`,
    '',
    '| id | level | asks | state | proof or reason |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
    '',
  ];
}

function proofOf({ tests = [], pages = [], because }: SecurityRow): string {
  const links = pages.map((page) => `[${page.replace(/^docs\//, '')}](${page.startsWith('docs/') ? page.slice(5) : `../${page}`})`);
  return [...tests.map((test) => `\`${test}\``), ...links, ...(because === undefined ? [] : [because])].join('<br>');
}

const cell = (text: string): string => text.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ');
