/** The version of a pack that a case is pinned to, for its labels. */
import { NotFound, type RuleBook } from '../../desk/index.ts';
import type { Pack } from '../../domain/pack.ts';

/** Undefined for a version the store has not, as with a case from before versions were stored: then ids stand for labels. */
export async function pinnedPack(rules: RuleBook, hash: string): Promise<Pack | undefined> {
  try {
    return await rules.pinned(hash);
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}
