/** A newer version of a pack for all its open cases: looked at first, judged case by case. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countsOf, itemsOf } from '../../db/read/bulk.ts';
import { keyOf } from '../../desk/bulk/carry-out.ts';
import { bulkConfirmed } from '../../workflows/kit/messages.ts';
import { bulkIdOf } from '../../workflows/kit/names.ts';
import { putIntoForce, surveyWithin } from '../support/versions.ts';
import { openOldCases, rebases, statusOf, until } from './support/bulk.ts';
import { useShop, who } from './support/shop.ts';

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

test('a signal alone confirms nothing: what no administrator has confirmed in the store changes no case, and can no longer be confirmed', async () => {
  const id = await ask('serviceManager', false);
  const handle = shop.client.workflow.getHandle(bulkIdOf(id));
  await handle.signal(bulkConfirmed);
  await expect(handle.result()).rejects.toMatchObject({ cause: { cause: { type: 'not-confirmed', nonRetryable: true } } });
  expect(await countsOf(shop.store.db, id)).toMatchObject({ due: 3 });
  expect(await rebases(shop, numbers)).toEqual([]);
  expect(await statusOf(shop, id)).toBe('cancelled');
  expect(await shop.desk().bulk.confirm(id)).toBe(false);
});

test('nor does a run that somebody starts in the middle of a cancelled job', async () => {
  const id = await ask('serviceManager', false);
  await shop.store.db.updateTable('bulk_job').set({ confirmed: true, status: 'cancelled' }).where('id', '=', id).execute();
  const run = { workflowId: `${bulkIdOf(id)}-mine`, taskQueue: shop.taskQueue, args: [{ job: id, at: { phase: 'change', after: '' } }] };
  await expect(shop.client.workflow.execute('bulkChange', run)).rejects.toMatchObject({ cause: { cause: { type: 'not-confirmed' } } });
  expect(await rebases(shop, numbers)).toEqual([]);
});

test('a key that was used for something else is a refusal of that case, and the job ends; one that a client can send is another key', async () => {
  const id = randomUUID();
  const [first, second] = numbers as [string, string];
  const before = { number: first, who: who('recordsClerk'), step: 'registerNote', form: { note: '已联系' } };
  await shop.desk().submit({ ...before, key: keyOf(id, first) });
  await shop.desk().submit({ ...before, number: second, key: `bulk:${id}:${second}` });
  const job = { kind: 'rebase', pack: 's3-cs19', toVersion: '7.0.0', reason: '新制度' } as const;
  await shop.desk().bulk.ask({ id, ...job, person: 'recordsClerk', roles: ['recordsClerk'], confirmed: true, at: Date.now() });
  await until(async () => (await statusOf(shop, id)) === 'done');
  const refused = await itemsOf(shop.store.db, id, { limit: 9, status: 'refused' });
  expect(refused.map(({ case_number, code }) => [case_number, code])).toEqual(
    numbers.toSorted().map((number) => [number, number === first ? 'key-reused' : 'wrong-role']),
  );
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
