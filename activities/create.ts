/** All activities of a worker, from their dependencies. */
import type { Db } from '../db/database.ts';
import type { Batch } from '../db/record.ts';
import { heartbeat } from '@temporalio/activity';
import type { BulkPorts, LinkedOpening, Ports } from '../workflows/kit/ports.ts';
import { createEffects } from './effects.ts';
import { createPackEffects } from './packs.ts';
import { createOpinions } from './opinions.ts';
import { createRecord } from './record.ts';

export interface ActivityDependencies {
  readonly db: Db;
  readonly recordInOrder: (batch: Batch) => Promise<number>;
  /** Opens a case through the desk, once per `(number, kind, ordinal)`, and says its number. */
  readonly openLinked: (opening: LinkedOpening) => Promise<string>;
  /** Bulk changes, page by page, through the desk. @param beat called while a page is under way */
  readonly bulk: (beat: () => void) => BulkPorts;
}

export function createActivities({ db, recordInOrder, openLinked, bulk }: ActivityDependencies): Ports & BulkPorts {
  return {
    ...createRecord(recordInOrder),
    ...createEffects(db),
    ...createOpinions(db),
    ...createPackEffects(db),
    ...bulk(heartbeat),
    openLinked: async (opening) => ({ [opening.kind]: await openLinked(opening) }),
  };
}
