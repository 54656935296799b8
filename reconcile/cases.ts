/** Which cases there are: runs the engine knows, and every number the store has heard of. */
import type { Client } from '@temporalio/client';
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { caseNumberOf } from '../workflows/kit/names.ts';

/** Numbers in order, each once. A case whose history has gone by retention is known from the store alone. */
export async function allCases(db: Db, client: Client, taskQueue: string): Promise<string[]> {
  const numbers = new Set(await storedCases(db));
  // The search attribute is set at every start of a case and by nobody else on this queue.
  for await (const run of client.workflow.list({ query: `TaskQueue = '${taskQueue}' AND CasePack IS NOT NULL` }))
    numbers.add(caseNumberOf(run.workflowId));
  return [...numbers].toSorted();
}

export async function storedCases(db: Db): Promise<string[]> {
  const { rows } = await sql<{ number: string }>`
    select number from case_file union select case_number from event union select case_number from inbox order by 1`.execute(db);
  return rows.map((r) => r.number);
}
