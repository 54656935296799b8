/** A newer version of a pack for all its open cases: looked at first, judged case by case. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countsOf, itemsOf } from '../../db/read/bulk.ts';
import { putIntoForce, surveyWithin } from '../support/versions.ts';
import { openOldCases, rebases, statusOf, until } from './support/bulk.ts';
import { useShop } from './support/shop.ts';

const shop = useShop();
let numbers: string[];
let worker: { stop(): Promise<void> };

beforeAll(async () => {
  numbers = await openOldCases(shop, 3);
  await putIntoForce(shop.store.db, surveyWithin('7.0.0', 4));
  worker = await shop.startWorker();
});
afterAll(() => worker.stop());

async function ask(role: string, confirmed: boolean): Promise<string> {
  const id = randomUUID();
  const job = { kind: 'rebase', pack: 's3-cs19', toVersion: '7.0.0', reason: '新制度' } as const;
  await shop.desk().bulk.ask({ id, ...job, person: role, roles: [role], confirmed, at: Date.now() });
  await until(async () => (await statusOf(shop, id)) === (confirmed ? 'done' : 'previewed'));
  return id;
}

test('cancelled after its preview, nothing changes and it cannot be confirmed any more', async () => {
  const id = await ask('serviceManager', false);
  expect(await countsOf(shop.store.db, id)).toMatchObject({ total: 3, due: 3, moving: 3 });
  await shop.desk().bulk.cancel(id);
  await until(async () => (await statusOf(shop, id)) === 'cancelled');
  expect(await shop.desk().bulk.confirm(id)).toBe(false);
  expect(await rebases(shop, numbers)).toEqual([]);
});

test('who may not is refused by each case; who may moves them all, once', async () => {
  const refused = await ask('recordsClerk', true);
  expect((await itemsOf(shop.store.db, refused, { limit: 9, status: 'refused' })).map(({ code }) => code)).toEqual(
    Array(3).fill('wrong-role'),
  );
  expect(await rebases(shop, numbers)).toEqual([]);
  expect(await countsOf(shop.store.db, await ask('serviceManager', true))).toMatchObject({ changed: 3 });
  expect(await countsOf(shop.store.db, await ask('serviceManager', true))).toMatchObject({ unchanged: 3 }); // by that version already
  expect(await rebases(shop, numbers)).toEqual([1, 1, 1]);
});

test('noted by a process that died before it began: a sweeper begins it', async () => {
  const id = randomUUID();
  const job = {
    kind: 'rebase',
    status: 'asked',
    pack_id: 's3-cs19',
    to_version: '7.0.0',
    reason: '新制度',
    person: 'p',
    roles: [],
  } as const;
  await shop.store.db
    .insertInto('bulk_job')
    .values({ id, ...job, roles: [], confirmed: false, asked_at: new Date(Date.now() - 5_000) })
    .execute();
  await shop.desk().sweep();
  await until(async () => (await statusOf(shop, id)) === 'previewed');
});
