/** What the approval of an evaluation paper brings about: its entry in the register, once. */
import type { Db } from '../db/database.ts';
import { addEntry } from '../db/entries.ts';
import { isoBeijing } from '../domain/time.ts';
import type { RegisterDef } from '../domain/register/definition.ts';
import type { PaperPorts } from '../workflows/kit/ports.ts';
import { once } from './once.ts';

/** Who enters what a case brings about. */
const BY = 'system';

export function createPapers(db: Db, def: RegisterDef): PaperPorts {
  return {
    filePaper({ number, ordinal, kind, hash, version, inForceFrom }) {
      return once(db, 'filePaper', { number, ordinal }, async (trx) => {
        const body = { case: number, kind, version, document: hash, inForceFrom: isoBeijing(inForceFrom) };
        const { id } = await addEntry(trx, { def, body, person: BY, at: inForceFrom });
        return { entry: id };
      });
    },
  };
}
