/** A stored file lies under a key of its own: nothing of it is in the open, and nothing that was changed is given out. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { diskStore } from '../../files/disk.ts';
import type { FileStore } from '../../files/store.ts';
import { testFileKeys, type TestFileKeys } from './support/file-keys.ts';

const HEAD = 9;
const CHUNK = 64 * 1024;
const SEALED = 12 + CHUNK + 16;
let root: string;
let keys: TestFileKeys;
let files: FileStore;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'redress-sealed-'));
  keys = testFileKeys();
  files = diskStore(root, keys);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const put = async (bytes: Buffer): Promise<string> => (await files.put(Readable.from([bytes]), 'a.txt')).hash;
const placeOf = (hash: string): string => join(root, 'kept', hash.slice(0, 2), hash);
const read = async (hash: string): Promise<Buffer | undefined> => {
  const stream = await files.open(hash);
  return stream === undefined ? undefined : buffer(stream);
};
/** Text of so many bytes, no two chunks alike. */
const text = (size: number): Buffer =>
  Buffer.from(Array.from({ length: Math.ceil(size / 8) }, (_, i) => String(i).padStart(8, '0')).join('')).subarray(0, size);

test.each([1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5])(
  '%d bytes come back as they were, and lie nowhere in the open',
  async (size) => {
    const bytes = text(size);
    const hash = await put(bytes);
    expect(await read(hash)).toEqual(bytes);
    for (const { name, parentPath } of (await readdir(root, { recursive: true, withFileTypes: true })).filter((one) => one.isFile()))
      expect((await readFile(join(parentPath, name))).includes(size < 16 ? bytes.toString().padEnd(16, '\0') : bytes.subarray(0, 16))).toBe(
        false,
      );
  },
);

test('a small picture is sealed as well', async () => {
  const jpeg = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#345678' } })
    .jpeg()
    .toBuffer();
  const hash = await put(jpeg);
  const small = await files.thumbnail(hash);
  expect(small?.subarray(0, 2).toString('hex')).toBe('ffd8');
  expect(await files.thumbnail(hash)).toEqual(small);
  const kept = await readFile(join(root, 'small', hash.slice(0, 2), hash));
  expect(kept.includes(small!.subarray(0, 16))).toBe(false);
  keys.erase(hash);
  expect(await files.thumbnail(hash)).toBeUndefined();
});

test('without its key a file is no more; what was kept in the clear before is still given out', async () => {
  const hash = await put(text(100));
  keys.erase(hash);
  expect(await files.open(hash)).toBeUndefined();
  await writeFile(placeOf(hash), text(100));
  expect(await read(hash)).toEqual(text(100));
});

describe('an error, and not a byte of the chunk it is in', () => {
  const whole = text(3 * CHUNK + 5);
  const changes: Record<string, (sealed: Buffer) => Buffer> = {
    'a flipped byte in the last chunk': (sealed) => (
      sealed.writeUInt8(sealed.readUInt8(sealed.length - 20) ^ 1, sealed.length - 20),
      sealed
    ),
    'two chunks swapped': (sealed) => {
      const [a, b] = [sealed.subarray(HEAD, HEAD + SEALED), sealed.subarray(HEAD + SEALED, HEAD + 2 * SEALED)];
      return Buffer.concat([sealed.subarray(0, HEAD), b, a, sealed.subarray(HEAD + 2 * SEALED)]);
    },
    'the tail cut between chunks': (sealed) => sealed.subarray(0, HEAD + 2 * SEALED),
    'the tail cut within a chunk': (sealed) => sealed.subarray(0, -1),
    'everything but the head cut': (sealed) => sealed.subarray(0, HEAD),
    'a chunk left out': (sealed) => Buffer.concat([sealed.subarray(0, HEAD), sealed.subarray(HEAD + SEALED)]),
    'something behind': (sealed) => Buffer.concat([sealed, Buffer.alloc(40)]),
  };
  test.each(Object.entries(changes))('%s', async (_, change) => {
    const hash = await put(whole);
    await writeFile(placeOf(hash), change(await readFile(placeOf(hash))));
    await expect(read(hash)).rejects.toThrow('was changed');
  });

  test('another key, another file in its place', async () => {
    const [hash, other] = [await put(whole), await put(text(200))];
    await writeFile(placeOf(other), await readFile(placeOf(hash)));
    await expect(read(other)).rejects.toThrow('was changed');
    keys.change(hash);
    await expect(read(hash)).rejects.toThrow('was changed');
  });
});
