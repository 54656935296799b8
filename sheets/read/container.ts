/** A spreadsheet's container before it is taken apart: what it unpacks to, and how many rows and cells that makes. */
import { Readable } from 'node:stream';
import { officeKind } from '../../files/container.ts';
import { FileRefused } from '../../files/store.ts';
import { TableProblem, within, type Limits } from '../table.ts';

const SHEET = /^xl\/worksheets\/[^/]+\.xml$/;
const ROW = /<row[ >]/g;
/** Length of the sign, less one: so much of a chunk may belong to a sign that goes on in the next. */
const CARRIED = 4;

/** @throws TableProblem for what is no spreadsheet, holds programs, is damaged, or unpacks beyond measure */
export async function checkContainer(bytes: Uint8Array, limits: Limits): Promise<void> {
  const source = {
    read: async (from: number, length: number) => Buffer.from(bytes.subarray(from, from + length)),
    stream: (from: number, length: number) => Readable.from([bytes.subarray(from, from + length)]),
  };
  let part = '';
  let rows = 0;
  let carried = '';
  const count = (name: string, chunk: Buffer): void => {
    if (!SHEET.test(name)) return;
    if (name !== part) [part, rows, carried] = [name, 0, ''];
    const text = carried + chunk.toString('latin1');
    rows += text.match(ROW)?.length ?? 0;
    carried = text.slice(-CARRIED);
    within(limits, { rows: rows - 1 });
  };
  try {
    const kind = await officeKind(source, bytes.length, count);
    if (!kind.endsWith('.sheet')) throw new FileRefused('file-refused', '不是电子表格。', 'It is no spreadsheet.');
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    const [zh, en] = [error.zh.replace(/。$/, ''), error.message.replace(/\.$/, '')];
    throw new TableProblem(
      { zh: `无法使用:${zh}`, en: `cannot be used: ${en}` },
      { zh: '请在电子表格中另存为 .xlsx 或 CSV', en: 'save it as .xlsx or CSV in a spreadsheet' },
      error,
    );
  }
}
