import pg from 'pg';
import { expect, test } from 'vitest';
import { record } from '../../db/record.ts';
import { batchOf, story } from './support/story.ts';
import { useStore } from './support/store.ts';

const store = useStore();

test('whoever listens hears of a changed case once per batch', async () => {
  const heard: string[] = [];
  const client = new pg.Client({ connectionString: store.url });
  client.on('notification', ({ payload }) => heard.push(payload ?? ''));
  await client.connect();
  try {
    await client.query('listen redress_case');
    await record(store.db, batchOf(story('N-1'), 1, 3));
    await record(store.db, batchOf(story('N-1'), 1, 3));
    await record(store.db, batchOf(story('N-1'), 4));
    await client.query('select 1');
    expect(heard).toEqual(['N-1', 'N-1']);
  } finally {
    await client.end();
  }
});
