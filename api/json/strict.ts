/**
 * JSON as this API takes it: what two readers could understand differently is refused. On top of the grammar: depth at
 * most 32, no key twice in one object, no number that a double cannot hold exactly (at most 15 significant digits),
 * no NUL, no half surrogate pair, no key by which a prototype could be reached.
 */

/** Deepest nesting of objects and lists. */
export const MAX_DEPTH = 32;
const MAX_DIGITS = 15;
const NO_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Why a text is refused; `zh` and `message` say the same. */
export class JsonRefused extends Error {
  readonly zh: string;
  constructor(zh: string, en: string) {
    super(en);
    this.zh = zh;
  }
}

/** Reads bytes as UTF-8 JSON. @throws JsonRefused */
export function readJson(bytes: Uint8Array): unknown {
  const text = decode(bytes);
  if (text.trim() === '') throw new JsonRefused('请求正文为空。', 'The body is empty.');
  checkTokens(text);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new JsonRefused('请求正文不是合法的 JSON。', 'The body is not JSON.');
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new JsonRefused('请求正文不是合法的 UTF-8。', 'The body is not UTF-8.');
  }
}

/** A text that never ends is taken to its end, which is then refused: looked for again from each of its quotes it would cost the square of its length. */
const TOKEN = /"(?:[^"\\]|\\.)*"?|-?\d[\d.eE+-]*|[{}[\]]/gsu;

/** One pass over strings, numbers and brackets, before anything is built; the grammar itself is left to JSON.parse. */
function checkTokens(text: string): void {
  const open: (Set<string> | undefined)[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const token = match[0];
    const first = token[0];
    if (first === '{' || first === '[') {
      open.push(first === '{' ? new Set() : undefined);
      if (open.length > MAX_DEPTH) throw new JsonRefused(`嵌套超过${MAX_DEPTH}层。`, `It is nested deeper than ${MAX_DEPTH}.`);
    } else if (first === '}' || first === ']') open.pop();
    else if (first === '"') checkString(token, isKey(text, match.index + token.length) ? open.at(-1) : undefined);
    else checkNumber(token);
  }
}

function isKey(text: string, end: number): boolean {
  let i = end;
  while (text[i] === ' ' || text[i] === '\n' || text[i] === '\r' || text[i] === '\t') i++;
  return text[i] === ':';
}

function checkString(token: string, keys: Set<string> | undefined): void {
  let value: string;
  try {
    value = JSON.parse(token) as string;
  } catch {
    throw new JsonRefused('请求正文不是合法的 JSON。', 'The body is not JSON.');
  }
  if (value.includes('\0')) throw new JsonRefused('文字含有空字符。', 'A text contains a NUL character.');
  if (!value.isWellFormed()) throw new JsonRefused('文字含有残缺字符。', 'A text contains half a character.');
  if (keys === undefined) return;
  if (NO_KEYS.has(value)) throw new JsonRefused(`不得使用 ${value} 作为键名。`, `The key ${value} is not allowed.`);
  if (keys.has(value)) throw new JsonRefused(`键“${value}”出现两次。`, `The key "${value}" occurs twice.`);
  keys.add(value);
}

function checkNumber(token: string): void {
  const digits = token
    .replace(/[eE].*$/, '')
    .replace(/\D/g, '')
    .replace(/^0+/, '');
  if (digits.length > MAX_DIGITS || !Number.isFinite(Number(token))) {
    throw new JsonRefused(
      `数字“${token.slice(0, 40)}”超出精度,请用文字。`,
      `The number ${token.slice(0, 40)} cannot be held exactly; send it as text.`,
    );
  }
}
