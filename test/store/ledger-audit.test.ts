import { expect, test } from 'vitest';
import { createEffects } from '../../activities/effects.ts';
import { openAccount } from '../../db/ledger.ts';
import { record } from '../../db/record.ts';
import { auditLedger } from '../../reconcile/ledger.ts';
import { batchOf, story } from './support/story.ts';
import { useStore } from './support/store.ts';

const store = useStore();
const faults = async () => (await auditLedger(store.db)).faults.map(({ account, fault }) => `${account} ${fault}`);

test('balances, cases and decisions of the ledger are held against the record; each forgery is found', async () => {
  await record(store.db, batchOf(story('L-1')));
  const basis = { decision: 'document:D-1', decidedBy: 'b', decidedAt: 0, reason: 'r', enteredBy: 'p' };
  await openAccount(store.db, { account: 'fund:x', kind: 'fund', owner: 'o', floor: 0, amount: 500, key: 'k', basis });
  await createEffects(store.db).postSettlement({ number: 'L-1', ordinal: 9, orderClass: 'B', amount: 700, unit: 'none' });
  expect(await faults()).toEqual([]);

  const entered = `now() - interval '2 minutes'`;
  const put = (values: string) =>
    `insert into ledger_entry (account, amount, case_number, effect, decision, entered_at) values (${values}, ${entered})`;
  await store.tamper(
    put(`'fund:x', -501, null, 'f1', null`),
    put(`'fund:nobody', 1, null, 'f2', null`),
    put(`'fund:x', 1, 'L-404', 'f3', null`),
    put(`'fund:x', -1, 'L-1', 'f4', 'event:4711'`),
    put(`'fund:x', -1, 'L-1', 'f5', 'proposal:no-such'`),
    put(`'fund:x', -1, 'L-1', 'f6', 'effect:postSettlement#7'`),
    put(`'fund:x', 1, null, 'f7', 'document:without-person'`),
    put(`'fund:x', -1, 'L-1', 'f8', 'event:1'`),
    `update ledger_entry set amount = -699 where effect = 'L-1/settlement/9'`,
  );
  expect((await faults()).toSorted((a, b) => a.localeCompare(b))).toEqual([
    'fund:nobody account-unknown',
    'fund:x below-floor',
    'fund:x case-unknown',
    ...Array.from({ length: 4 }, () => 'fund:x decision-unknown'),
    'repair-cost receipt-differs',
  ]);
});
