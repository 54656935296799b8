/** Bytes of a file wherever they lie: sealed on the disk, or in memory. */
import type { Readable } from 'node:stream';

export interface Bytes {
  /** May be shorter than asked for at the end. */
  read(from: number, length: number): Promise<Buffer>;
  stream(from: number, length: number): Readable;
}
