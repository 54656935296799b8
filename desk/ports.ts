/** What the desk lends to the activities of a worker: recording in order, and the door for cases that cases open. */
import type { Db } from '../db/database.ts';
import type { Batch } from '../db/record.ts';
import { loadRegisters } from '../packs/registers/load.ts';
import type { RegisterDef } from '../domain/register/definition.ts';
import type { BulkPorts, Linked, LinkedOpening } from '../workflows/kit/ports.ts';
import { bulkPorts } from './bulk/carry-out.ts';
import { openLinked } from './linked.ts';
import type { Desk } from './types.ts';

export interface DeskPorts {
  readonly db: Db;
  readonly recordInOrder: (batch: Batch) => Promise<number>;
  readonly openLinked: (opening: LinkedOpening) => Promise<Linked>;
  /** @param beat called while a page is under way */
  readonly bulk: (beat: () => void) => BulkPorts;
  /** Register in which approved papers are entered. */
  readonly papers: RegisterDef;
}

/** @param deskOf asked at each call, because a desk may be made after its worker */
export function deskPorts(db: Db, deskOf: () => Pick<Desk, 'open' | 'submit' | 'record'>): DeskPorts {
  return {
    db,
    recordInOrder: (batch) => deskOf().record(batch),
    openLinked: (opening) => openLinked(deskOf(), opening),
    bulk: (beat) => bulkPorts({ db, desk: deskOf, beat }),
    papers: papersRegister(),
  };
}

function papersRegister(): RegisterDef {
  const def = loadRegisters().get('evaluationPapers');
  if (def === undefined) throw new RangeError('there is no register evaluationPapers');
  return def;
}
