/** Tags in a text: ids in square brackets, and in a pack the `requirement:` of a limit. Pure. */

const ID = '[A-Z]{2,4}\\d{0,2}\\.[A-Z]\\d{1,2}[a-z]?';
const GROUP = new RegExp(`\\[(${ID}(?:[, ]+${ID})*)\\]`, 'g');
const REQUIREMENT = new RegExp(`\\brequirement: (${ID})\\b`, 'g');

/** Ids of each tag, in the order of the text. */
export function tagsIn(text: string): string[][] {
  return [...text.matchAll(GROUP)].map((match) => match[1]!.split(/[, ]+/));
}

/** Ids of code: tags anywhere, in a pack also the requirement that a limit names. */
export function idsOfCode(text: string): Set<string> {
  return new Set([...tagsIn(text).flat(), ...[...text.matchAll(REQUIREMENT)].map((match) => match[1]!)]);
}

/** Tags of tests: one a title. What stands in a comment proves nothing. */
export function tagsOfTests(text: string, kind: 'ts' | 'yaml'): string[][] {
  return tagsIn(kind === 'ts' ? text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '') : text.replaceAll(/(^|\s)#.*$/gm, ''));
}
