/** Puts back rows of the read models that are gone though the events that made them are recorded. Changes none that is there. */
import { sql } from 'kysely';
import { fold } from '../domain/case/reduce.ts';
import { placesNamed } from '../domain/place.ts';
import { overseersOf } from './append.ts';
import type { Db } from './database.ts';
import { dutyActs } from './duty-acts.ts';
import { noticeRows } from './notices.ts';
import { clockRow, taskRow } from './rows.ts';

/** From the recorded events alone, under the case's lock, so that no batch is recorded meanwhile. */
export async function restoreRows(db: Db, number: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const file = await trx.selectFrom('case_file').select('seq').where('number', '=', number).forUpdate().executeTakeFirst();
    if (file === undefined) return;
    const rows = await trx.selectFrom('event').select('body').where('case_number', '=', number).orderBy('seq').execute();
    const events = rows.map((r) => r.body);
    if (events.length !== file.seq) return; // a record with holes is no ground to build on
    const state = fold(events);
    const tasks = Object.values(state.tasks).map((t) => taskRow(state, t));
    const clocks = Object.values(state.clocks).map((k) => clockRow(state, k));
    const notices = events.flatMap((e) => noticeRows(number, e));
    if (tasks.length > 0)
      await trx
        .insertInto('task')
        .values(tasks)
        .onConflict((c) => c.doNothing())
        .execute();
    if (clocks.length > 0)
      await trx
        .insertInto('clock')
        .values(clocks)
        .onConflict((c) => c.doNothing())
        .execute();
    const forged = await trx.selectFrom('forgery').select('seq').where('case_number', '=', number).execute();
    const acts = events.flatMap((e) => dutyActs(state, e, new Set(forged.map(({ seq }) => seq))));
    for (const act of acts)
      await trx
        .insertInto('duty_act')
        .values(act)
        .onConflict((c) => c.doNothing())
        .execute();
    if (notices.length > 0)
      await trx
        .insertInto('outbox')
        .values(
          notices.map((n) => ({
            ...n,
            body: JSON.stringify(n.body),
            persons: sql<string[]>`persons_told_at(${state.pack.id}, ${n.recipient}, ${n.created_at},
              places_with(${placesNamed(state.answers['open'] ?? {})}::text[]), ${overseersOf(number, events)})`,
          })),
        )
        .onConflict((c) => c.doNothing())
        .execute();
  });
}
