/** The name under which a stored file is shown and handed out. It never names a place in the store. */

/** Kinds of files that are kept, each by its media type, with the endings its name may have (the first is the usual one). */
export const fileTypes = {
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'image/heic': ['heic', 'heif'],
  'application/pdf': ['pdf'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'text/plain': ['txt', 'log', 'md'],
  'text/csv': ['csv'],
} as const satisfies Record<string, readonly string[]>;

export type FileType = keyof typeof fileTypes;

/** Longest name in UTF-16 code units, its ending included: 150 Han characters still fit a file system's 255 bytes twice over. */
export const MAX_NAME = 80;

const NAMELESS = '附件';
/** Control characters, line and paragraph separators, bidi and zero-width marks, BOM, tags: nothing that is not seen. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu;
const EDGE = /[.\s]/u;
const RESERVED = /[<>:"|?*]/g;
/** Names of devices on Windows, whatever their ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * What a sender called a file, made harmless: the part after the last slash, NFC, without unseen or reserved characters, no
 * leading or trailing dots and blanks, at most 80 code units, with an ending that is true of the type. Cleaning twice is as once.
 */
export function cleanFileName(sent: string, type: FileType): string {
  const last = sent.toWellFormed().split(/[/\\]/).at(-1) ?? '';
  const bare = trimmed(last.normalize('NFC').replace(UNSEEN, '').replace(RESERVED, '_').normalize('NFC').replace(/\s+/gu, ' '));
  const { stem, ending } = split(bare, type);
  const room = MAX_NAME - ending.length - 1;
  const name = trimmed(stem.length <= room ? stem : cut(stem, room));
  return `${DEVICE.test(name) ? `_${cut(name, room - 1)}` : name || NAMELESS}.${ending}`;
}

/** The ending stays if it is one of the type; another one becomes part of the name, so that `a.html` is shown as `a.html.txt`. */
function split(name: string, type: FileType): { stem: string; ending: string } {
  const endings: readonly string[] = fileTypes[type];
  const dot = name.lastIndexOf('.');
  const ending = dot < 0 ? '' : name.slice(dot + 1).toLowerCase();
  return endings.includes(ending) ? { stem: name.slice(0, dot), ending } : { stem: name, ending: endings[0] ?? 'bin' };
}

/** From both ends, step by step: a pattern would look through a run of dots within the name again from each of them. */
function trimmed(name: string): string {
  let [from, to] = [0, name.length];
  while (from < to && EDGE.test(name[from]!)) from += 1;
  while (to > from && EDGE.test(name[to - 1]!)) to -= 1;
  return name.slice(from, to);
}

function cut(text: string, length: number): string {
  const part = text.slice(0, length);
  return trimmed(part.isWellFormed() ? part : part.slice(0, -1));
}

/** `Content-Disposition` of an attachment (RFC 6266): plain ASCII for old clients, the name itself percent-encoded. */
export function dispositionOf(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
