/** Cases that a case opens: once through the desk, and one that the desk will never take is left to operators. */
import { markForOperators } from '../db/record.ts';
import type { Db } from '../db/database.ts';
import type { Linked, LinkedOpening, LinkPorts } from '../workflows/kit/ports.ts';

/** @param open through the desk, once per `(number, kind, ordinal)` */
export function createLinks(db: Db, open: (opening: LinkedOpening) => Promise<Linked>): LinkPorts {
  return {
    async openLinked(opening) {
      const linked = await open(opening);
      if ('number' in linked) return { [opening.kind]: linked.number };
      // Trying again changes nothing; the case goes on, and somebody opens the other one by hand.
      await markForOperators(db, opening.number, `${opening.kind} could not be opened: ${linked.refused}`);
      return {};
    },
  };
}
