/** A calendar file as it is sent: its text, and what is wrong with it as a problem. */
import { NotFound } from '../../desk/index.ts';
import { PackError } from '../../packs/problem.ts';
import { Problem } from '../problems/problem.ts';

export const CALENDAR_TYPES = ['application/yaml', 'text/yaml', 'text/calendar'];

/** @throws Problem bad-calendar with every fault, its place and what would be right; Problem not-found */
export async function readingCalendar<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof NotFound) throw new Problem('not-found');
    if (!(error instanceof PackError)) throw error;
    throw new Problem('bad-calendar', {
      errors: error.problems.map(({ path, line, wrong, right }) => ({
        path,
        zh: `${line === undefined ? '' : `第${line}行:`}${wrong};应为:${right}`,
        en: `${line === undefined ? '' : `line ${line}: `}${wrong}; right would be ${right}`,
      })),
    });
  }
}
