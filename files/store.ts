/** Where the bytes of files are kept, by the SHA-256 of what is stored. */
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

export interface FileStore {
  /**
   * Keeps what a stream brings; the same bytes are kept once. When it returns they are on the disk. @param sentName tells a table
   * from other text; nothing else is believed of it. @throws FileRefused, and then nothing is kept
   */
  put(stream: Readable, sentName: string): Promise<StoredFile>;
  /** The bytes, verified as they come, or undefined when nothing of that hash is kept or its key is gone. */
  open(hash: string): Promise<Readable | undefined>;
  exists(hash: string): Promise<boolean>;
  /** A small picture of a photo (JPEG, turned upright, nothing else of the original in it); undefined where there can be none. */
  thumbnail(hash: string): Promise<Buffer | undefined>;
}

/** Keys of files, by hash: each has one of its own, kept elsewhere. Without its key a file is no more. */
export interface FileKeys {
  /** Made when it is the first time. @throws when the file was erased: the same is not taken again */
  keyFor(hash: string): Promise<Buffer>;
  /** Undefined when it was erased, or never made. */
  find(hash: string): Promise<Buffer | undefined>;
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
