/**
 * Files in a folder of this machine (or one that is mounted): `ab/abcdef…`, under the keyed name of their hash and nothing else, each under a
 * key of its own.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, utimes } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { kindOf } from './kind.ts';
import { smallPicture } from './picture.ts';
import { isSealed, seal, sealedBytes, unseal } from './sealed.ts';
import { COMING, DAY_MS, isOlder, placeIn, removeUnnoted, type Kind } from './unnoted.ts';
import { FileRefused, MAX_FILE_BYTES, type FileKeys, type FileStore, type Sent, type StoredFile } from './store.ts';

const HASH = /^[0-9a-f]{64}$/;

/** @param root made when the first file comes; only this process and others of the same store write there */
export function diskStore(root: string, keys: FileKeys, maxBytes = MAX_FILE_BYTES): FileStore {
  const placeOf = async (hash: string, kind: Kind = 'kept'): Promise<string> => {
    if (!HASH.test(hash)) throw new Error('not a hash');
    return placeIn(root, kind, await keys.nameOf(hash));
  };

  const coming = join(root, COMING);
  let swept: Promise<void> | undefined;

  async function putAll(sent: AsyncIterable<Sent> | Iterable<Sent>, accept: (judged: readonly StoredFile[]) => unknown = () => undefined) {
    await mkdir(coming, { recursive: true, mode: 0o700 });
    await (swept ??= removeLeftovers(coming).catch(() => undefined));
    const judged: Judged[] = [];
    try {
      for await (const one of sent) judged.push(await judge(one));
      const stored = judged.map((one) => one.stored);
      await accept(stored);
      for (const one of judged) await keepJudged(one);
      return stored;
    } finally {
      for (const { passing } of judged) await rm(passing, { force: true });
    }
  }

  /** @throws FileRefused, and then nothing of it is left */
  async function judge({ stream, name }: Sent): Promise<Judged> {
    hearsErrors(stream);
    const [passing, passingKey] = [join(coming, randomUUID()), randomBytes(32)];
    try {
      const { hash, size } = await receive(stream, passing, passingKey, maxBytes);
      const type = await reading(passing, (file) => kindOf(sealedBytes(file, passingKey, COMING, size), size, name));
      return { stored: { hash, size, type }, passing, passingKey };
    } catch (error) {
      await rm(passing, { force: true });
      throw error;
    }
  }

  async function keepJudged({ stored: { hash, size }, passing, passingKey }: Judged): Promise<void> {
    const key = await keys.keyFor(hash);
    if (await touched(await placeOf(hash))) return;
    await reading(passing, (file) => keep(key, hash, 'kept', sealedBytes(file, passingKey, COMING, size).stream(0, size)));
  }

  /** Seals what comes; it is on the disk, whole, when its name is there. */
  async function keep(key: Buffer, hash: string, kind: Kind, plain: AsyncIterable<Buffer>): Promise<void> {
    const place = await placeOf(hash, kind);
    const passing = join(coming, randomUUID());
    await mkdir(dirname(place), { recursive: true, mode: 0o700 });
    await mkdir(coming, { recursive: true, mode: 0o700 });
    try {
      await pipeline(seal(key, `${kind} ${hash}`, plain), createWriteStream(passing, { flags: 'wx', mode: 0o600, flush: true }));
      await rename(passing, place);
      await syncFolder(dirname(place));
    } finally {
      await rm(passing, { force: true });
    }
  }

  /** Undefined when it is not there, or its key is gone. What was kept before there were keys is as it is. */
  async function bytesOf(hash: string, kind: Kind): Promise<Readable | undefined> {
    const place = await placeOf(hash, kind);
    const head = await headOf(place);
    if (head === undefined) return undefined;
    if (!isSealed(head)) return createReadStream(place);
    const key = await keys.find(hash);
    if (key === undefined) return undefined;
    return Readable.from(unseal(key, `${kind} ${hash}`, createReadStream(place)), { objectMode: false });
  }

  async function exists(hash: string): Promise<boolean> {
    return access(await placeOf(hash)).then(
      () => true,
      () => false,
    );
  }

  return {
    putAll,
    async put(stream, name) {
      hearsErrors(stream);
      return (await putAll([{ stream, name }]))[0]!;
    },
    exists,
    open: (hash) => bytesOf(hash, 'kept'),
    async thumbnail(hash) {
      const made = await bytesOf(hash, 'small');
      if (made !== undefined) return buffer(made);
      const whole = await bytesOf(hash, 'kept');
      const small = whole === undefined ? undefined : await smallPicture(whole);
      const key = small === undefined ? undefined : await keys.find(hash);
      if (small !== undefined && key !== undefined) await keep(key, hash, 'small', Readable.from([small]));
      return small;
    },
    removeUnnoted: async (noted) => removeUnnoted(root, (hash) => keys.nameOf(hash), noted),
  };
}

/** What has come and is not refused: it lies in `coming` until all of its request are. */
interface Judged {
  readonly stored: StoredFile;
  readonly passing: string;
  readonly passingKey: Buffer;
}

/** It may break before anything listens; the pipeline says so. */
const hearsErrors = (stream: Readable): void => void stream.on('error', () => undefined);

async function reading<T>(path: string, work: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path);
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}

/** Whether it is there; then it is as if it had come just now, and nobody takes it for forgotten. */
async function touched(place: string): Promise<boolean> {
  const now = new Date();
  return utimes(place, now, now).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}

/** Seals and hashes what comes, piece by piece. @throws FileRefused beyond `maxBytes` */
async function receive(stream: Readable, path: string, key: Buffer, maxBytes: number): Promise<{ hash: string; size: number }> {
  const digest = createHash('sha256');
  let size = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > maxBytes) return done(tooLarge(maxBytes));
      digest.update(chunk);
      done(null, chunk);
    },
  });
  const sealing = (plain: AsyncIterable<Buffer>): AsyncGenerator<Buffer> => seal(key, COMING, plain);
  await pipeline(stream, counting, sealing, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  return { hash: digest.digest('hex'), size };
}

function tooLarge(maxBytes: number): FileRefused {
  const mib = Math.floor(maxBytes / 1024 / 1024);
  return new FileRefused('file-too-large', `每个文件至多${mib} MB。`, `A file has at most ${mib} MB.`);
}

/** The first bytes of a file; undefined when it is not there. */
async function headOf(place: string): Promise<Buffer | undefined> {
  const file = await open(place).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (file === undefined) return undefined;
  try {
    const { buffer: bytes, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** What was never finished: nobody sends a file for a day. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (await isOlder(path, Date.now() - DAY_MS)) await rm(path, { force: true });
  }
}

/** A rename lasts only when the folder is on the disk as well. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync().catch(() => undefined); // some mounted file systems cannot sync a folder
  } finally {
    await handle.close();
  }
}
