/** A stored file lies under a key of its own: nothing of it is in the open, and nothing that was changed is given out. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { diskStore } from '../../files/disk.ts';
import { seal, sealedBytes } from '../../files/sealed.ts';
import type { FileStore } from '../../files/store.ts';
import { nameOf, testFileKeys, type TestFileKeys } from './support/file-keys.ts';

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
const placeOf = (hash: string): string => join(root, 'kept', nameOf(hash).slice(0, 2), nameOf(hash));
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
  const kept = await readFile(join(root, 'small', nameOf(hash).slice(0, 2), nameOf(hash)));
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

describe('while it comes and is judged', () => {
  const everything = async (): Promise<Buffer[]> =>
    Promise.all(
      (await readdir(root, { recursive: true, withFileTypes: true }))
        .filter((one) => one.isFile())
        .map(({ name, parentPath }) => readFile(join(parentPath, name))),
    );
  const inTheOpen = async (word: string): Promise<boolean> => (await everything()).some((bytes) => bytes.includes(word));
  const word = '公孙大娘的照片';
  const long = (): Buffer => Buffer.from(`${word}\n`.repeat(20_000));

  test('it lies sealed: half of it, all of it, and when it is refused', async () => {
    const coming = new PassThrough();
    const kept = files.put(coming, 'a.txt');
    coming.write(long());
    await expect.poll(async () => (await everything()).reduce((sum, { length }) => sum + length, 0)).toBeGreaterThan(CHUNK);
    expect(await inTheOpen(word)).toBe(false);
    let judged = 0;
    const seen: boolean[] = [];
    const { keyFor } = keys;
    Object.assign(keys, {
      keyFor: async (hash: string) => {
        judged += 1;
        seen.push(await inTheOpen(word));
        expect((await everything())[0]!.length).toBeGreaterThan(long().length);
        return keyFor(hash);
      },
    });
    coming.end();
    const { hash } = await kept;
    expect({ judged, seen }).toEqual({ judged: 1, seen: [false] });
    expect(await read(hash)).toEqual(long());
    await expect(put(Buffer.concat([long(), Buffer.from([0])]))).rejects.toThrow('are not taken');
    expect(await everything()).toHaveLength(1);
  });

  test('whoever is killed meanwhile leaves nothing that can be read, and a day later nothing at all', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', killed(root, word)], { cwd: new URL('../..', import.meta.url) });
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
    expect(signal).toBe('SIGKILL');
    const [left] = await readdir(join(root, 'coming'));
    expect((await readFile(join(root, 'coming', left!))).length).toBeGreaterThan(CHUNK);
    expect(await inTheOpen(word)).toBe(false);
    await put(text(10));
    expect(await readdir(join(root, 'coming'))).toEqual([left]);
    const longAgo = new Date(Date.now() - 25 * 3_600_000);
    await utimes(join(root, 'coming', left!), longAgo, longAgo);
    files = diskStore(root, keys);
    await put(text(11));
    expect(await readdir(join(root, 'coming'))).toEqual([]);
  });
});

/** A process that is killed when its file has been judged and is to be kept. */
const killed = (folder: string, word: string): string => `
  import { PassThrough, Readable } from 'node:stream';
  const { diskStore } = await import('./files/disk.ts');
  const keys = { keyFor: () => process.kill(process.pid, 'SIGKILL'), find: async () => undefined };
  await diskStore(${JSON.stringify(folder)}, keys).put(Readable.from([Buffer.from(${JSON.stringify(`${word}
`)}.repeat(20_000))]), 'a.txt');`;

test('read from anywhere, it is what it was', async () => {
  const [key, name] = [Buffer.alloc(32, 7), 'a file'];
  for (const size of [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 5]) {
    const [plain, path] = [text(size), join(root, `sealed-${size}`)];
    await writeFile(path, seal(key, name, Readable.from([plain])));
    const file = await open(path);
    const bytes = sealedBytes(file, key, name, size);
    for (const from of [0, 1, CHUNK - 1, CHUNK, CHUNK + 3, 2 * CHUNK, size])
      for (const length of [0, 1, CHUNK, 2 * CHUNK + 1, size]) {
        expect(await bytes.read(from, length)).toEqual(plain.subarray(from, from + length));
        expect(await buffer(bytes.stream(from, length))).toEqual(plain.subarray(from, from + length));
      }
    if (size > 0) await expect(sealedBytes(file, key, 'another', size).read(0, 1)).rejects.toThrow('was changed');
    await file.close();
  }
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
