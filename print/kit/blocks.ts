/** Blocks of a sheet as the typesetter wants them. Built anew each time: it changes what it is given. */
import type { Content, TableCell } from 'pdfmake/interfaces.js';
import type { Block, Pair, Signature } from './sheet.ts';

type Setter = (text: string) => string;

const LINE = '#555555';
const SHADE = '#f2f2f2';
/** Between the margins of A4, in points. */
const LINE_WIDTH = 515;
const PADDING = 8;
/** Label and value, twice. */
const FOUR = [16, 34, 16, 34] as const;
/** Padding and rules of a row. */
const around = (columns: number): number => columns * PADDING + (columns + 1) * 0.5;

const ruled = {
  hLineWidth: () => 0.5,
  vLineWidth: () => 0.5,
  hLineColor: () => LINE,
  vLineColor: () => LINE,
  paddingLeft: () => PADDING / 2,
  paddingRight: () => PADDING / 2,
  paddingTop: () => 3,
  paddingBottom: () => 3,
};

/** Width of each column in points, from its share of the line. */
function shares(widths: readonly number[]): number[] {
  const all = widths.reduce((sum, width) => sum + width, 0);
  const room = LINE_WIDTH - around(widths.length);
  return widths.map((width) => (room * width) / all);
}

export function layoutOf(block: Block, set: Setter): Content[] {
  switch (block.kind) {
    case 'heading':
      return [{ text: set(block.text), bold: true, fontSize: 11, margin: [0, 8, 0, 3], headlineLevel: 1 }];
    case 'text':
      return [{ text: set(block.text), margin: [0, 2, 0, 2] }];
    case 'pairs':
      return [
        {
          table: { widths: shares(FOUR), body: [...rowsOf(block.pairs, set), ...signatureRows(block.signatures ?? [], set)] },
          layout: ruled,
        },
      ];
    case 'grid':
      return [
        {
          table: {
            widths: shares(block.widths),
            headerRows: 1,
            keepWithHeaderRows: 1,
            dontBreakRows: block.whole === true,
            body: [
              block.head.map((text) => labelCell(set(text), 'center')),
              ...block.rows.map((row) => row.map((text) => ({ text: set(text) }))),
            ],
          },
          fontSize: block.size ?? 8.5,
          layout: ruled,
        },
      ];
    case 'signatures':
      return [{ table: { widths: shares(FOUR), body: signatureRows(block.signatures, set), dontBreakRows: true }, layout: ruled }];
  }
}

const labelCell = (text: string, alignment: 'left' | 'center' = 'left'): TableCell => ({ text, bold: true, fillColor: SHADE, alignment });

/** Two pairs to a row; a wide one has a row of its own. */
function rowsOf(pairs: readonly Pair[], set: Setter): TableCell[][] {
  const rows: TableCell[][] = [];
  let half: Pair | undefined;
  const wide = ({ label, value }: Pair): void => void rows.push([labelCell(set(label)), { text: set(value || ' '), colSpan: 3 }, {}, {}]);
  for (const pair of pairs) {
    if (pair.wide === true) {
      if (half !== undefined) wide(half);
      half = undefined;
      wide(pair);
    } else if (half === undefined) half = pair;
    else {
      rows.push([
        labelCell(set(half.label)),
        { text: set(half.value || ' ') },
        labelCell(set(pair.label)),
        { text: set(pair.value || ' ') },
      ]);
      half = undefined;
    }
  }
  if (half !== undefined) wide(half);
  return rows;
}

/** Printed name and time of whoever has signed, or room to do so. */
function signatureRows(list: readonly Signature[], set: Setter): TableCell[][] {
  return list.map(({ label, name, at }) => [
    labelCell(set(label)),
    { text: set(name ?? '签字：') },
    labelCell('日期'),
    { text: set(at ?? '        年      月      日') },
  ]);
}
