/** The store of files on a disk: what is kept, what is refused, and what is left behind by either. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diskStore } from '../../files/disk.ts';
import { FileRefused, type FileStore, type StoredFile } from '../../files/store.ts';
import { nameOf, testFileKeys } from './support/file-keys.ts';
import { excelFile, wordFile, zip } from '../support/zip.ts';

let root: string;
let files: FileStore;
let jpeg: Buffer;
let png: Buffer;
let webp: Buffer;
const pdf = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\nstartxref\n0\n%%EOF\n', 'latin1');

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'redress-files-'));
  files = diskStore(root, testFileKeys(), 1024 * 1024);
  const grey = sharp({ create: { width: 900, height: 600, channels: 3, background: '#888888' } });
  jpeg = await grey
    .clone()
    .withExif({ IFD0: { Orientation: '6', Copyright: 'secret place' } })
    .jpeg()
    .toBuffer();
  jpeg = await sharp(jpeg).keepMetadata().withMetadata({ orientation: 6 }).jpeg().toBuffer();
  png = await grey.clone().png().toBuffer();
  webp = await grey.clone().webp().toBuffer();
});
afterAll(() => rm(root, { recursive: true, force: true }));

const put = (bytes: Buffer, name = 'x') => files.put(Readable.from([bytes]), name);
const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const everything = async (): Promise<string[]> =>
  (await readdir(root, { recursive: true, withFileTypes: true })).filter((f) => f.isFile()).map((f) => f.name);
const heic = (): Buffer =>
  Buffer.concat([
    Buffer.from([0, 0, 0, 20]),
    Buffer.from('ftypheic'),
    Buffer.alloc(8),
    Buffer.from([0, 0, 0, 48]),
    Buffer.from('mdat'),
    Buffer.alloc(40),
  ]);
/** A segment before the picture that holds the end of another one. */
const withSmallPicture = (photo: Buffer): Buffer =>
  Buffer.concat([photo.subarray(0, 2), Buffer.from([0xff, 0xef, 0, 6, 1, 2, 0xff, 0xd9]), photo.subarray(2)]);
const big = (size: number): Buffer => Buffer.alloc(size, 'a');

describe('what is kept', () => {
  test.each([
    ['image/jpeg', () => jpeg, 'a.jpg'],
    ['image/png', () => png, 'a.html'],
    ['application/pdf', () => pdf, 'a.pdf'],
    ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', () => wordFile(), 'a.docx'],
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', () => excelFile(), 'a.docx'],
    ['image/heic', () => heic(), 'a.heic'],
    ['image/webp', () => webp, 'a.webp'],
    ['image/jpeg', () => withSmallPicture(jpeg), 'a.jpg'],
    // As cameras of telephones write them, with a film behind the picture.
    ['image/jpeg', () => Buffer.concat([jpeg, Buffer.alloc(200_000, 7)]), 'a.jpg'],
    ['text/plain', () => Buffer.from('客户来电:厨房漏水。a < b\n'), 'a.txt'],
    ['text/csv', () => Buffer.from('编号,姓名\n1,王\n'), 'a.csv'],
    ['text/csv', () => Buffer.from([0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0x31, 0x0a]), 'gb18030.csv'],
  ] as const)('%s is told by its bytes, kept under its hash and given back whole', async (type, bytes, name) => {
    const kept = await put(bytes(), name);
    expect(kept).toEqual({ hash: sha(bytes()), size: bytes().length, type });
    expect(await files.exists(kept.hash)).toBe(true);
    const back = await files.open(kept.hash);
    expect(await buffer(back ?? Readable.from([]))).toEqual(bytes());
    expect(await everything()).toContain(nameOf(kept.hash));
  });

  test('the same bytes are kept once, and nothing passing stays', async () => {
    await put(pdf);
    await put(pdf);
    expect((await everything()).filter((name) => name === nameOf(sha(pdf)))).toHaveLength(1);
    expect(await readdir(join(root, 'coming'))).toEqual([]);
  });

  test('what is not there is not there; what is no hash reaches no path', async () => {
    expect(await files.open('0'.repeat(64))).toBeUndefined();
    expect(await files.thumbnail('0'.repeat(64))).toBeUndefined();
    await expect(files.exists('../../../etc/passwd')).rejects.toThrow('not a hash');
  });
});

describe('a small picture', () => {
  test('is upright, within 480 by 480, and without the metadata of the photo', async () => {
    expect(await sharp(jpeg).metadata()).toMatchObject({ width: 900, height: 600, orientation: 6 });
    const { hash } = await put(jpeg);
    const small = await files.thumbnail(hash);
    const seen = await sharp(small).metadata();
    expect(seen).toMatchObject({ format: 'jpeg', width: 320, height: 480 });
    expect(seen.orientation).toBeUndefined();
    expect(seen.exif).toBeUndefined();
    expect(await files.thumbnail(hash)).toEqual(small);
  });

  test('there is none of a PDF', async () => {
    expect(await files.thumbnail((await put(pdf)).hash)).toBeUndefined();
  });
});

const lie = { name: 'xl/a.xml', bytes: big(500_000), says: 10 };
const refused: Record<string, [() => Buffer, string, string]> = {
  'an empty file': [() => Buffer.alloc(0), 'file-refused', 'a.txt'],
  'a page': [() => Buffer.from('\ufeff <!DOCTYPE html><p>hi'), 'file-refused', 'a.txt'],
  'a page called a photo': [() => Buffer.from('<html><script>alert(1)</script>'), 'file-refused', 'a.jpg'],
  'a script further down': [() => Buffer.from('note\n<script>alert(1)</script>'), 'file-refused', 'a.txt'],
  SVG: [() => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'file-refused', 'a.svg'],
  XML: [() => Buffer.from('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'), 'file-refused', 'a.txt'],
  'a program': [() => Buffer.concat([Buffer.from('MZ'), Buffer.alloc(300)]), 'file-refused', 'a.pdf'],
  'a Windows program of text': [() => Buffer.from([0x4d, 0x5a, 0x90, 0x00, 0x03]), 'file-refused', 'a.txt'],
  GIF: [() => Buffer.from('GIF89a\x01\x00\x01\x00', 'latin1'), 'file-refused', 'a.jpg'],
  'a photo that is none': [() => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(200)]), 'file-refused', 'a.jpg'],
  'a photo with an archive behind it': [
    () => Buffer.concat([jpeg, zip([{ name: 'a.js', bytes: Buffer.from('x') }])]),
    'file-refused',
    'a.jpg',
  ],
  'a photo with a page behind it': [() => Buffer.concat([png, Buffer.from('<html><script>alert(1)</script>')]), 'file-refused', 'a.png'],
  'a photo that is a PDF as well': [() => Buffer.concat([jpeg.subarray(0, 4), pdf, jpeg.subarray(4)]), 'file-refused', 'a.jpg'],
  'a PDF with an archive behind it': [
    () => Buffer.concat([pdf, zip([{ name: 'a.js', bytes: Buffer.from('x') }])]),
    'file-refused',
    'a.pdf',
  ],
  'half a PDF': [() => pdf.subarray(0, 20), 'file-refused', 'a.pdf'],
  'a PDF without its last line': [() => pdf.subarray(0, -7), 'file-refused', 'a.pdf'],
  'a PDF that ends long before the file does': [() => Buffer.concat([pdf, Buffer.alloc(1_100, 0x20)]), 'file-refused', 'a.pdf'],
  'half a JPEG': [() => jpeg.subarray(0, jpeg.length >> 1), 'file-refused', 'a.jpg'],
  'a JPEG without its last two bytes': [() => jpeg.subarray(0, -2), 'file-refused', 'a.jpg'],
  'half a JPEG with a small picture in its head': [() => withSmallPicture(jpeg.subarray(0, -2)), 'file-refused', 'a.jpg'],
  'half a PNG': [() => png.subarray(0, png.length >> 1), 'file-refused', 'a.png'],
  'a PNG without its end': [() => png.subarray(0, -12), 'file-refused', 'a.png'],
  'half a WebP': [() => webp.subarray(0, webp.length >> 1), 'file-refused', 'a.webp'],
  'half a HEIC': [() => heic().subarray(0, -1), 'file-refused', 'a.heic'],
  'an archive': [() => zip([{ name: 'a.txt', bytes: Buffer.from('x') }]), 'file-refused', 'a.docx'],
  'a document with a macro': [() => wordFile({ name: 'word/vbaProject.bin', bytes: Buffer.from('x') }), 'file-refused', 'a.docx'],
  'a document with a program in it': [() => wordFile({ name: 'word/embeddings/a.exe', bytes: Buffer.from('x') }), 'file-refused', 'a.docx'],
  'a document under a password': [() => wordFile({ name: 'word/a.xml', bytes: Buffer.from('x'), flags: 1 }), 'file-refused', 'a.docx'],
  'a document with something before it': [
    () => Buffer.concat([Buffer.from('PK\x03\x04 <html>', 'latin1'), wordFile()]),
    'file-refused',
    'a.docx',
  ],
  'half a document': [() => wordFile().subarray(0, 90), 'file-refused', 'a.docx'],
  'an archive bomb that says so': [
    () => excelFile({ name: 'xl/a.xml', bytes: big(10), says: 300 * 1024 * 1024 }),
    'file-too-large',
    'a.xlsx',
  ],
  'an archive bomb that lies': [() => excelFile(lie), 'file-too-large', 'a.xlsx'],
  'ten thousand parts': [
    () => excelFile(...Array.from({ length: 5_100 }, (_, i) => ({ name: `xl/${i}`, bytes: big(1) }))),
    'file-too-large',
    'a.xlsx',
  ],
  'more than the most': [() => big(1024 * 1024 + 1), 'file-too-large', 'a.txt'],
};

test.each(Object.entries(refused))('%s is refused, and nothing of it is kept', async (_, [bytes, code, name]) => {
  const before = (await everything()).toSorted();
  await expect(put(bytes(), name)).rejects.toMatchObject({ name: 'FileRefused', code });
  expect((await everything()).toSorted()).toEqual(before);
});

test('a photo of too many pixels is refused by its header, without being decoded', async () => {
  const wide = await sharp({ create: { width: 16_000, height: 5_000, channels: 3, background: '#000000' } })
    .png({ compressionLevel: 9 })
    .toBuffer();
  expect(wide.length).toBeLessThan(1024 * 1024);
  await expect(put(wide)).rejects.toMatchObject({ code: 'file-too-large', message: 'A photo has at most 64 million pixels.' });
});

test('a sender who goes away leaves nothing', async () => {
  const before = (await everything()).toSorted();
  const broken = new Readable({ read() {} });
  broken.push('half of ');
  setImmediate(() => broken.destroy(new Error('gone')));
  await expect(files.put(broken, 'a.txt')).rejects.toThrow('gone');
  expect((await everything()).toSorted()).toEqual(before);
});

describe('several files of one request', () => {
  const part = (bytes: Buffer | string, name = 'a.txt') => ({ stream: Readable.from([Buffer.from(bytes)]), name });

  test('all are kept, or none: one that is refused, one whose sender breaks off, a request that is not taken', async () => {
    const before = await everything();
    await expect(files.putAll([part('one good'), part('<html>')])).rejects.toBeInstanceOf(FileRefused);
    async function* breaksOff() {
      yield part('another good');
      throw new Error('gone');
    }
    await expect(files.putAll(breaksOff())).rejects.toThrow('gone');
    const judged: StoredFile[][] = [];
    const refuse = (found: readonly StoredFile[]) => {
      judged.push([...found]);
      throw new Error('too many');
    };
    await expect(files.putAll([part('a third'), part('a fourth')], refuse)).rejects.toThrow('too many');
    expect(judged).toMatchObject([[{ hash: sha(Buffer.from('a third')) }, { hash: sha(Buffer.from('a fourth')) }]]);
    expect(await everything()).toEqual(before);
    const kept = await files.putAll([part('a third'), part('a fourth')]);
    expect(await Promise.all(kept.map(({ hash }) => files.exists(hash)))).toEqual([true, true]);
  });
});

describe('what is noted nowhere', () => {
  const listed = (hashes: readonly string[]) => async function* () { yield* hashes; }; // prettier-ignore
  const age = async (hash: string): Promise<void> => {
    const before = new Date(Date.now() - 25 * 3_600_000);
    await utimes(join(root, 'kept', nameOf(hash).slice(0, 2), nameOf(hash)), before, before);
  };

  test('goes after a day, with its small picture; sent again just before, it stays', async () => {
    const { hash: noted } = await put(Buffer.from('noted'));
    const { hash: old } = await put(jpeg);
    await files.thumbnail(old);
    const { hash: again } = await put(Buffer.from('sent again'));
    for (const hash of [noted, old, again]) await age(hash);
    await put(Buffer.from('sent again'));
    expect(await files.removeUnnoted(listed([noted]))).toBeGreaterThan(0);
    expect(await Promise.all([noted, old, again].map((hash) => files.exists(hash)))).toEqual([true, false, true]);
    expect(await everything()).not.toContain(nameOf(old));
  });

  test('where nothing at all is noted, the notes are of another store, and nothing goes', async () => {
    const { hash } = await put(Buffer.from('whose'));
    await age(hash);
    expect(await files.removeUnnoted(listed(['0'.repeat(64)]))).toBe(0);
    expect(await files.exists(hash)).toBe(true);
  });
});
