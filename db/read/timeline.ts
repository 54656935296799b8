/** A case as it went, by instant: the events of its record, and between them what became of its notices outside the application. */
import { sql } from 'kysely';
import type { Instant } from '../../domain/time.ts';
import type { Db } from '../database.ts';
import { deliveriesByIds, HAVE_RESULT, ofCase, type DeliveryLine } from './deliveries.ts';
import { eventsBySeqs, type EventRow } from './events.ts';

/** Where an entry stands: its instant, events before deliveries of the same one, then seq or id. */
export interface TimelinePlace {
  readonly at: Instant;
  readonly of: 'record' | 'delivery';
  readonly n: number;
}

export type TimelineEntry = TimelinePlace & ({ readonly event: EventRow } | { readonly delivery: DeliveryLine });

/** After a place, in reading order; one more than `limit`, if there is one. An event stands where it was recorded. */
export async function timelineOf(db: Db, number: string, after: TimelinePlace | undefined, limit: number): Promise<TimelineEntry[]> {
  const from = after ?? { at: 0, of: 'record', n: 0 };
  const { rows } = await sql<TimelinePlace>`
    select (extract(epoch from at) * 1000)::float8 as at, of, n::int as n from (
      select recorded_at as at, 'record' as of, seq::bigint as n from event where case_number = ${number}
      union all
      select coalesce(d.sent_at, d.tried_at), 'delivery', d.id from delivery d where d.status in (${sql.join(HAVE_RESULT)}) and ${ofCase(number)}
    ) entry where (at, of = 'delivery', n) > (${new Date(from.at)}::timestamptz, ${from.of === 'delivery'}::boolean, ${from.n}::bigint)
    order by at, of = 'delivery', n limit ${limit + 1}`.execute(db);
  const placed = (of: TimelinePlace['of']): number[] => rows.filter((row) => row.of === of).map(({ n }) => n);
  const [events, deliveries] = await Promise.all([eventsBySeqs(db, number, placed('record')), deliveriesByIds(db, placed('delivery'))]);
  return rows.map((row) => (row.of === 'record' ? { ...row, event: events.get(row.n)! } : { ...row, delivery: deliveries.get(row.n)! }));
}
