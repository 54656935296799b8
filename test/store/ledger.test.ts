/** The floor of an account holds whoever writes, and however many at once. */
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { AccountTaken, enter, LedgerKeyReused, openAccount, Overdraft, post } from '../../db/ledger.ts';
import { balanceIn, entriesOf, findAccount } from '../../db/read/ledger.ts';
import { useStore } from './support/store.ts';

const store = useStore();
const basis = { decision: 'document:D-1', decidedBy: 'board', decidedAt: 0, reason: 'r', enteredBy: 'p' };
const opened = async (account: string, amount: number, key = account): Promise<string> => {
  await openAccount(store.db, { account, kind: 'fund', owner: 'o', floor: 0, amount, key, basis });
  return account;
};
const draw = (account: string, amount: number, key: string) =>
  enter(store.db, { account, kind: 'draw', amount, effect: `key:${key}`, decision: 'event:1', caseNumber: key }, 0);

describe('floor', () => {
  test('what is left may be taken to the fen; one more is refused with what is left [CS19.F21]', async () => {
    const account = await opened('fund:a', 10_000_000);
    await draw(account, 9_999_999, 'a1');
    const error = await draw(account, 2, 'a2').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Overdraft);
    expect(error).toMatchObject({ left: 1, asked: 2 });
    await draw(account, 1, 'a3');
    expect(await balanceIn(store.db, account)).toBe(0);
  });

  test('of forty draws at once as many get through as there is money for, and the balance is never below zero', async () => {
    const account = await opened('fund:b', 1_000);
    const results = await Promise.allSettled(Array.from({ length: 40 }, (_, i) => draw(account, 100, `b${i}`)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect(results.filter((r) => r.status === 'rejected').every((r) => r.reason instanceof Overdraft)).toBe(true);
    expect(await balanceIn(store.db, account)).toBe(0);
  });

  test('without the application, two connections that race at the store: the second is refused by it', async () => {
    const account = await opened('fund:c', 100);
    const raw = (effect: string) =>
      store.db.transaction().execute(async (trx) => {
        await sql`insert into ledger_entry (account, amount, effect) values (${account}, -80, ${effect})`.execute(trx);
        await sql`select pg_sleep(0.05)`.execute(trx);
      });
    const results = await Promise.allSettled(['1', '2', '3', '4'].map(raw));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const [refused] = results.filter((r) => r.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: '23514', constraint: 'ledger_floor' });
    expect(await balanceIn(store.db, account)).toBe(20);
  });

  test('a snapshot that cannot see the others is refused, so is an account nobody opened and an entry of nothing', async () => {
    const account = await opened('fund:d', 100);
    const insert = (id: string, amount: number) => sql`insert into ledger_entry (account, amount, effect) values (${id}, ${amount}, 'x')`;
    await expect(
      store.db
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute((trx) => insert(account, -1).execute(trx)),
    ).rejects.toMatchObject({ code: '25000' });
    await expect(insert('fund:nobody', 5).execute(store.db)).rejects.toMatchObject({ code: '23503' });
    await expect(insert(account, 0).execute(store.db)).rejects.toMatchObject({ code: '23514' });
  });

  test('accounts, entries and shortfalls are never changed', async () => {
    const account = await opened('fund:e', 1);
    await expect(sql`update ledger_account set floor = null where id = ${account}`.execute(store.db)).rejects.toMatchObject({
      code: '42501',
    });
    for (const table of ['ledger_account', 'ledger_shortfall'])
      await expect(sql.raw(`delete from ${table}`).execute(store.owner)).rejects.toMatchObject({ code: '42501' });
  });
});

test('whatever is drawn and returned, the balance is the sum of the entries, and never below zero', async () => {
  let n = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ kind: fc.constantFrom('draw', 'return'), amount: fc.integer({ min: 1, max: 400 }) }), { maxLength: 8 }),
      async (steps) => {
        const account = await opened(`fund:p${(n += 1)}`, 500);
        let expected = 500;
        await Promise.all(
          steps.map(async ({ kind, amount }, i) => {
            const entry = {
              account,
              kind: kind as 'draw' | 'return',
              amount,
              effect: `key:${account}/${i}`,
              decision: 'event:1',
              caseNumber: 'N',
            };
            await enter(store.db, entry, 0).then(
              () => (expected += kind === 'draw' ? -amount : amount),
              (error: unknown) => expect(error).toBeInstanceOf(Overdraft),
            );
          }),
        );
        const entries = await entriesOf(store.db, account, { limit: 100, scope: { person: 'auditor', packs: {} } });
        expect(entries.reduce((sum, { amount }) => sum + Number(amount), 0)).toBe(expected);
        let left = 0;
        for (const { amount } of entries.toReversed()) expect((left += Number(amount))).toBeGreaterThanOrEqual(0);
        expect((await findAccount(store.db, account))?.balance).toBe(expected);
      },
    ),
    { numRuns: 25 },
  );
});

test('the same key is the same entry and the same account; for something else it is refused', async () => {
  const account = await opened('fund:f', 100);
  expect(await opened('fund:f', 100)).toBe(account);
  await expect(opened('fund:f', 99)).rejects.toBeInstanceOf(LedgerKeyReused);
  await expect(opened('fund:f', 100, 'another')).rejects.toBeInstanceOf(AccountTaken);
  const ids = await Promise.all([1, 2, 3, 4].map(() => draw(account, 10, 'f1')));
  expect(new Set(ids).size).toBe(1);
  expect(await balanceIn(store.db, account)).toBe(90);
  await expect(draw(account, 11, 'f1')).rejects.toBeInstanceOf(LedgerKeyReused);
  await expect(draw(await opened('fund:g', 100), 10, 'f1')).rejects.toBeInstanceOf(LedgerKeyReused);
  await expect(
    store.db.transaction().execute((trx) => post(trx, { account, kind: 'draw', amount: 10, effect: 'key:f1', decision: 'd' })),
  ).rejects.toMatchObject({
    code: '23505',
  });
});
