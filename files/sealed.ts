/**
 * The bytes of a file under a key of its own: chunks of 64 KiB, each AES-256-GCM with a random IV; which file, which chunk and whether it is
 * the last are additional data. So what is read is verified chunk by chunk, and none can be changed, moved, left out or cut off.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Bytes } from './bytes.ts';

const CIPHER = 'aes-256-gcm';
/** Begins what is sealed; no file that is taken begins so. */
const HEAD = Buffer.from('\0redress1', 'latin1');
const CHUNK = 64 * 1024;
const IV = 12;
const TAG = 16;
/** A whole chunk as it is kept. */
const SEALED = IV + CHUNK + TAG;

/** What is kept was changed, cut off, or is of another file or key. */
export class FileChanged extends Error {
  constructor() {
    super('a stored file was changed, or is of another file or key');
    this.name = 'FileChanged';
  }
}

export const isSealed = (head: Buffer): boolean => head.subarray(0, HEAD.length).equals(HEAD);

/** @param name of the file, and of what is kept of it */
export async function* seal(key: Buffer, name: string, plain: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield HEAD;
  for await (const { chunk, index, isLast } of chunked(plain, CHUNK)) {
    const iv = randomBytes(IV);
    const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG });
    cipher.setAAD(about(name, index, isLast));
    yield Buffer.concat([iv, cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
  }
}

/** @param sealed with its head @throws FileChanged, before anything of the chunk is given out */
export async function* unseal(key: Buffer, name: string, sealed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const { chunk, index, isLast } of chunked(withoutHead(sealed), SEALED)) yield opened(key, about(name, index, isLast), chunk);
}

/** What is sealed in an open file, read from wherever. @param size of what was sealed, in bytes */
export function sealedBytes(file: FileHandle, key: Buffer, name: string, size: number): Bytes {
  const last = Math.max(0, Math.ceil(size / CHUNK) - 1);
  // Headers are read a few bytes at a time.
  let held: { readonly index: number; readonly plain: Buffer } = { index: -1, plain: Buffer.alloc(0) };
  async function chunkAt(index: number): Promise<Buffer> {
    if (held.index === index) return held.plain;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SEALED), 0, SEALED, HEAD.length + index * SEALED);
    const plain = opened(key, about(name, index, index === last), buffer.subarray(0, bytesRead));
    held = { index, plain };
    return plain;
  }
  async function* pieces(from: number, to: number): AsyncGenerator<Buffer> {
    for (let index = Math.floor(from / CHUNK); index <= last && index * CHUNK < to; index += 1)
      yield (await chunkAt(index)).subarray(Math.max(0, from - index * CHUNK), to - index * CHUNK);
  }
  const until = (from: number, length: number): number => Math.min(size, from + length);
  return {
    async read(from, length) {
      const read: Buffer[] = [];
      for await (const piece of pieces(from, until(from, length))) read.push(piece);
      return Buffer.concat(read);
    },
    stream: (from, length) => Readable.from(pieces(from, until(from, length)), { objectMode: false }),
  };
}

function opened(key: Buffer, aad: Buffer, chunk: Buffer): Buffer {
  if (chunk.length < IV + TAG) throw new FileChanged();
  const decipher = createDecipheriv(CIPHER, key, chunk.subarray(0, IV), { authTagLength: TAG });
  decipher.setAAD(aad);
  decipher.setAuthTag(chunk.subarray(-TAG));
  const plain = decipher.update(chunk.subarray(IV, -TAG));
  try {
    decipher.final();
  } catch {
    throw new FileChanged();
  }
  return plain;
}

const about = (name: string, index: number, isLast: boolean): Buffer => Buffer.from(`${name}\n${index}\n${isLast ? 'last' : 'more'}`);

async function* withoutHead(sealed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let left = HEAD.length;
  for await (const piece of sealed) {
    const skipped = Math.min(left, piece.length);
    left -= skipped;
    yield piece.subarray(skipped);
  }
}

/** In pieces of one length, the last of what is left; one at least. */
async function* chunked(
  bytes: AsyncIterable<Buffer>,
  length: number,
): AsyncGenerator<{ readonly chunk: Buffer; readonly index: number; readonly isLast: boolean }> {
  let held = Buffer.alloc(0);
  let index = 0;
  for await (const piece of bytes) {
    held = Buffer.concat([held, piece]);
    // One is held back: whether it is the last shows when no more comes.
    while (held.length > length) {
      yield { chunk: held.subarray(0, length), index, isLast: false };
      held = held.subarray(length);
      index += 1;
    }
  }
  yield { chunk: held, index, isLast: true };
}
