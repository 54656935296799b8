/** Many open cases go on by newer rules: looked at first, each touched once, whoever is killed in between. */
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { beforeAll, expect, inject, test } from 'vitest';
import { growCalendar } from '../../db/calendars.ts';
import { countsOf, itemsOf } from '../../db/read/bulk.ts';
import { auditCase } from '../../reconcile/audit.ts';
import { reconcileCase } from '../../reconcile/reconcile.ts';
import { ruleBook } from '../../runtime/packs.ts';
import { fullCalendar } from '../support/calendars.ts';
import { openOldCases, rebases, statusOf, until } from './support/bulk.ts';
import { say, useShop } from './support/shop.ts';
import { testSealKey } from '../support/seal.ts';

const CASES = 24;
const shop = useShop();
const calendar = fullCalendar(3);
const at = () => ({ db: shop.store.db, engine: { client: shop.client, taskQueue: shop.taskQueue }, sealKeys: [testSealKey] });

beforeAll(async () => {
  await ruleBook(shop.store.db).calendar('cn');
  await growCalendar(shop.store.db, 'cn', { person: 'admin', at: Date.now() }, () => calendar);
});

/** A worker in a process of its own, to be killed. */
function workerProcess(): { kill(): Promise<void> } {
  const child = fork(join(import.meta.dirname, '../support/worker-process.ts'), [
    JSON.stringify({ url: shop.store.url, address: inject('temporalAddress'), taskQueue: shop.taskQueue }),
  ]);
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  return {
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

test('a year is loaded: a worker killed in the middle, another goes on; each case once, one closed in between is skipped', async () => {
  const numbers = await openOldCases(shop, CASES);
  const [closed] = numbers;
  const id = randomUUID();
  const first = workerProcess();
  await shop.desk().bulk.ask({
    id,
    kind: 'calendar',
    calendar: { id: 'cn', version: calendar.version },
    person: 'admin',
    roles: [],
    confirmed: false,
    at: Date.now(),
  });
  await until(async () => (await statusOf(shop, id)) === 'previewed');
  const foreseen = await itemsOf(shop.store.db, id, { limit: 100 });
  expect(foreseen.map(({ case_number }) => case_number)).toEqual(numbers.toSorted());
  expect(foreseen[0]?.changes.find(({ clock }) => clock === 'survey#1')).toMatchObject({ provisional: false });
  expect(await rebases(shop, numbers)).toEqual([]); // looking changes nothing
  await say(shop.desk(), closed!, 'recordsClerk', 'withdraw', { reason: '撤回', evidence: '录音' });
  expect(await shop.desk().bulk.confirm(id)).toBe(true);
  await until(async () => (await countsOf(shop.store.db, id)).changed >= 5);
  await first.kill();
  const atTheKill = await countsOf(shop.store.db, id);
  expect(atTheKill.due).toBeGreaterThan(0);
  const second = workerProcess();
  try {
    await until(async () => (await statusOf(shop, id)) === 'done');
    expect(await countsOf(shop.store.db, id)).toMatchObject({ total: CASES, due: 0, changed: CASES - 1, skipped: 1, refused: 0 });
    expect(await itemsOf(shop.store.db, id, { limit: 5, status: 'skipped' })).toMatchObject([{ case_number: closed, code: 'case-closed' }]);
    const n = await rebases(shop, numbers);
    expect(n).toHaveLength(CASES - 1);
    expect(new Set(n)).toEqual(new Set([1]));
    // What was foreseen is what became of it.
    const done = await itemsOf(shop.store.db, id, { limit: 100, status: 'changed' });
    expect(done.map(({ case_number, changes }) => [case_number, changes])).toEqual(
      foreseen.filter(({ case_number }) => case_number !== closed).map(({ case_number, changes }) => [case_number, changes]),
    );
    for (const number of numbers.slice(0, 8)) {
      expect((await reconcileCase(at(), number, { repair: false })).differences).toEqual([]);
      expect((await auditCase(shop.store.db, number, shop.client)).faults).toEqual([]);
    }
    // Asked once more, nobody waits for the year any longer.
    const again = randomUUID();
    await shop.desk().bulk.ask({
      id: again,
      kind: 'calendar',
      calendar: { id: 'cn', version: calendar.version },
      person: 'admin',
      roles: [],
      confirmed: true,
      at: Date.now(),
    });
    await until(async () => (await statusOf(shop, again)) === 'done');
    expect(await countsOf(shop.store.db, again)).toMatchObject({ total: 0 });
  } finally {
    await second.kill();
  }
}, 150_000);
