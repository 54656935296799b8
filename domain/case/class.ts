/** Classes of a case (severity): raised freely, lowered with a note, and what an order of classes decides. */
import { refuse, type Refusal } from '../errors.ts';

/** @param levels lowest first; a class that is not among them ranks below all */
export function isLower(levels: readonly string[], one: string, other: string): boolean {
  return levels.indexOf(one) < levels.indexOf(other);
}

/** Raising needs nothing, lowering a note; the class must be one of the pack's. */
export function checkClassChange(
  levels: readonly string[],
  from: string,
  { to, note }: { readonly to: string; readonly note: boolean },
): Refusal | undefined {
  if (!levels.includes(to)) return refuse('bad-facts', 'severity');
  return isLower(levels, to, from) && !note ? refuse('note-missing') : undefined;
}
