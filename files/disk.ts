/** Files in a folder of this machine (or one that is mounted): `ab/abcdef…`, named by hash and by nothing else, each under a key of its own. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { kindOf } from './kind.ts';
import { smallPicture } from './picture.ts';
import { isSealed, seal, sealedBytes, unseal } from './sealed.ts';
import { FileRefused, MAX_FILE_BYTES, type FileKeys, type FileStore, type StoredFile } from './store.ts';

/** A file as it came, or the small picture of it. */
type Kind = 'kept' | 'small';

const HASH = /^[0-9a-f]{64}$/;
/** What is judged lies under a key that nobody keeps: what a crash leaves opens never again. */
const COMING = 'coming';
const DAY_MS = 86_400_000;

/** @param root made when the first file comes; only this process and others of the same store write there */
export function diskStore(root: string, keys: FileKeys, maxBytes = MAX_FILE_BYTES): FileStore {
  const placeOf = (hash: string, kind: Kind = 'kept'): string => {
    if (!HASH.test(hash)) throw new Error('not a hash');
    return join(root, kind, hash.slice(0, 2), hash);
  };

  const coming = join(root, COMING);
  let swept: Promise<void> | undefined;

  async function put(stream: Readable, sentName: string): Promise<StoredFile> {
    stream.on('error', () => undefined); // it may break before anything listens; the pipeline says so
    await mkdir(coming, { recursive: true, mode: 0o700 });
    await (swept ??= removeLeftovers(coming).catch(() => undefined));
    const passing = join(coming, randomUUID());
    const passingKey = randomBytes(32);
    try {
      const { hash, size } = await receive(stream, passing, passingKey, maxBytes);
      const file = await open(passing);
      try {
        const bytes = sealedBytes(file, passingKey, COMING, size);
        const type = await kindOf(bytes, size, sentName);
        const key = await keys.keyFor(hash);
        if (!(await exists(hash))) await keep(key, hash, 'kept', bytes.stream(0, size));
        return { hash, size, type };
      } finally {
        await file.close();
      }
    } finally {
      await rm(passing, { force: true });
    }
  }

  /** Seals what comes; it is on the disk, whole, when its name is there. */
  async function keep(key: Buffer, hash: string, kind: Kind, plain: AsyncIterable<Buffer>): Promise<void> {
    const place = placeOf(hash, kind);
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
    const place = placeOf(hash, kind);
    const head = await headOf(place);
    if (head === undefined) return undefined;
    if (!isSealed(head)) return createReadStream(place);
    const key = await keys.find(hash);
    if (key === undefined) return undefined;
    return Readable.from(unseal(key, `${kind} ${hash}`, createReadStream(place)), { objectMode: false });
  }

  async function exists(hash: string): Promise<boolean> {
    return access(placeOf(hash)).then(
      () => true,
      () => false,
    );
  }

  return {
    put,
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
  };
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
    const found = await stat(path).catch(() => undefined); // another process may have finished it
    if (found !== undefined && found.mtimeMs < Date.now() - DAY_MS) await rm(path, { force: true });
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
