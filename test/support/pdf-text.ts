/** The text of a PDF, as a reader of it sees it. */
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

export interface Piece {
  readonly text: string;
  /** Left and bottom, in points. */
  readonly x: number;
  readonly y: number;
}

/** Pieces of each page in the order in which they were set: cell after cell, line after line. */
export async function piecesOf(bytes: Uint8Array): Promise<Piece[][]> {
  const loading = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const pdf = await loading.promise;
  const pages: Piece[][] = [];
  for (let at = 1; at <= pdf.numPages; at++) {
    const { items } = await (await pdf.getPage(at)).getTextContent();
    pages.push(
      items.flatMap((item) => {
        if (!('str' in item) || item.str.trim() === '') return [];
        const [, , , , x = 0, y = 0] = item.transform as number[];
        return [{ text: item.str, x, y }];
      }),
    );
  }
  await loading.destroy();
  return pages;
}

/** All text, a line to a piece, without what stands at the foot of the pages. */
export async function textOf(bytes: Uint8Array): Promise<string> {
  const pages = await piecesOf(bytes);
  return pages
    .flat()
    .filter(({ y }) => y > FOOT)
    .map(({ text }) => text)
    .join('\n');
}

/** The foot of a page, in points from below. */
const FOOT = 56;

export const footOf = (page: readonly Piece[]): string =>
  page
    .filter(({ y }) => y <= FOOT)
    .map(({ text }) => text)
    .join('\n');
