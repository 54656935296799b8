/** Rows to comma-separated text, a chunk a row: UTF-8 with its mark, which spreadsheets need to see Chinese. */
import { withGuard } from '../guard.ts';
import { textOf, type Column, type Lang, type Values } from './column.ts';

const MARK = '\uFEFF';
const NEEDS_QUOTES = /[",;\t\r\n']|^\s|\s$/;

/** No cell of text begins as a formula does; numbers and times are nothing but digits and their signs. */
export async function* writeCsv(columns: readonly Column[], rows: AsyncIterable<Values>, lang: Lang = 'zh'): AsyncGenerator<string> {
  yield MARK + line(columns.map((column) => withGuard(column[lang])));
  for await (const values of rows) {
    yield line(
      columns.map((column, i) => {
        const text = textOf(column, values[i], lang);
        return column.type === 'text' ? withGuard(text) : text;
      }),
    );
  }
}

const line = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`;

const quoted = (text: string): string => (NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
