/** The records of many cases, page by page: memory is bounded by the page, however many there are. */
import type { AnyEvent } from '../../domain/case/event.ts';
import type { Db } from '../database.ts';

export interface CaseRecord {
  readonly number: string;
  /** In order of seq; only of the kinds asked for. */
  readonly events: readonly AnyEvent[];
}

export interface RecordFilter {
  readonly pack: string;
  /** Opened at or after, and before. */
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
  readonly kinds: readonly string[];
}

/** Pages by keyset on the number. Cases that are recorded meanwhile may or may not be among them. */
export async function* caseRecords(db: Db, filter: RecordFilter, pageSize = 200): AsyncGenerator<CaseRecord[]> {
  for (let after = ''; ;) {
    const numbers = await pageOf(db, filter, after, pageSize);
    const last = numbers.at(-1);
    if (last === undefined) return;
    yield await recordsOf(db, numbers, filter.kinds);
    after = last;
  }
}

async function pageOf(db: Db, { pack, from, until }: RecordFilter, after: string, pageSize: number): Promise<string[]> {
  let query = db.selectFrom('case_file').select('number').where('pack_id', '=', pack).where('number', '>', after);
  if (from !== undefined) query = query.where('opened_at', '>=', from);
  if (until !== undefined) query = query.where('opened_at', '<', until);
  const rows = await query.orderBy('number').limit(pageSize).execute();
  return rows.map((row) => row.number);
}

async function recordsOf(db: Db, numbers: readonly string[], kinds: readonly string[]): Promise<CaseRecord[]> {
  const rows = await db
    .selectFrom('event')
    .select(['case_number', 'body'])
    .where('case_number', 'in', [...numbers])
    .where('kind', 'in', [...kinds])
    .orderBy('case_number')
    .orderBy('seq')
    .execute();
  const events = new Map<string, AnyEvent[]>(numbers.map((number) => [number, []]));
  for (const { case_number, body } of rows) events.get(case_number)?.push(body);
  return [...events].map(([number, found]) => ({ number, events: found }));
}
