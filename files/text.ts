/** Plain text: UTF-8, or GB18030 as older Chinese programs write it. */
import type { Readable } from 'node:stream';
import type { Bytes } from './bytes.ts';
import { FileRefused } from './store.ts';

const ENCODINGS = ['utf-8', 'gb18030'] as const;
/** Control characters other than tab, line feed, form feed, carriage return, escape at the end of DOS files. */
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\x00-\x08\x0b\x0e-\x19\x1b-\x1f\x7f]/;
const MARKUP = /^\s*<[!?a-z]|<(?:script|svg|html|iframe)[\s>/]/i;

/** @throws FileRefused when it is no text in either encoding, or a page or program */
export async function checkText(file: Bytes, size: number): Promise<void> {
  for (const encoding of ENCODINGS) if (await readsAs(file.stream(0, size), encoding)) return;
  throw new FileRefused(
    'file-refused',
    '不接受此类文件。可上传:JPEG、PNG、WebP、HEIC照片,PDF,Word(docx)、Excel(xlsx),UTF-8或GB18030文本(txt、csv)。',
    'Files of this kind are not taken. These are: JPEG, PNG, WebP and HEIC photos, PDF, Word (docx), Excel (xlsx), text in UTF-8 or GB18030 (txt, csv).',
  );
}

async function readsAs(stream: Readable, encoding: (typeof ENCODINGS)[number]): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let seen = 0;
  try {
    for await (const chunk of stream) {
      const text = decoder.decode(chunk as Buffer, { stream: true });
      if (CONTROL.test(text)) return false;
      if (seen === 0 && MARKUP.test(text)) {
        throw new FileRefused('file-refused', '不接受网页、SVG等含标记的文件。', 'Pages, SVG and other markup are not taken.');
      }
      seen += text.length;
    }
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
