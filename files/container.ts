/** Word and Excel files: a ZIP container, read by its directory, and unpacked only to count what comes out. */
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import type { FileType } from '../domain/file-name.ts';
import type { Bytes } from './bytes.ts';
import { FileRefused } from './store.ts';

const END_OF_CONTAINER = Buffer.from('PK\x05\x06', 'latin1');
const MAX_ENTRIES = 5_000;
/** Most bytes that a container may unpack to, all in all. */
const MAX_UNPACKED = 200 * 1024 * 1024;
const END_BYTES = 22;
const DIRECTORY_BYTES = 46;
const LOCAL_BYTES = 30;
const NO_CODE = /(?:^|\/)(?:vbaproject\.bin|activex\d*\.(?:bin|xml))$|\.(?:exe|dll|js|vbs|bat|cmd|ps1|jar|zip|7z|rar|html?|svg)$/i;

/** A program that looks for containers would find one here. @param tail last bytes of a file */
export function endsInContainer(tail: Buffer): boolean {
  for (let at = tail.indexOf(END_OF_CONTAINER); at >= 0; at = tail.indexOf(END_OF_CONTAINER, at + 1)) {
    if (at + END_BYTES > tail.length) return false;
    // Four bytes may stand there by chance; with a directory that has room for its entries they do not.
    if (tail.readUInt16LE(at + 10) * DIRECTORY_BYTES <= tail.readUInt32LE(at + 12) && tail.readUInt32LE(at + 12) < 2 ** 24) return true;
  }
  return false;
}

/** Sees what each part unpacks to, chunk by chunk, part after part; what it throws ends the check. */
export type Look = (part: string, chunk: Buffer) => void;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly at: number;
}

/** Which Office file a container is. @throws FileRefused for any other, for one with code in it, and for one that unpacks beyond measure */
export async function officeKind(file: Bytes, size: number, look?: Look): Promise<FileType> {
  const entries = await directoryOf(file, size);
  const names = new Set(entries.map(({ name }) => name));
  const has = (name: string): boolean => names.has('[Content_Types].xml') && names.has(name);
  const kind = has('word/document.xml')
    ? 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
    : has('xl/workbook.xml')
      ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
      : undefined;
  if (kind === undefined) throw refused('不接受压缩包;请直接上传其中的文件。', 'Archives are not taken; send the files in it.');
  if (entries.some(({ name }) => NO_CODE.test(name))) {
    throw refused('文档含有宏或程序,请另存为不含宏的文档。', 'The document holds macros or programs; save it without.');
  }
  await checkUnpacked(file, entries, size, look);
  return kind;
}

async function directoryOf(file: Bytes, size: number): Promise<Entry[]> {
  const tail = await read(file, Math.max(0, size - 65_557), Math.min(size, 65_557));
  const end = tail.lastIndexOf(END_OF_CONTAINER);
  if (end < 0 || end + END_BYTES > tail.length || end + END_BYTES + tail.readUInt16LE(end + 20) !== tail.length) throw broken();
  const count = tail.readUInt16LE(end + 10);
  const length = tail.readUInt32LE(end + 12);
  const from = tail.readUInt32LE(end + 16);
  if (count > MAX_ENTRIES) throw bomb();
  // The directory ends where the end record begins, so nothing is hidden between.
  if (from + length !== size - tail.length + end) throw broken();
  const bytes = await read(file, from, length);
  const entries: Entry[] = [];
  for (let at = 0; at < length;) {
    if (at + DIRECTORY_BYTES > length || bytes.readUInt32LE(at) !== 0x02014b50) throw broken();
    const nameLength = bytes.readUInt16LE(at + 28);
    const encrypted = (bytes.readUInt16LE(at + 8) & 1) === 1;
    if (encrypted) throw refused('文档已加密,请解除密码后上传。', 'The document is encrypted; send it without a password.');
    entries.push({
      name: bytes.toString('utf8', at + DIRECTORY_BYTES, at + DIRECTORY_BYTES + nameLength),
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      unpacked: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
    });
    at += DIRECTORY_BYTES + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  if (entries.length !== count) throw broken();
  return entries;
}

/** Parts may not lie over one another, and each unpacks to what the directory says, not to more. */
async function checkUnpacked(file: Bytes, entries: readonly Entry[], size: number, look?: Look): Promise<void> {
  if (entries.reduce((sum, { unpacked }) => sum + unpacked, 0) > MAX_UNPACKED) throw bomb();
  let free = 0;
  for (const entry of entries.toSorted((a, b) => a.at - b.at)) {
    if (entry.at < free || entry.at + LOCAL_BYTES > size) throw broken();
    const local = await read(file, entry.at, LOCAL_BYTES);
    if (local.readUInt32LE(0) !== 0x04034b50) throw broken();
    const from = entry.at + LOCAL_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28);
    free = from + entry.packed;
    if (free > size) throw broken();
    if (entry.method === 8) await checkInflates(file, from, entry, look);
    else if (entry.method !== 0 || entry.packed !== entry.unpacked) throw broken();
    else look?.(entry.name, await read(file, from, entry.packed));
  }
}

async function checkInflates(file: Bytes, from: number, { name, packed, unpacked }: Entry, look?: Look): Promise<void> {
  if (packed === 0) throw broken();
  let out = 0;
  let seen: { readonly error: unknown } | undefined;
  const counting = new Writable({
    write(chunk: Buffer, _encoding, done) {
      out += chunk.length;
      try {
        look?.(name, chunk);
        done(out > unpacked ? bomb() : null);
      } catch (error) {
        seen = { error };
        done(error as Error);
      }
    },
  });
  try {
    await pipeline(file.stream(from, packed), createInflateRaw(), counting);
  } catch (error) {
    if (seen !== undefined) throw seen.error;
    throw error instanceof FileRefused ? error : broken();
  }
  if (out !== unpacked) throw broken();
}

async function read(file: Bytes, from: number, length: number): Promise<Buffer> {
  const bytes = await file.read(from, length);
  if (bytes.length !== length) throw broken();
  return bytes;
}

const refused = (zh: string, en: string): FileRefused => new FileRefused('file-refused', zh, en);
const broken = (): FileRefused => refused('文档已损坏,无法读取。', 'The document is damaged and cannot be read.');
const bomb = (): FileRefused => new FileRefused('file-too-large', '文档解压后过大。', 'The document unpacks to more than is taken.');
