/** Waits until a case has nothing more to do by itself and the store holds all that it holds. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { caseState } from '../../workflows/kit/messages.ts';
import { workflowIdOf } from '../../workflows/kit/names.ts';
import type { Db } from '../../db/database.ts';

const AT_MOST_MS = 20_000;

/** @throws when the case is still at work, or its record behind, after twenty seconds */
export async function settled(client: Client, db: Db, number: string): Promise<void> {
  const handle = client.workflow.getHandle(workflowIdOf(number));
  let last = 'nothing seen yet';
  for (const until = Date.now() + AT_MOST_MS; Date.now() < until; await pause(15)) {
    const { raw } = await handle.describe();
    // A finished activity schedules the next workflow task in the same transaction: without either, only a timer or a
    // message can make it move again.
    const { pendingActivities, pendingWorkflowTask } = raw;
    if ((pendingActivities?.length ?? 0) > 0 || pendingWorkflowTask != null) {
      last = `at work: ${pendingActivities?.map((a) => `${a.activityType?.name} ${a.lastFailure?.message ?? ''}`).join(', ') || 'workflow task'}`;
      continue;
    }
    const { seq } = await handle.query(caseState);
    const recorded = await db.selectFrom('case_file').select('seq').where('number', '=', number).executeTakeFirst();
    if (recorded?.seq === seq) return;
    last = `the case holds ${seq} events, the store ${recorded?.seq ?? 0}`;
  }
  throw new Error(`case ${number} did not come to rest: ${last}`);
}
