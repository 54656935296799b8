/** Rows of `redress due --batch`: a CSV file as spreadsheets write it, by column, each row for itself. */
import { readFile } from 'node:fs/promises';
import { parse, type Options } from 'csv-parse/sync';

const COLUMNS = ['id', 'pack', 'limit', 'from'];

export type Row = Record<string, string | undefined>;

/**
 * The rows of a file: UTF-8 (with or without byte order mark) or UTF-16 with one, any line ends, fields in quotes or not. A row
 * that cannot be read comes back with `broken`. Throws a plain sentence with the file's name when nothing can be read.
 */
export async function readRows(file: string): Promise<Row[]> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`${file}: ${error.code === 'ENOENT' ? 'there is no such file' : `cannot be read (${error.message})`}`);
  });
  const [header, ...rows] = split(decode(bytes, file));
  const columns = readHeader(header ?? [], file);
  return rows.map((row) => {
    if (typeof row === 'string')
      return { id: row.split(',')[0] ?? '', broken: `the row cannot be read: a quote is not closed in ${row.slice(0, 60)}` };
    if (row.length > columns.length && row.slice(columns.length).some((field) => field !== ''))
      return { id: row[columns.indexOf('id')], broken: `the row has ${row.length} fields, the first line ${columns.length}` };
    return Object.fromEntries(columns.map((column, i) => [column, row[i]]));
  });
}

function decode(bytes: Buffer, file: string): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Error(`${file}: is not UTF-8; save it as "CSV UTF-8"`);
  }
}

const options: Options = { trim: true, skip_empty_lines: true, relax_column_count: true };

/** Records of the text; where a quote is left open, line by line, the bad lines as they stand. */
function split(text: string): (string[] | string)[] {
  try {
    return parse(text, options) as unknown as string[][];
  } catch {
    return text
      .split(/\r\n|\n|\r/)
      .filter((line) => line.trim() !== '')
      .map((line) => {
        try {
          return (parse(line, options) as unknown as string[][])[0] ?? line;
        } catch {
          return line;
        }
      });
  }
}

function readHeader(header: string[] | string, file: string): string[] {
  const columns = (typeof header === 'string' ? [] : header).map((name) => name.toLowerCase());
  const must = `it must name ${COLUMNS.join(',')}`;
  const missing = COLUMNS.filter((column) => !columns.includes(column));
  if (missing.length > 0) throw new Error(`${file}: the first line lacks ${missing.join(', ')}; ${must}`);
  const twice = COLUMNS.filter((column) => columns.indexOf(column) !== columns.lastIndexOf(column));
  if (twice.length > 0) throw new Error(`${file}: the first line names ${twice.join(', ')} twice; ${must}, each once`);
  return columns;
}
