/** The counters of the reports against a recount of the events, both in one snapshot. */
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import type { Difference } from './difference.ts';

/** Only months, packs and kinds whose counters are not the sum of their events. */
export async function compareRollups(db: Db): Promise<Difference[]> {
  const { rows } = await sql<{ month: string; pack_id: string; kind: string }>`
    with counted as (
      select to_char(e.recorded_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month, f.pack_id, f.kind,
        count(*) filter (where e.kind = 'opened')::int as opened, count(*) filter (where e.kind = 'closed')::int as closed,
        count(*) filter (where e.kind = 'decided')::int as decisions, count(*) filter (where e.kind = 'clock-breached')::int as breaches,
        count(*) filter (where e.kind = 'escalated')::int as escalations
      from event e join case_file f on f.number = e.case_number
      where e.kind in ('opened', 'closed', 'decided', 'clock-breached', 'escalated') group by 1, 2, 3)
    select month, pack_id, kind from counted c full join rollup r using (month, pack_id, kind)
    where (c.opened, c.closed, c.decisions, c.breaches, c.escalations) is distinct from (r.opened, r.closed, r.decisions, r.breaches, r.escalations)
    order by 1, 2, 3`.execute(db);
  return rows.map(({ month, pack_id, kind }) => ({ kind: 'rollup-different', what: `${month} ${pack_id} ${kind}` }));
}
