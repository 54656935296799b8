import { expect, test } from 'vitest';
import { recordInOrder } from '../../desk/record.ts';
import { record } from '../../db/record.ts';
import { clientWith } from './support/history.ts';
import { accepted, batchOf, story } from './support/story.ts';
import { useStore } from './support/store.ts';

const store = useStore();
const inbox = (number: string, key: string) =>
  store.db
    .insertInto('inbox')
    .values({ key, case_number: number, step: 's', mode: 'update', command: '{}', fingerprint: 'f', person: 'p', received_at: new Date() })
    .execute();
const outcomeOf = async (key: string) =>
  (await store.db.selectFrom('inbox').select('outcome').where('key', '=', key).executeTakeFirst())?.outcome;

/** Three senders: the first recorded, the second died before it could, the third is about to; a fourth is decided as well. */
async function threeSenders(number: string) {
  const events = story(number);
  for (const key of ['a', 'b', 'c', 'd']) await inbox(number, `${number}/${key}`);
  const client = clientWith([
    { answered: `${number}/a`, verdict: accepted(1, 3), events: events.slice(0, 3) },
    { answered: `${number}/b`, verdict: accepted(4, 5), events: events.slice(3, 5) },
    { recorded: { number, events: events.slice(5, 6), outcomes: [] } },
    { answered: `${number}/c`, verdict: accepted(7, 8), events: events.slice(6, 8) },
    { answered: `${number}/d`, verdict: accepted(9, 12), events: events.slice(8) },
  ]);
  await record(store.db, batchOf(events, 1, 3, [{ key: `${number}/a`, verdict: accepted(1, 3) }]));
  return { events, client };
}

test('what a dead sender promised to record is taken from the history, with its outcome', async () => {
  const { events, client } = await threeSenders('G-1');
  expect(await recordInOrder(store.db, client, batchOf(events, 7, 8, [{ key: 'G-1/c', verdict: accepted(7, 8) }]), async () => [])).toBe(8);
  expect(await outcomeOf('G-1/b')).toEqual(accepted(4, 5));
  expect(await outcomeOf('G-1/c')).toEqual(accepted(7, 8));
});

test('a later message keeps its inbox row open until its own events are recorded', async () => {
  const { events, client } = await threeSenders('G-2');
  await recordInOrder(store.db, client, batchOf(events, 7, 8, [{ key: 'G-2/c', verdict: accepted(7, 8) }]), async () => []);
  expect(await outcomeOf('G-2/d')).toBeNull();
});

test('a batch that is only late waits for the one before, and needs no history', async () => {
  const events = story('G-3');
  await record(store.db, batchOf(events, 1, 3));
  const later = recordInOrder(store.db, clientWith([]), batchOf(events, 6), async () => []);
  await record(store.db, batchOf(events, 4, 5));
  expect(await later).toBe(12);
});
