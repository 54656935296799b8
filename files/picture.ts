/** Photos: judged by their header, decoded only for a small picture, within bounds of pixels, memory and threads. */
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import type { FileType } from '../domain/file-name.ts';
import type { Bytes } from './bytes.ts';
import { gate } from './gate.ts';
import { FileRefused } from './store.ts';

/** Most pixels of a photo: telephones make 50 million, and each takes four bytes when it is decoded. */
const MAX_PIXELS = 64_000_000;
/** Longest side of a small picture, in pixels. */
const SMALL = 480;

const formats = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp' } as const;

// Nothing but the three formats is ever decoded, whatever a file says it is; no cache of other people's pictures.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['Jpeg', 'Png', 'Webp'].map((name) => `VipsForeignLoad${name}`) });
sharp.cache(false);
sharp.concurrency(1);

/** Pictures in memory at once. */
const turn = gate(2);

/** @throws FileRefused when it is no picture of its type, or one of too many pixels */
export async function checkPicture(file: Bytes, size: number, type: FileType): Promise<void> {
  const header = await turn(async () =>
    sharp(await file.read(0, size), { limitInputPixels: false })
      .metadata()
      .catch(() => undefined),
  );
  if (header === undefined || formats[header.format as keyof typeof formats] !== type) {
    throw new FileRefused('file-refused', '照片已损坏,无法读取。', 'The photo is damaged and cannot be read.');
  }
  if (header.width * header.height * (header.pages ?? 1) > MAX_PIXELS) {
    throw new FileRefused(
      'file-too-large',
      `照片至多${MAX_PIXELS / 10_000}万像素。`,
      `A photo has at most ${MAX_PIXELS / 1_000_000} million pixels.`,
    );
  }
}

/** JPEG of at most 480 by 480, turned as EXIF says, without any metadata. Undefined for what cannot be decoded. */
export function smallPicture(photo: Readable): Promise<Buffer | undefined> {
  return turn(async () => {
    const bytes = await buffer(photo);
    return sharp(bytes, { limitInputPixels: MAX_PIXELS, sequentialRead: true, failOn: 'error' })
      .autoOrient()
      .resize({ width: SMALL, height: SMALL, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 78 })
      .toBuffer()
      .catch(() => undefined);
  });
}
