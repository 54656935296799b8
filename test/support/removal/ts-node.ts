/** Taking a tagged node out of TypeScript: a statement, a member of an object, an element of a list, one of a union, a case. Pure. */
import { parseSync } from 'oxc-parser';

type Node = { readonly type: string; readonly start: number; readonly end: number } & Readonly<Record<string, unknown>>;

interface Member {
  readonly node: Node;
  /** The list of its parent that it stands in. */
  readonly list: string;
  readonly siblings: number;
}

/** Lists whose members may be taken out one by one. */
const LISTS = ['body', 'properties', 'elements', 'types', 'elementTypes', 'cases', 'consequent', 'members', 'specifiers'];

/**
 * The node that begins on the tag's line, or after the comment when the tag's comment stands alone. A comment at the head of a
 * file tags the file, and all of it goes.
 * @returns undefined when there is no node of its own at the tag
 */
export function withoutTsNode(path: string, text: string, offset: number): string | undefined {
  const { program, comments } = parseSync(path, text);
  const comment = comments.find(({ start, end }) => start <= offset && offset < end);
  const anchor = anchorOf(text, offset, comment, comments);
  const members = membersOf(program as unknown as Node);
  const starting = members.filter(({ node }) => node.start === anchor);
  const around = members.filter(({ node }) => node.start <= anchor && anchor < node.end);
  const found = starting.toSorted((a, b) => size(b) - size(a))[0] ?? around.toSorted((a, b) => size(a) - size(b))[0];
  if (found === undefined) return undefined;
  if (found.node.type === 'ImportDeclaration') return '';
  return cut(text, found);
}

const size = ({ node }: Member): number => node.end - node.start;

function anchorOf(
  text: string,
  offset: number,
  comment: { readonly start: number; readonly end: number } | undefined,
  comments: readonly { readonly start: number; readonly end: number }[],
): number {
  const lineStart = text.lastIndexOf('\n', (comment?.start ?? offset) - 1) + 1;
  const before = text.slice(lineStart, comment?.start ?? offset);
  if (comment === undefined || before.trim() !== '') return skip(text, lineStart, []);
  return skip(text, comment.end, comments);
}

/** Over white space, comments and the bar before a member of a union. */
function skip(text: string, from: number, comments: readonly { readonly start: number; readonly end: number }[]): number {
  let at = from;
  for (;;) {
    const comment = comments.find(({ start }) => start === at);
    if (comment !== undefined) at = comment.end;
    else if (at < text.length && /[\s|]/.test(text[at]!)) at += 1;
    else return at;
  }
}

function membersOf(node: Node): Member[] {
  return Object.entries(node).flatMap(([key, value]) => {
    if (Array.isArray(value)) {
      const nodes = value.filter(isNode);
      const own = LISTS.includes(key) ? nodes.map((child) => ({ node: child, list: key, siblings: nodes.length })) : [];
      return [...own, ...nodes.flatMap(membersOf)];
    }
    return isNode(value) ? membersOf(value) : [];
  });
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value && 'start' in value;

function cut(text: string, { node, list, siblings }: Member): string {
  let { start, end } = node;
  let instead = '';
  if (list === 'types') {
    const bar = /\|\s*$/.exec(text.slice(0, start));
    const after = /^\s*\|/.exec(text.slice(end));
    if (siblings === 1) instead = 'never';
    else if (bar !== null) start = bar.index;
    else if (after !== null) end += after[0].length;
  } else if (list !== 'body' && list !== 'consequent' && list !== 'cases') {
    end += /^\s*,/.exec(text.slice(end))?.[0].length ?? 0;
  }
  return text.slice(0, start) + instead + text.slice(end);
}
