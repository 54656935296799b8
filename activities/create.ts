/** All activities of a worker, from their dependencies. */
import type { Db } from '../db/database.ts';
import type { Batch } from '../db/record.ts';
import { heartbeat } from '@temporalio/activity';
import type { BulkPorts, Linked, LinkedOpening, Ports } from '../workflows/kit/ports.ts';
import { createEffects } from './effects.ts';
import { issuing, type IssuePrint } from './issuing.ts';
import { createLinks } from './links.ts';
import { createPackEffects } from './packs.ts';
import { createPapers } from './papers.ts';
import type { RegisterDef } from '../domain/register/definition.ts';
import { createOpinions } from './opinions.ts';
import { createRecord } from './record.ts';
import { vouched } from './vouched.ts';

export interface ActivityDependencies {
  readonly db: Db;
  readonly recordInOrder: (batch: Batch) => Promise<number>;
  readonly openLinked: (opening: LinkedOpening) => Promise<Linked>;
  /** Bulk changes, page by page, through the desk. @param beat called while a page is under way */
  readonly bulk: (beat: () => void) => BulkPorts;
  /** Register in which approved papers are entered. */
  readonly papers: RegisterDef;
  /** Issues the papers of effects; absent: none are issued. */
  readonly issuePrint?: IssuePrint;
}

export function createActivities({ db, recordInOrder, openLinked, bulk, papers, issuePrint }: ActivityDependencies): Ports & BulkPorts {
  const { lookUpUnit, ...effects } = issuing(db, createEffects(db), issuePrint);
  return {
    ...createRecord(recordInOrder),
    lookUpUnit,
    ...createOpinions(db),
    ...vouched(db, { ...createLinks(db, openLinked), ...effects, ...createPackEffects(db), ...createPapers(db, papers) }),
    ...bulk(heartbeat),
  };
}
