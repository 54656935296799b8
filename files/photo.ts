/** Photos from whom nobody knows: looked at while they come in, so that nothing else and nothing large is kept. */
import { Readable } from 'node:stream';
import { pictureBy } from './kind.ts';
import { FileRefused } from './store.ts';

/** Bytes by which a picture is told. */
const HEAD = 16;

/** What comes of a stream; breaks off with FileRefused when it is no picture, or longer. @param mostBytes of one photo */
export function photo(stream: Readable, mostBytes: number): Readable {
  return Readable.from(checked(stream, mostBytes), { objectMode: false });
}

async function* checked(stream: AsyncIterable<Buffer>, mostBytes: number): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > mostBytes) throw tooLarge(mostBytes);
    if (head === undefined) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < HEAD) continue;
    if (pictureBy(head.toString('latin1', 0, HEAD)) === undefined) throw notPicture();
    yield head;
    head = undefined;
  }
  if (head !== undefined) throw notPicture();
}

const notPicture = (): FileRefused =>
  new FileRefused('file-refused', '只接受照片(JPEG、PNG、WebP、HEIC)。', 'Photos only (JPEG, PNG, WebP, HEIC).');
const tooLarge = (most: number): FileRefused =>
  new FileRefused('file-too-large', `照片至多${most / 1024 / 1024} MB。`, `A photo has at most ${most / 1024 / 1024} MB.`);
