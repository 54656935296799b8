/** Reads a register from disk; what is wrong with it is said in English, as everything on this command line. */
import { readFile, stat } from 'node:fs/promises';
import { readTable } from '../../sheets/read/read.ts';
import { LIMITS, TableProblem, type ReadOptions, type Row } from '../../sheets/table.ts';
import { FileProblem, type RowProblem } from '../problem.ts';

export interface Register {
  /** `CSV, UTF-8` or `XLSX, sheet "2016"`. */
  readonly kind: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** Rows that could not be taken apart at all. */
  readonly problems: readonly RowProblem[];
}

/** @throws FileProblem when the file as a whole cannot be used */
export async function readRegister(file: string, options: ReadOptions = {}): Promise<Register> {
  const bytes = await readBytes(file);
  try {
    const { broken, ...table } = await readTable(bytes, options);
    return { ...table, problems: broken.map(({ line, what, remedy }) => ({ line, what: what.en, remedy: remedy.en })) };
  } catch (error) {
    if (!(error instanceof TableProblem)) throw error;
    throw new FileProblem(file, error.what.en, error.remedy.en);
  }
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    if (size > LIMITS.bytes) throw new FileProblem(file, `is larger than ${LIMITS.bytes / 1024 / 1024} MB`, 'split it');
    return await readFile(file);
  } catch (error) {
    if (error instanceof FileProblem) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new FileProblem(file, 'there is no such file', 'check the path');
    throw new FileProblem(file, `cannot be read (${code ?? message})`, 'check the path and the rights on it');
  }
}
