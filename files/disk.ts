/** Files in a folder of this machine (or one that is mounted): `ab/abcdef…`, named by hash and by nothing else. */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { kindOf } from './kind.ts';
import { smallPicture } from './picture.ts';
import { FileRefused, MAX_FILE_BYTES, type FileStore, type StoredFile } from './store.ts';

const HASH = /^[0-9a-f]{64}$/;
/** Pictures decoded at once. */
const AT_ONCE = 2;

/** @param root made when the first file comes; only this process and others of the same store write there */
export function diskStore(root: string, maxBytes = MAX_FILE_BYTES): FileStore {
  const placeOf = (hash: string, kind: 'kept' | 'small' = 'kept'): string => {
    if (!HASH.test(hash)) throw new Error('not a hash');
    return join(root, kind, hash.slice(0, 2), hash);
  };
  const turn = gate(AT_ONCE);

  async function put(stream: Readable, sentName: string): Promise<StoredFile> {
    stream.on('error', () => undefined); // it may break before anything listens; the pipeline says so
    const passing = join(root, 'coming', randomUUID());
    await mkdir(dirname(passing), { recursive: true, mode: 0o700 });
    try {
      const { hash, size } = await receive(stream, passing, maxBytes);
      const type = await kindOf(passing, size, sentName);
      const place = placeOf(hash);
      if (await exists(hash)) return { hash, size, type };
      await mkdir(dirname(place), { recursive: true, mode: 0o700 });
      await rename(passing, place);
      await syncFolder(dirname(place));
      return { hash, size, type };
    } finally {
      await rm(passing, { force: true });
    }
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
    async open(hash) {
      return (await exists(hash)) ? createReadStream(placeOf(hash)) : undefined;
    },
    async thumbnail(hash) {
      const place = placeOf(hash, 'small');
      const made = await readFile(place).catch(() => undefined);
      if (made !== undefined || !(await exists(hash))) return made;
      const small = await turn(() => smallPicture(placeOf(hash)));
      if (small !== undefined) await keepWhole(place, small);
      return small;
    },
  };
}

/** Writes and hashes what comes, synced when it returns. @throws FileRefused beyond `maxBytes` */
async function receive(stream: Readable, path: string, maxBytes: number): Promise<{ hash: string; size: number }> {
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
  await pipeline(stream, counting, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }));
  return { hash: digest.digest('hex'), size };
}

function tooLarge(maxBytes: number): FileRefused {
  const mib = Math.floor(maxBytes / 1024 / 1024);
  return new FileRefused('file-too-large', `每个文件至多${mib} MB。`, `A file has at most ${mib} MB.`);
}

/** What can be made again is not synced, but never seen half written. */
async function keepWhole(place: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(place), { recursive: true, mode: 0o700 });
  const passing = `${place}.${randomUUID()}`;
  const file = await open(passing, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
  } finally {
    await file.close();
  }
  await rename(passing, place);
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

/** At most so many at once; the others wait in order. */
function gate(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= most) await new Promise<void>((go) => waiting.push(go));
    else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
