import { expect, test } from 'vitest';
import { GapError, record, RecordConflict } from '../../db/record.ts';
import { chainHash, GENESIS } from '../../db/hash.ts';
import { accepted, batchOf, story } from './support/story.ts';
import { useStore } from './support/store.ts';

const store = useStore();

async function counts(number: string) {
  const of = async (table: 'event' | 'task' | 'clock' | 'outbox') =>
    Number(
      (
        await store.db
          .selectFrom(table)
          .select((x) => x.fn.countAll<string>().as('n'))
          .where('case_number', '=', number)
          .executeTakeFirstOrThrow()
      ).n,
    );
  return { event: await of('event'), task: await of('task'), clock: await of('clock'), outbox: await of('outbox') };
}
const file = (number: string) => store.db.selectFrom('case_file').selectAll().where('number', '=', number).executeTakeFirstOrThrow();

test('recorded twice is recorded once', async () => {
  const events = story('R-1');
  expect(await record(store.db, batchOf(events))).toBe(events.length);
  const once = [await counts('R-1'), await file('R-1'), await store.db.selectFrom('rollup').selectAll().execute()];
  expect(await record(store.db, batchOf(events))).toBe(events.length);
  expect([await counts('R-1'), await file('R-1'), await store.db.selectFrom('rollup').selectAll().execute()]).toEqual(once);
  expect(once[0]).toEqual({ event: events.length, task: 1, clock: 1, outbox: 2 });
});

test('an overlapping batch adds only what is new', async () => {
  const events = story('R-2');
  await record(store.db, batchOf(events, 1, 4));
  expect(await record(store.db, batchOf(events, 3, 9))).toBe(9);
  expect((await counts('R-2')).event).toBe(9);
});

test('ten writers at once write a case once, its opening too', async () => {
  const events = story('R-3');
  const heads = await Promise.all(Array.from({ length: 10 }, () => record(store.db, batchOf(events))));
  expect(heads).toEqual(heads.map(() => events.length));
  expect(await counts('R-3')).toEqual({ event: events.length, task: 1, clock: 1, outbox: 2 });
});

test('other content under a recorded seq is refused, nothing is overwritten, operators are told', async () => {
  const events = story('R-4');
  await record(store.db, batchOf(events, 1, 5));
  const before = await file('R-4');
  const other = events.with(4, { ...events[4]!, recordedAt: events[4]!.recordedAt + 1 });
  await expect(record(store.db, batchOf(other))).rejects.toThrow(RecordConflict);
  const after = await file('R-4');
  expect(after.needs_ops).toMatch(/event 5 is recorded with other content/);
  expect({ ...after, needs_ops: null }).toEqual(before);
  expect((await counts('R-4')).event).toBe(5);
});

test('a batch that does not follow is refused and says where the record ends', async () => {
  const events = story('R-5');
  await record(store.db, batchOf(events, 1, 2));
  await expect(record(store.db, batchOf(events, 4, 6))).rejects.toMatchObject({ name: GapError.name, head: 2 });
  expect((await counts('R-5')).event).toBe(2);
});

test('each event is chained to the one before, whatever the batches were', async () => {
  const events = story('R-6');
  await record(store.db, batchOf(events, 1, 3));
  await record(store.db, batchOf(events, 4));
  const rows = await store.db.selectFrom('event').select(['prev_hash', 'hash']).where('case_number', '=', 'R-6').orderBy('seq').execute();
  let previous = GENESIS;
  const chained = events.map((event) => {
    const prev_hash = previous;
    previous = chainHash(prev_hash, 'R-6', event);
    return { prev_hash, hash: previous };
  });
  expect(rows).toEqual(chained);
  expect((await file('R-6')).head_hash).toBe(previous);
});

test('an outcome is written once, with its events or after them, and never changed', async () => {
  const events = story('R-7');
  const row = {
    key: 'R-7/open',
    case_number: 'R-7',
    step: 'open',
    mode: 'update' as const,
    command: '{}',
    fingerprint: 'f',
    person: 'p',
    received_at: new Date(),
  };
  await store.db.insertInto('inbox').values(row).execute();
  const outcome = async () =>
    (await store.db.selectFrom('inbox').select('outcome').where('key', '=', row.key).executeTakeFirstOrThrow()).outcome;
  await record(store.db, batchOf(events, 1, 3));
  expect(await outcome()).toBeNull();
  await record(store.db, batchOf(events, 1, 3, [{ key: row.key, verdict: accepted(1, 3) }]));
  expect(await outcome()).toEqual(accepted(1, 3));
  await record(store.db, batchOf(events, 1, 4, [{ key: row.key, verdict: accepted(1, 4) }]));
  expect(await outcome()).toEqual(accepted(1, 3));
});

test('an event that names a document nobody stored is recorded, and operators are told', async () => {
  await record(store.db, batchOf(story('R-8', { documentHash: 'd'.repeat(64) })));
  expect((await file('R-8')).needs_ops).toMatch(/document d+ is named by an event and not stored/);
  expect((await counts('R-8')).event).toBe(12);
});
