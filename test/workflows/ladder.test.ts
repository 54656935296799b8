/** Rungs in real time on the engine, by one timer; the worker dies between them; what was told is told once, in order. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { stockPacks } from '../../db/packs.ts';
import { toldByHistory } from '../../desk/index.ts';
import type { Pack } from '../../domain/pack.ts';
import { seal, unseal } from '../../packs/build.ts';
import { loadPack } from '../../packs/load.ts';
import { outcome, say, useShop, who } from './support/shop.ts';

const shop = useShop();
const HOUR = 3_600_000;
const SECOND = 1 / 3600;

/** The demo procedure, its survey (24 clock hours) with rungs some seconds apart. */
function rungs(): Pack {
  const { rules, ...pack } = unseal(loadPack('s3-cs19-demo'));
  const own = [
    { role: 'owner', when: 'before' as const, percent: 99 },
    { role: 'serviceManager', when: 'before' as const, hours: 4 * SECOND },
    { role: 'serviceManager' },
    { role: 'generalManager', when: 'after' as const, hours: SECOND, repeatEveryWorkdays: 1 },
  ];
  const limits = { ...rules.limits, survey: { ...rules.limits['survey']!, ladder: 'own' } };
  return seal({ ...pack, id: 'rungs', rules: { ...rules, id: 'rungs', limits, ladders: { ...rules.ladders, own } } });
}

async function opened(dueAt: number): Promise<string> {
  await stockPacks(shop.store.db, [rungs()]);
  const key = randomUUID();
  const form = { channel: 'hotline', provisionalEstimate: '800.00' };
  const open = { key, who: who('recordsClerk'), pack: 'rungs', kind: 'repair', form, occurredAt: dueAt - 24 * HOUR };
  return (await outcome(shop.desk(), key, await shop.desk().open(open))).number;
}

const ladder = async (number: string) =>
  (await toldByHistory(shop.client, number)).events.filter(
    (e) =>
      ['warned', 'clock-breached', 'notified', 'escalated', 'reminded'].includes(e.kind) &&
      (e.data as { clock?: string }).clock === 'survey#1',
  );

test('a worker that dies between two rungs: each once, in order, none early', async () => {
  const first = await shop.startWorker();
  const dueAt = Date.now() + 8_000;
  const number = await opened(dueAt);
  // Entered when 99 % were over: the owner is warned at once.
  expect((await ladder(number)).map((e) => e.kind)).toEqual(['warned']);
  for (const until = dueAt - 1_500; Date.now() < until && (await ladder(number)).length < 2;) await pause(50);
  expect((await ladder(number)).map((e) => e.kind)).toEqual(['warned', 'warned']);
  await first.stop();
  await pause(dueAt + 500 - Date.now());
  const second = await shop.startWorker();
  for (const until = Date.now() + 20_000; Date.now() < until && (await ladder(number)).length < 5;) await pause(100);
  const told = await ladder(number);
  expect(told.map((e) => [e.kind, e.occurredAt - dueAt])).toEqual([
    ['warned', -864_000],
    ['warned', -4_000],
    ['clock-breached', 0],
    ['notified', 0],
    ['escalated', 1_000],
  ]);
  for (const e of told) expect(e.recordedAt).toBeGreaterThan(e.occurredAt);
  expect(told[0]?.data).toMatchObject({ role: 'owner', roles: ['customerService', 'caseHandler'], dueAt });
  await second.stop();
});

test('a repetition ends when the escalation is acknowledged, by the substitute too; the record names both', async () => {
  const worker = await shop.startWorker();
  const number = await opened(Date.now() - 10 * 24 * HOUR);
  const before = (await ladder(number)).filter((e) => e.kind === 'reminded');
  expect(before.length).toBeGreaterThan(3);
  expect(before.every((e) => e.data.rung === 2)).toBe(true);
  const substitute = { person: 'zhao', roles: [], for: [{ person: 'li', role: 'generalManager' }] };
  expect(await say(shop.desk(), number, '', 'acknowledge', {}, { who: { ...substitute, for: [] } })).toMatchObject({ code: 'wrong-role' });
  expect(await say(shop.desk(), number, '', 'acknowledge', {}, { who: substitute })).toMatchObject({ status: 'decided' });
  const { events } = await toldByHistory(shop.client, number);
  expect(events.find((e) => e.kind === 'submitted' && e.data.step === 'acknowledge')?.actor).toEqual({
    person: 'zhao',
    role: 'generalManager',
    for: 'li',
  });
  const state = await shop.client.workflow.getHandle(number).query<{ clocks: Record<string, { repeats?: unknown[] }> }>('caseState');
  expect(state.clocks['survey#1']?.repeats).toEqual([]);
  expect((await ladder(number)).filter((e) => e.kind === 'escalated')).toHaveLength(1);
  await worker.stop();
});
