/** Sets a sheet: A4, ruled cells, heads repeated, pages counted, a line at the foot that says what it rests on. */
import { createHash } from 'node:crypto';
import pdfmake from 'pdfmake';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { layoutOf } from './blocks.ts';
import { FACE } from './face.ts';
import { Glyphs } from './glyphs.ts';
import { sayInstant } from './say.ts';
import type { Sheet, Stamp } from './sheet.ts';

export interface Printed {
  readonly bytes: Buffer;
  /** SHA-256 of the bytes, hex. */
  readonly hash: string;
  /** Characters that stand as boxes, `U+E000`. */
  readonly missing: readonly string[];
}

/** Below this, in points from the top of the page, a heading would have no room for what it heads. */
const HEADING_ABOVE = 690;

pdfmake.addFonts({ face: { ...FACE } });
// What a form says is never an address to be fetched; of the disk only the two faces are read.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => path === FACE.normal || path === FACE.bold);

/** The same sheet gives the same bytes: nothing in them is of the time or place of printing. */
export async function setSheet(sheet: Sheet): Promise<Printed> {
  const glyphs = new Glyphs();
  const set = (text: string): string => glyphs.settable(text);
  const { title, company, source, blocks, stamp, label } = sheet;
  const content: Content[] = [
    ...(company === undefined
      ? []
      : [{ text: set(company), alignment: 'center' as const, fontSize: 11, margin: [0, 0, 0, 2] as [number, number, number, number] }]),
    { text: set(title), alignment: 'center', fontSize: 17, bold: true, margin: [0, 0, 0, 4] },
    {
      columns: [
        { text: set(source), width: '*' },
        { text: set(`编号：${stamp.number}`), width: 'auto', alignment: 'right' },
      ],
      columnGap: 8,
      fontSize: 9,
      margin: [0, 0, 0, 4],
    },
    ...blocks.flatMap((block) => layoutOf(block, set)),
  ];
  const { missing } = glyphs;
  if (missing.length > 0) content.push({ text: `字库中没有的字以“□”代替：${missing.join('、')}`, fontSize: 8, margin: [0, 6, 0, 0] });
  const definition: TDocumentDefinitions = {
    pageSize: 'A4',
    pageMargins: [40, 40, 40, 58],
    language: 'zh-CN',
    info: { title: `${title} ${stamp.number}`, creator: 'redress', producer: 'redress', creationDate: new Date(stamp.at) },
    defaultStyle: { font: 'face', fontSize: 10, lineHeight: 1.15 },
    content,
    // No heading is left alone at the end of a page.
    pageBreakBefore: ({ headlineLevel, startPosition }) => headlineLevel === 1 && startPosition.top > HEADING_ABOVE,
    ...(label === undefined
      ? {}
      : {
          header: (): Content => ({ text: set(`密级：${label}`), bold: true, fontSize: 11, alignment: 'right', margin: [40, 18, 40, 0] }),
        }),
    footer: (page: number, pages: number): Content => ({
      margin: [40, 8, 40, 0],
      fontSize: 7,
      stack: [
        {
          columns: [
            { text: footLine(stamp), width: '*' },
            { text: `第 ${page} 页 共 ${pages} 页`, width: 'auto' },
          ],
          columnGap: 8,
        },
        { text: `散列值 ${stamp.hash}` },
        { text: verifyLine(stamp) },
      ],
    }),
  };
  const bytes = await pdfmake.createPdf(definition).getBuffer();
  return { bytes, hash: createHash('sha256').update(bytes).digest('hex'), missing };
}

function footLine({ number, seq, at, issued, of }: Stamp): string {
  const what = of === 'case' ? `第 ${seq} 号记录` : `第 ${seq} 版`;
  return `${number} ${issued ? '签发' : '现状'} 截至${what}，${sayInstant(at)}（北京时间）`;
}

function verifyLine({ number, seq, of }: Stamp): string {
  return of === 'case'
    ? `核验：redress audit verify --case ${number}，并与散列值比对`
    : `核验：与该登记版本历史中第 ${seq} 版的散列值比对（GET /api/registers/…/entries/…/history）`;
}
