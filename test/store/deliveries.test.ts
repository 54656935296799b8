/** From the outbox to the channel: each once, again and again while a channel is away, and the case never waits. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { record } from '../../db/record.ts';
import { loadPack } from '../../packs/load.ts';
import { startNotices } from '../../notices/run.ts';
import { channelOf, type ChannelSettings, type Configured } from '../../notices/settings.ts';
import { useLoopback } from './support/loopback.ts';
import { batchOf, story } from './support/story.ts';
import { useStore } from './support/store.ts';
import { testVault } from '../support/vault.ts';

const store = useStore();
const robot = useLoopback();
const other = useLoopback();
let running: { stop(): Promise<void> };
const warnings: string[] = [];

const configured = (id: string, settings: ChannelSettings): Configured => ({ id, settings, channel: channelOf(settings) });
beforeAll(async () => {
  const whom = { lang: 'zh', allowPrivate: true } as const;
  robot.answer = { status: 200, body: { errcode: 0 } };
  other.answer = { status: 500, body: '' };
  running = await startNotices({
    databaseUrl: store.url,
    vault: testVault,
    channels: [
      configured('leaders', { kind: 'wecom', url: `${robot.url}/send?key=K`, roles: ['generalManager'], ...whom }),
      configured('program', { kind: 'webhook', url: `${other.url}/hook`, secret: 'a secret of sixteen', packs: ['s3-cs19'], ...whom }),
    ],
    packOf: async () => loadPack('s3-cs19'),
    links: 'https://redress.example/api/',
    warn: (text) => warnings.push(text),
    everyMs: 100,
  });
});
afterAll(() => running.stop());

async function until(done: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 150; i += 1) {
    if (await done()) return;
    await pause(100);
  }
  throw new Error('waited in vain');
}
const deliveries = (channel: string) => store.db.selectFrom('delivery').selectAll().where('channel', '=', channel).orderBy('id').execute();

test('what is recorded is told once by each channel that takes it; a channel that is away is tried again, and told later', async () => {
  const events = story('N-1');
  await record(store.db, batchOf(events));
  const outbox = await store.db.selectFrom('outbox').select(['id', 'recipient']).execute();
  expect(outbox.length).toBeGreaterThan(0);
  await until(
    async () =>
      (await deliveries('program')).length === outbox.length && (await deliveries('program')).every(({ attempts }) => attempts > 0),
  );
  const waiting = await deliveries('program');
  expect(waiting.every(({ status, why }) => status === 'waiting' && why === 'HTTP 500')).toBe(true);
  const toBoss = outbox.filter(({ recipient }) => recipient === 'generalManager').length;
  await until(async () => (await deliveries('leaders')).filter(({ status }) => status === 'sent').length === toBoss);
  expect(robot.asked).toHaveLength(toBoss);
  if (toBoss > 0) expect(robot.asked[0]?.body['markdown']['content']).toContain('N-1');

  other.answer = { status: 200, body: '' };
  await until(async () => (await deliveries('program')).every(({ status }) => status === 'sent'));
  const ids = other.asked.map(({ headers }) => headers['webhook-id']);
  expect(new Set(ids).size).toBe(outbox.length);
  // Recorded again, dispatched again: nothing is told twice.
  const told = other.asked.length;
  await record(store.db, batchOf(events));
  await pause(500);
  expect(other.asked).toHaveLength(told);
});

test('what waits for the end of the quiet hours does not leave before; what is of the past never leaves', async () => {
  await record(store.db, batchOf(story('N-2', { past: true })));
  await record(store.db, batchOf(story('N-3')));
  await until(async () => other.asked.some(({ text }) => text.includes('N-3')));
  expect(other.asked.filter(({ text }) => text.includes('N-2'))).toEqual([]);
});

test('a notice that is dispatched again, and a delivery that is carried out again, bear the same id: one (case, step, rung, channel), one message', async () => {
  await record(store.db, batchOf(story('N-4').slice(0, 6)));
  const mine = async () => (await deliveries('program')).filter(({ notices }) => ids.includes(String(notices[0])));
  const ids = (await store.db.selectFrom('outbox').select('id').where('case_number', '=', 'N-4').execute()).map(({ id }) => String(id));
  await until(async () => (await mine()).length === ids.length && (await mine()).every(({ status }) => status === 'sent'));
  const heard = () => other.asked.filter(({ text }) => text.includes('N-4')).map(({ headers }) => String(headers['webhook-id']));
  const before = heard();
  expect(new Set(before).size).toBe(ids.length);
  // A card opens the page of the case, at the step that is waited for; what is done, or about no step, only the case.
  const links = (number: string) => other.asked.filter(({ text }) => text.includes(`${number}`)).map(({ body }) => String(body['link']));
  expect(links('N-4').toSorted()).toEqual(['https://redress.example/api/cases/N-4', 'https://redress.example/api/cases/N-4?step=survey']);
  expect(links('N-3').every((link) => link === 'https://redress.example/api/cases/N-3')).toBe(true);
  // A process died after it had made the deliveries, before that was noted.
  await store.db.updateTable('outbox').set({ dispatched_at: null }).where('case_number', '=', 'N-4').execute();
  await pause(600);
  expect(await mine()).toHaveLength(ids.length);
  expect(heard()).toEqual(before);
  // A process died after the channel had taken it, before that was noted: whoever receives it twice can tell by its id.
  const [first] = await mine();
  await store.db.updateTable('delivery').set({ status: 'waiting', queued: false, sent_at: null }).where('id', '=', first!.id).execute();
  await until(async () => heard().length === before.length + 1);
  expect(new Set(heard()).size).toBe(ids.length);
  expect(heard().at(-1)).toBe(first!.message_id);
});
