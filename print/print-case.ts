/** Prints of a case: which there are now, and one of them. */
import type { Db } from '../db/database.ts';
import { readCaseFile, type CaseFile } from './case/case-file.ts';
import type { CasePrint } from './case/form.ts';
import { blocksOf } from './case/parts.ts';
import { printsOf } from './forms/catalogue.ts';
import type { Printed } from './kit/pdf.ts';
import { press } from './kit/press.ts';

export interface CasePrinted extends Printed {
  /** 《工程派工单》, without brackets, for the name of a file. */
  readonly title: string;
  /** It rests on the record up to this event. */
  readonly seq: number;
}

/** What can be printed of a case as it stands. Undefined: there is no such case. */
export async function casePrints(db: Db, number: string): Promise<readonly CasePrint[] | undefined> {
  const file = await readCaseFile(db, number);
  return file === undefined ? undefined : printsOf(file);
}

/**
 * One print. @param upTo as it was issued: on the record up to this event, whatever has been recorded since
 * @param company stands at the head; so does `label`, the secrecy label, of each page. Undefined: no such case, or nothing to print under that name yet.
 */
export async function printCase(
  db: Db,
  number: string,
  print: string,
  {
    upTo,
    company,
    label,
  }: { readonly upTo?: number | undefined; readonly company?: string | undefined; readonly label?: string | undefined } = {},
): Promise<CasePrinted | undefined> {
  const file = await readCaseFile(db, number, upTo);
  const form = file === undefined ? undefined : printsOf(file).find(({ id }) => id === print);
  if (file === undefined || form === undefined) return undefined;
  return printFile(file, form, company, label);
}

/** One print of a case that has been read. */
export async function printFile(file: CaseFile, form: CasePrint, company: string | undefined, label?: string): Promise<CasePrinted> {
  const printed = await press({ ...sheetOf(file, form, company), label });
  return { ...printed, title: bare(form.title), seq: file.stamp.seq };
}

function sheetOf(file: CaseFile, { title, clause, parts }: CasePrint, company: string | undefined) {
  const source = `${file.pack?.title.zh ?? file.state.pack.id}${clause === '' ? '' : ` ${clause}`}`;
  return { title: bare(title), company, source, stamp: file.stamp, blocks: parts.flatMap((part) => blocksOf(part, file)) };
}

export const bare = (title: string): string => title.replace(/[《》]/g, '');
