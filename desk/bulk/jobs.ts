/** Bulk changes as people ask for them: a job is noted first, then its workflow is started; a sweeper starts what was only noted. */
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { confirmJob, insertJob, setStatus } from '../../db/bulk.ts';
import type { Db } from '../../db/database.ts';
import { jobsToStart } from '../../db/read/bulk.ts';
import { bulkCancelled, bulkConfirmed, type BulkChange } from '../../workflows/kit/messages.ts';
import { bulkIdOf } from '../../workflows/kit/names.ts';
import type { Engine } from '../decide.ts';
import type { BulkDoor } from '../types.ts';

interface At {
  readonly db: Db;
  readonly engine: Engine & { readonly client: Client };
}

export function bulkDoor({ db, engine }: At): BulkDoor {
  return {
    async ask(job) {
      await insertJob(db, job);
      await start(engine, job.id).catch(() => undefined); // noted is noted: the sweeper starts it
    },
    async confirm(id) {
      if (!(await confirmJob(db, id))) return false;
      await tell(engine, id, 'confirmed');
      return true;
    },
    async cancel(id) {
      if (!(await tell(engine, id, 'cancelled'))) await setStatus(db, id, ['asked'], 'cancelled');
    },
  };
}

/** Starts what was asked for by a process that died before it started it; while the engine is away, the next sweep tries again. */
export async function startWaiting({ db, engine }: At): Promise<void> {
  for (const id of await jobsToStart(db)) await start(engine, id).catch(() => undefined);
}

async function start({ client, taskQueue }: Engine, job: string): Promise<void> {
  const args: [BulkChange] = [{ job }];
  await client.workflow
    .start('bulkChange', {
      workflowId: bulkIdOf(job),
      taskQueue,
      args,
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      staticSummary: `bulk change ${job}`,
    })
    .catch((error: unknown) => {
      if ((error as Error).name !== 'WorkflowExecutionAlreadyStartedError') throw error;
    });
}

async function tell({ client }: Engine, job: string, what: 'confirmed' | 'cancelled'): Promise<boolean> {
  try {
    await client.workflow.getHandle(bulkIdOf(job)).signal(what === 'confirmed' ? bulkConfirmed : bulkCancelled);
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
