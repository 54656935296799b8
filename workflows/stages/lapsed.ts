/** A wait that may end without an answer. */
import type { Case } from '../kit/case.ts';
import { Lapsed } from '../kit/errors.ts';

/** The answer; undefined when its task was closed without one while the case goes on. The end of the case goes on up. */
export async function unlessLapsed<T>(c: Case, asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Lapsed && c.state.reason === undefined) return undefined;
    throw error;
  }
}
