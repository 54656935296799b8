/** Where the bytes of files are kept, known by the SHA-256 of what is stored. */
import type { Readable } from 'node:stream';
import type { FileType } from '../domain/file-name.ts';

/** Most bytes of one file. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;

export interface StoredFile {
  /** SHA-256 of the stored bytes, hex. */
  readonly hash: string;
  /** Bytes. */
  readonly size: number;
  readonly type: FileType;
}

/** A file as it comes. */
export interface Sent {
  readonly stream: Readable;
  /** Tells a table from other text; nothing else is believed of it. */
  readonly name: string;
}

export interface FileStore {
  /**
   * Keeps what comes, all of it or nothing: every file is judged before any is kept. The same bytes are kept once. When it returns they
   * are on the disk. @param accept told what was judged, before it is kept; what it throws refuses all @throws FileRefused
   */
  putAll(
    sent: AsyncIterable<Sent> | Iterable<Sent>,
    accept?: (judged: readonly StoredFile[]) => Promise<void> | void,
  ): Promise<StoredFile[]>;
  /** One file alone. @throws FileRefused */
  put(stream: Readable, sentName: string): Promise<StoredFile>;
  /** The bytes, verified as they come, or undefined when nothing of that hash is kept or its key is gone. */
  open(hash: string): Promise<Readable | undefined>;
  exists(hash: string): Promise<boolean>;
  /** A small picture of a photo (JPEG, turned upright, nothing else of the original in it); undefined where there can be none. */
  thumbnail(hash: string): Promise<Buffer | undefined>;
  /**
   * Removes what was kept and, after a day, is noted nowhere: its request broke off in between. Where nothing at all is noted it removes
   * nothing: then the notes are of another store. @param noted the hashes that are noted @returns how many went
   */
  removeUnnoted(noted: () => AsyncIterable<string>): Promise<number>;
}

/** Keys of files, by hash: each has one of its own, kept elsewhere. Without its key a file is no more. */
export interface FileKeys {
  /** Made when it is the first time. @throws when the file was erased: the same is not taken again */
  keyFor(hash: string): Promise<Buffer>;
  /** Undefined when it was erased, or never made. */
  find(hash: string): Promise<Buffer | undefined>;
  /** By which it lies on the disk: letters and digits that tell nobody the hash, from which a short text could be guessed. */
  nameOf(hash: string): Promise<string>;
}

/** Why a file is not kept; `zh` and `message` say the same. */
export class FileRefused extends Error {
  readonly code: 'file-refused' | 'file-too-large';
  readonly zh: string;
  constructor(code: 'file-refused' | 'file-too-large', zh: string, en: string) {
    super(en);
    this.name = 'FileRefused';
    this.code = code;
    this.zh = zh;
  }
}
