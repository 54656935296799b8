import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { record } from '../../db/record.ts';
import { batchOf, noon, story } from './support/story.ts';
import { useStore } from './support/store.ts';

const store = useStore();

test('counters kept in the record equal a recount of the events, over months and kinds, recorded twice', async () => {
  // 15:59 and 16:01 UTC of the last of September are two months in Beijing.
  const starts = [noon, Date.UTC(2026, 8, 30, 15, 59) - 3_600_000, Date.UTC(2026, 8, 30, 16, 1) - 3_600_000, Date.UTC(2026, 11, 31, 12)];
  const stories = starts.flatMap((at, i) => [story(`C-${i}`, { at }), story(`D-${i}`, { at, kind: 'other' })]);
  await Promise.all(stories.flatMap((events) => [record(store.db, batchOf(events)), record(store.db, batchOf(events))]));
  const { rows } = await sql`
    select to_char(recorded_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month, pack_id, case_file.kind,
      count(*) filter (where event.kind = 'opened')::int as opened, count(*) filter (where event.kind = 'closed')::int as closed,
      count(*) filter (where event.kind = 'decided')::int as decisions, count(*) filter (where event.kind = 'clock-breached')::int as breaches,
      count(*) filter (where event.kind = 'escalated')::int as escalations
    from event join case_file on number = case_number group by 1, 2, 3
    having count(*) filter (where event.kind in ('opened', 'closed', 'decided', 'clock-breached', 'escalated')) > 0 order by 1, 2, 3`.execute(
    store.db,
  );
  expect(await store.db.selectFrom('rollup').selectAll().orderBy('month').orderBy('pack_id').orderBy('kind').execute()).toEqual(rows);
  expect(rows.length).toBeGreaterThanOrEqual(6);
});
