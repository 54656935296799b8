/** Bytes to text: byte order marks, UTF-8, UTF-16, and GB18030 (with GBK and GB2312 in it), which Chinese spreadsheets write. */
import type { ReadOptions } from '../table.ts';

export interface Decoded {
  readonly text: string;
  readonly encoding: string;
}

/** Stands where bytes were no characters of the encoding. */
export const BROKEN = '\uFFFD';

const NAMES: Record<string, string> = { 'utf-8': 'UTF-8', gb18030: 'GB18030', 'utf-16le': 'UTF-16LE', 'utf-16be': 'UTF-16BE' };

/**
 * Decodes what a mark, the caller or the bytes themselves say. Bytes that fit no encoding become `BROKEN`, so that
 * their rows can be named and the others go on. Line ends become `\n`.
 */
export function decode(bytes: Uint8Array, given?: ReadOptions['encoding']): Decoded {
  const encoding = given ?? marked(bytes) ?? wide(bytes) ?? guess(bytes);
  const text = new TextDecoder(encoding).decode(bytes);
  return { text: text.replaceAll(/\r\n?/g, '\n'), encoding: NAMES[encoding] ?? encoding };
}

function marked([a, b, c]: Uint8Array): string | undefined {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  return a === 0xfe && b === 0xff ? 'utf-16be' : undefined;
}

/** UTF-16 without its mark: delimiters and digits have their zero byte always on the same side. */
function wide(bytes: Uint8Array): string | undefined {
  const side = [0, 0];
  const head = bytes.subarray(0, 4096);
  head.forEach((byte, i) => byte === 0 && (side[i % 2]! += 1));
  const [even = 0, odd = 0] = side;
  if (bytes.length % 2 === 1 || even + odd < Math.max(4, head.length / 20)) return undefined;
  if (odd > 10 * even) return 'utf-16le';
  return even > 10 * odd ? 'utf-16be' : undefined;
}

/** All UTF-8, or else whichever of the two more of the lines beyond ASCII are written in. */
function guess(bytes: Uint8Array): string {
  if (fits('utf-8', bytes)) return 'utf-8';
  const count = { 'utf-8': 0, gb18030: 0 };
  for (const line of linesOf(bytes)) {
    if (line.every((byte) => byte < 0x80)) continue;
    if (fits('utf-8', line)) count['utf-8'] += 1;
    else if (fits('gb18030', line)) count.gb18030 += 1;
  }
  return count.gb18030 > count['utf-8'] ? 'gb18030' : 'utf-8';
}

function* linesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(0x0a, from);
    yield bytes.subarray(from, end < 0 ? bytes.length : end);
    from = end < 0 ? bytes.length : end + 1;
  }
}

function fits(encoding: string, bytes: Uint8Array): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
