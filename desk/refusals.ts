/** What a case has refused stands in the record too: who tried what, when, and the code. */
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { note } from '../db/journal.ts';
import type { Outcome } from '../db/append.ts';

/** Of outcomes that are about to be settled; noted before, so that none is lost. One that is settled already was noted then. */
export async function noteRefusals(db: Db, outcomes: readonly Outcome[]): Promise<void> {
  const codes = new Map(outcomes.flatMap(({ key, verdict }) => (verdict.outcome === 'refused' ? [[key, verdict.code] as const] : [])));
  if (codes.size === 0) return;
  const rows = await db
    .selectFrom('inbox')
    .select(['key', 'case_number', 'step', 'person', 'received_at'])
    .select(sql<string | null>`(select s.request from signing s where s.key = inbox.key)`.as('request'))
    .where('key', 'in', [...codes.keys()])
    .where('outcome', 'is', null)
    .execute();
  for (const { key, case_number, step, person, received_at, request } of rows) {
    const what = { case: case_number, step, key, code: codes.get(key)!, ...(request === null ? {} : { request }) };
    await note(db, { kind: 'refusal', at: received_at.getTime(), person, what });
  }
}
