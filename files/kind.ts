/** What a file is, by its bytes. What could be taken for two things, or for a page that runs, is refused. */
import type { FileType } from '../domain/file-name.ts';
import type { Bytes } from './bytes.ts';
import { endsInContainer, officeKind } from './container.ts';
import { endsWell } from './ending.ts';
import { checkPicture } from './picture.ts';
import { FileRefused } from './store.ts';
import { checkText } from './text.ts';

/** How much is looked at from either end; a container's end record lies within the last 65,557 bytes. */
const ENDS = 66_000;
const RUNS = /<(?:!doctype|html|head|body|script|svg|iframe|\?php)/i;
const HEIC = /^ftyp(?:heic|heix|hevc|heim|heis|mif1|msf1)/;

/** @throws FileRefused */
export async function kindOf(file: Bytes, size: number, sentName: string): Promise<FileType> {
  if (size === 0) throw new FileRefused('file-refused', '文件为空。', 'The file is empty.');
  const head = await file.read(0, Math.min(ENDS, size));
  const tail = await file.read(Math.max(0, size - ENDS), Math.min(ENDS, size));
  const magic = head.toString('latin1', 0, 16);
  if (magic.startsWith('PK')) return await officeKind(file, size);
  const picture = pictureBy(magic);
  if (picture !== undefined || magic.startsWith('%PDF-')) checkSingle(head, tail, picture !== undefined);
  const known = picture ?? (magic.startsWith('%PDF-') ? 'application/pdf' : undefined);
  if (known !== undefined) {
    if (picture !== undefined && picture !== 'image/heic') await checkPicture(file, size, picture);
    if (!(await endsWell(file, size, known, tail))) throw cutOff();
    return known;
  }
  await checkText(file, size);
  return /\.csv$/i.test(sentName) ? 'text/csv' : 'text/plain';
}

/** By the first 16 bytes, as latin1. */
export function pictureBy(magic: string): FileType | undefined {
  if (magic.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (magic.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (magic.startsWith('RIFF') && magic.startsWith('WEBP', 8)) return 'image/webp';
  return HEIC.test(magic.slice(4)) ? 'image/heic' : undefined;
}

/** No second file inside: a container at the end, a PDF near the beginning, a page in either. @throws FileRefused */
function checkSingle(head: Buffer, tail: Buffer, isPicture: boolean): void {
  const [first, last] = [head.toString('latin1'), tail.toString('latin1')];
  const second = endsInContainer(tail) || (isPicture && (first.indexOf('%PDF-') >= 0 || RUNS.test(first) || RUNS.test(last)));
  if (second) throw new FileRefused('file-refused', '文件内含另一种格式的内容。', 'The file holds a second one of another format.');
}

const cutOff = (): FileRefused =>
  new FileRefused('file-refused', '文件不完整,请重新上传。', 'The file breaks off before its end; send it again.');
