/** A limit that breaks while nobody works, in real time: timers fire on the engine, and the worker comes later. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { unnoticedFor } from '../../domain/case/outage.ts';
import { toldByHistory } from '../../desk/index.ts';
import { outcome, say, useShop, who } from './support/shop.ts';

const shop = useShop();
const DAY_MS = 86_400_000;
const clock = 'survey#1';

test('broken at its due instant, noticed when the worker is back, told once; what was dated in time excuses it', async () => {
  const desk = shop.desk();
  const first = await shop.startWorker();
  const dueAt = Date.now() + 4_000;
  const key = randomUUID();
  // The survey runs 24 clock hours in this pack.
  const opened = await desk.open({
    key,
    who: who('recordsClerk'),
    pack: 's3-cs19-demo',
    kind: 'repair',
    form: { channel: 'hotline', provisionalEstimate: '800.00' },
    occurredAt: dueAt - DAY_MS,
  });
  const { number } = await outcome(desk, key, opened);
  await first.stop();
  await pause(dueAt + 1_500 - Date.now());
  const back = Date.now();
  const second = await shop.startWorker();
  const seen = async () => (await toldByHistory(shop.client, number)).events;
  for (const until = Date.now() + 20_000; Date.now() < until && !(await seen()).some((e) => e.kind === 'escalated');) await pause(100);

  const events = await seen();
  const of = (kind: string) => events.filter((e) => e.kind === kind && (e.data as { clock?: string }).clock === clock);
  expect(of('clock-breached')).toMatchObject([{ occurredAt: dueAt, data: { dueAt } }]);
  expect(of('clock-breached')[0]?.recordedAt).toBeGreaterThanOrEqual(back);
  expect(unnoticedFor(clock, events)).toBeGreaterThanOrEqual(1_500);
  expect(of('escalated')).toHaveLength(1);
  expect(of('notified')).toHaveLength(1);

  const survey = { trades: 'single', responsible: 'company', signedBy: ['customerService', 'property', 'teamLeader', 'builder'] };
  expect(await say(desk, number, 'customerService', 'survey', survey, { occurredAt: dueAt })).toMatchObject({ status: 'decided' });
  const after = await seen();
  expect(after.find((e) => e.kind === 'clock-excused')).toMatchObject({ data: { clock, tell: ['serviceManager', 'generalManager'] } });
  expect(after.filter((e) => e.kind === 'clock-breached' || e.kind === 'escalated')).toHaveLength(2);
  await second.stop();
});
