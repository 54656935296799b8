/** Whether a file ends as its format says: what broke off on its way is no evidence. Nothing is decoded. */
import type { FileType } from '../domain/file-name.ts';
import type { Bytes } from './bytes.ts';

/** How far from its end a PDF may say that it ends (ISO 32000). */
const PDF_END = 1024;
const PNG_END = Buffer.from('\0\0\0\0IEND\xaeB`\x82', 'latin1');
const END_OF_IMAGE = Buffer.from([0xff, 0xd9]);
const START_OF_SCAN = 0xda;
/** Segments before the picture, boxes of a HEIC: telephones write some dozens. */
const MOST_PARTS = 1_000;

/** @param tail its last bytes, at least the last KiB */
export async function endsWell(file: Bytes, size: number, type: FileType, tail: Buffer): Promise<boolean> {
  switch (type) {
    case 'application/pdf':
      return /startxref\s+\d+\s+%%EOF/.test(tail.toString('latin1', Math.max(0, tail.length - PDF_END)));
    case 'image/png':
      return tail.subarray(-PNG_END.length).equals(PNG_END);
    case 'image/webp':
      // The length within the file counts from behind itself; an odd one is padded.
      return tail.length >= 12 && (await file.read(4, 4)).readUInt32LE(0) + 8 <= size;
    case 'image/jpeg':
      return jpegEnds(file, size);
    case 'image/heic':
      return boxesEnd(file, size);
    default:
      return true;
  }
}

/** Within a scan no end marker stands by chance; a small picture in the head has one of its own, so the head is passed over. */
async function jpegEnds(file: Bytes, size: number): Promise<boolean> {
  let at = 2;
  for (let parts = 0; parts < MOST_PARTS && at + 4 <= size; parts += 1) {
    const segment = await file.read(at, 4);
    if (segment[0] !== 0xff) return false;
    if (segment[1] === START_OF_SCAN) return holds(file.stream(at, size - at), END_OF_IMAGE);
    // A marker may be filled up with bytes like its first.
    at += segment[1] === 0xff ? 1 : 2 + segment.readUInt16BE(2);
  }
  return false;
}

async function holds(stream: AsyncIterable<Buffer>, sought: Buffer): Promise<boolean> {
  let before = Buffer.alloc(0);
  for await (const chunk of stream) {
    const seen = Buffer.concat([before, chunk]);
    if (seen.includes(sought)) return true;
    before = seen.subarray(1 - sought.length);
  }
  return false;
}

/** Boxes one after the other fill the file; the last may say that it reaches to the end. */
async function boxesEnd(file: Bytes, size: number): Promise<boolean> {
  let at = 0;
  for (let parts = 0; parts < MOST_PARTS && at + 8 <= size; parts += 1) {
    const head = await file.read(at, Math.min(16, size - at));
    const short = head.readUInt32BE(0);
    if (short === 0) return true;
    const length = short === 1 && head.length === 16 ? Number(head.readBigUInt64BE(8)) : short;
    if (length < 8) return false;
    at += length;
  }
  return at === size;
}
