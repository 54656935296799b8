/** Prints that the procedure issues: set once on the record as it was when it was asked for, and kept so. */
import type { Db } from '../db/database.ts';
import { isIssued, keepIssued } from '../db/issued-prints.ts';
import { isTold } from '../db/read/prints.ts';
import { printCase } from './print-case.ts';

/** Which print of a case, the how-manieth of its kind, on the record up to which event. */
export interface Issue {
  readonly number: string;
  readonly print: string;
  readonly ordinal: number;
  readonly upTo: number;
}

/**
 * Issues a print unless that has been done; a second attempt beside a first one sets the same bytes, and one of them stays.
 * @param labelOf the secrecy label that stands at the head of each page
 * @throws when the record does not have the paper, unless an import told the case
 */
export function issuer(
  db: Db,
  company: string | undefined,
  labelOf: (number: string) => Promise<string | undefined> = async () => undefined,
): (issue: Issue) => Promise<void> {
  return async ({ number, print, ordinal, upTo }) => {
    if (await isIssued(db, number, print, ordinal)) return;
    const printed = await printCase(db, number, print, { upTo, company, label: await labelOf(number) });
    if (printed === undefined) {
      // A case told by an import may lack the paper: then there is nothing to issue. In any other the effect is tried again.
      if (await isTold(db, number)) return;
      throw new Error(`${number} has no ${print} to issue on its record up to event ${upTo}`);
    }
    await keepIssued(db, { number, print, ordinal, ...printed });
  };
}
