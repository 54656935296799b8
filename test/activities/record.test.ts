import { ApplicationFailure } from '@temporalio/common';
import { expect, test } from 'vitest';
import { createRecord } from '../../activities/record.ts';
import { connect } from '../../db/database.ts';
import { record, type Batch } from '../../db/record.ts';
import { batchOf, story } from '../store/support/story.ts';
import { useStore } from '../store/support/store.ts';

const store = useStore();
const recorder = () => createRecord((batch: Batch) => record(store.db, batch));

test('done but reported as timed out: the second attempt finds it done', async () => {
  const batch = batchOf(story('A-1'));
  await recorder().record(batch);
  await recorder().record(batch);
  expect((await store.db.selectFrom('event').select('seq').where('case_number', '=', 'A-1').execute()).length).toBe(batch.events.length);
});

test('a conflict is for operators, not for retries: the case goes on', async () => {
  const events = story('A-2');
  await recorder().record(batchOf(events, 1, 3));
  const other = events.with(2, { ...events[2]!, recordedAt: 1 });
  await expect(recorder().record(batchOf(other, 1, 3))).resolves.toBeUndefined();
  expect(
    (await store.db.selectFrom('case_file').select('needs_ops').where('number', '=', 'A-2').executeTakeFirstOrThrow()).needs_ops,
  ).toMatch(/event 3/);
});

test('a database that is away is tried again', async () => {
  const away = connect({ url: 'postgres://nobody@127.0.0.1:1/none' });
  const failure = await createRecord((batch) => record(away, batch))
    .record(batchOf(story('A-3')))
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ApplicationFailure);
  expect(failure).toMatchObject({ type: 'record-failed', nonRetryable: false });
  await away.destroy();
});
