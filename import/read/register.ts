/** Reads a register from disk: what kind of file it is, is seen from its bytes. */
import { readFile, stat } from 'node:fs/promises';
import { FileProblem } from '../problem.ts';
import { readCsv } from './csv.ts';
import { MAX_BYTES, twice, type FileOptions, type Register } from './row.ts';
import { decode } from './text.ts';

/** @throws FileProblem when the file as a whole cannot be used */
export async function readRegister(file: string, options: FileOptions = {}): Promise<Register> {
  const bytes = await readBytes(file);
  const fail = (what: string, remedy: string): never => {
    throw new FileProblem(file, what, remedy);
  };
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    fail('is a spreadsheet of the old kind, or one with a password', 'save it as .xlsx without a password');
  if (starts(bytes, 0x25, 0x50, 0x44, 0x46)) fail('is a PDF', 'export the register as CSV or XLSX');
  const register = await readTable(bytes, options).catch((error: unknown) => {
    if (error instanceof RangeError) return fail(error.message, 'correct the file or the mapping');
    throw error;
  });
  const double = twice(register.columns);
  if (double !== undefined) fail(`has the heading "${double}" twice`, 'rename one of them');
  if (register.rows.length === 0 && register.problems.length === 0) fail('has no rows below its heading', 'export the register again');
  return register;
}

async function readTable(bytes: Uint8Array, options: FileOptions): Promise<Register> {
  if (starts(bytes, 0x50, 0x4b, 0x03, 0x04)) {
    const { readXlsx } = await import('./xlsx.ts');
    const { sheet, ...table } = await readXlsx(bytes, options.sheet);
    return { kind: `XLSX, sheet "${sheet}"`, ...table };
  }
  const { text, encoding } = decode(bytes, options.encoding);
  if (text.includes('\0')) throw new RangeError('it is neither text nor a spreadsheet');
  return { kind: `CSV, ${encoding}`, ...readCsv(text, options.delimiter) };
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    if (size > MAX_BYTES) throw new FileProblem(file, `is larger than ${MAX_BYTES / 1024 / 1024} MB`, 'split it');
    const bytes = await readFile(file);
    if (bytes.length === 0) throw new FileProblem(file, 'is empty', 'export the register again');
    return bytes;
  } catch (error) {
    if (error instanceof FileProblem) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new FileProblem(file, 'there is no such file', 'check the path');
    throw new FileProblem(file, `cannot be read (${code ?? message})`, 'check the path and the rights on it');
  }
}

const starts = (bytes: Uint8Array, ...sign: number[]): boolean => sign.every((byte, i) => bytes[i] === byte);
