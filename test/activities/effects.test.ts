import { beforeAll, describe, expect, test } from 'vitest';
import { putEntry } from '../../db/entries.ts';
import { loadRegisters } from '../../packs/registers/load.ts';
import { createEffects } from '../../activities/effects.ts';
import { accounts } from '../../domain/ledger/account.ts';
import { enter, openAccount } from '../../db/ledger.ts';
import { findAccount } from '../../db/read/ledger.ts';
import type { Scope } from '../../db/read/scope.ts';
import { shortfallsFrom } from '../../db/read/shortfalls.ts';
import { record } from '../../db/record.ts';
import { batchOf, story } from '../store/support/story.ts';
import { useStore } from '../store/support/store.ts';

const store = useStore();
const effects = () => createEffects(store.db);

const order = (number: string, ordinal = 1) => ({
  number,
  ordinal,
  orderClass: 'A' as const,
  trades: 'single',
  amount: 80_000,
  dueAt: Date.UTC(2026, 9, 9),
});
const settlement = (number: string, amount: number, unit = 'A-101', orderClass: 'A' | 'B' = 'A') => ({
  number,
  ordinal: 1,
  orderClass,
  amount,
  unit,
});
const entries = (account: string) =>
  store.db.selectFrom('ledger_entry').select(['amount', 'case_number', 'effect']).where('account', '=', account).orderBy('id').execute();
const balance = async (account: string) => (await entries(account)).reduce((sum, e) => sum + Number(e.amount), 0);
const receipts = async (number: string) =>
  (await store.db.selectFrom('effect_receipt').select('effect').where('case_number', '=', number).execute()).length;

/** A unit whose building's retention holds `fen`. */
async function retention(unit: string, fen: number): Promise<string> {
  const account = accounts.retention(`builder of ${unit}`, `building of ${unit}`);
  const body = { code: unit, estate: 'E', building: `building of ${unit}`, builder: `builder of ${unit}`, warrantyUntil: '2027-01-01' };
  await putEntry(store.db, { def: loadRegisters().get('units')!, body, person: 'test', at: Date.now() });
  await store.db.insertInto('ledger_entry').values({ account, amount: fen, case_number: null, effect: 'opening balance' }).execute();
  return account;
}

/** Each effect, what it leaves behind, and how often that is there. */
const each: readonly [name: string, run: (number: string) => Promise<unknown>, rows: (number: string) => Promise<number>][] = [
  [
    'issueWorkOrder',
    (n) => effects().issueWorkOrder(order(n)),
    async (n) => (await store.db.selectFrom('work_order').select('number').where('case_number', '=', n).execute()).length,
  ],
  [
    'postSettlement',
    (n) => effects().postSettlement(settlement(n, 1_000, 'none', 'B')),
    async (n) => (await store.db.selectFrom('ledger_entry').select('id').where('case_number', '=', n).execute()).length,
  ],
  [
    'fileDossier',
    (n) => effects().fileDossier({ number: n, ordinal: 1 }),
    async (n) => (await store.db.selectFrom('dossier').select('case_number').where('case_number', '=', n).execute()).length,
  ],
];

describe.each(each)('%s', (name, run, rows) => {
  beforeAll(async () => {
    if (name === 'fileDossier') await Promise.all([1, 2].map((n) => record(store.db, batchOf(story(`E-${name}-${n}`)))));
  });

  test('twice is once, and the second gets the first result', async () => {
    const number = `E-${name}-1`;
    const first = await run(number);
    expect(await run(number)).toEqual(first);
    expect([await rows(number), await receipts(number)]).toEqual([1, 1]);
  });

  test('eight attempts racing are once, all with one result', async () => {
    const number = `E-${name}-2`;
    const results = await Promise.all(Array.from({ length: 8 }, () => run(number)));
    expect(new Set(results.map((r) => JSON.stringify(r))).size).toBe(1);
    expect([await rows(number), await receipts(number)]).toEqual([1, 1]);
  });
});

test('a second order of the same case is another one', async () => {
  await effects().issueWorkOrder(order('W-1'));
  await effects().issueWorkOrder(order('W-1', 2));
  const rows = await store.db
    .selectFrom('work_order')
    .select(['number', 'amount'])
    .where('case_number', '=', 'W-1')
    .orderBy('number')
    .execute();
  expect(rows).toEqual([
    { number: 'W-1-W1', amount: '80000' },
    { number: 'W-1-W2', amount: '80000' },
  ]);
});

test('[CS19.F3] a work order of class A or B keeps trades, the amount that was approved and when it is due', async () => {
  for (const [number, orderClass] of [
    ['W-2', 'A'],
    ['W-3', 'B'],
  ] as const) {
    await effects().issueWorkOrder({ ...order(number), orderClass });
    const rows = store.db.selectFrom('work_order').select(['order_class', 'trades', 'amount', 'due_at']).where('case_number', '=', number);
    const { trades, dueAt } = order(number);
    expect(await rows.execute()).toEqual([{ order_class: orderClass, trades, amount: '80000', due_at: new Date(dueAt) }]);
  }
});

describe('settlement', () => {
  test('class B pays and deducts nothing', async () => {
    const account = await retention('B-1', 50_000);
    expect(await effects().postSettlement(settlement('S-1', 30_000, 'B-1', 'B'))).toEqual({ paid: 30_000, deducted: 0, shortfall: 0 });
    expect(await balance(account)).toBe(50_000);
  });

  test('class A is deducted from the retention, to the fen', async () => {
    const account = await retention('B-2', 50_000);
    expect(await effects().postSettlement(settlement('S-2', 49_999, 'B-2'))).toEqual({ paid: 49_999, deducted: 49_999, shortfall: 0 });
    expect(await balance(account)).toBe(1);
  });

  test('what the retention does not cover is a shortfall; an empty one covers nothing', async () => {
    const account = await retention('B-3', 50_000);
    expect(await effects().postSettlement(settlement('S-3', 80_000, 'B-3'))).toEqual({ paid: 80_000, deducted: 50_000, shortfall: 30_000 });
    expect(await effects().postSettlement(settlement('S-4', 10_000, 'B-3'))).toEqual({ paid: 10_000, deducted: 0, shortfall: 10_000 });
    expect(await balance(account)).toBe(0);
  });

  test('a unit nobody knows has no retention', async () => {
    expect(await effects().postSettlement(settlement('S-5', 10_000, 'nowhere'))).toEqual({ paid: 10_000, deducted: 0, shortfall: 10_000 });
  });

  test('of many settlements at once none overdraws the retention, and every fen is accounted for', async () => {
    const account = await retention('B-6', 100_000);
    const amounts = Array.from({ length: 12 }, (_, i) => 10_000 + i * 1_111);
    const results = await Promise.all(amounts.map((amount, i) => effects().postSettlement(settlement(`R-${i}`, amount, 'B-6'))));
    expect(await balance(account)).toBe(0);
    expect(results.reduce((sum, r) => sum + Number(r['deducted']), 0)).toBe(100_000);
    results.forEach((r, i) => expect(Number(r['deducted']) + Number(r['shortfall'])).toBe(amounts[i]));
    // Running balance, in the order of the entries: never below zero.
    let left = 0;
    for (const { amount } of await entries(account)) expect((left += Number(amount))).toBeGreaterThanOrEqual(0);
  });
});

describe('dossier', () => {
  test('lists the documents of the case and the head of its record, as they were when filing was asked for', async () => {
    await record(store.db, batchOf(story('D-1', { documentHash: 'd'.repeat(64) })));
    await effects().fileDossier({ number: 'D-1', ordinal: 1 });
    const asked = await store.db
      .selectFrom('event')
      .select(['seq', 'hash'])
      .where('case_number', '=', 'D-1')
      .where('kind', '=', 'effect-asked')
      .executeTakeFirstOrThrow();
    const { content } = await store.db.selectFrom('dossier').select('content').where('case_number', '=', 'D-1').executeTakeFirstOrThrow();
    expect(content).toEqual({ documents: [{ seq: 1, kind: 'opened', hash: 'd'.repeat(64) }], recordedTo: asked.seq, head: asked.hash });
  });

  test('waits for the record that asked for it, and files nothing short of it', async () => {
    const events = story('D-2', { documentHash: 'd'.repeat(64) });
    await record(store.db, batchOf(events, 1, 3));
    await expect(effects().fileDossier({ number: 'D-2', ordinal: 1 })).rejects.toThrow(/not recorded yet/);
    const filing = effects().fileDossier({ number: 'D-2', ordinal: 1 });
    await record(store.db, batchOf(events, 4));
    await filing;
    const { content } = await store.db.selectFrom('dossier').select('content').where('case_number', '=', 'D-2').executeTakeFirstOrThrow();
    expect(content).toMatchObject({ recordedTo: 11 });
  });
});

test('a unit is looked up as the register knows it', async () => {
  await retention('L-1', 1);
  expect(await effects().lookUpUnit('L-1')).toEqual({
    unitKnown: true,
    estate: 'E',
    building: 'building of L-1',
    builder: 'builder of L-1',
    warrantyUntil: '2027-01-01',
  });
  expect(await effects().lookUpUnit('nowhere')).toEqual({ unitKnown: false });
});

test('an effect that fails leaves nothing behind and can be tried again', async () => {
  await store.tamper(
    `insert into work_order (number, case_number, order_class, trades, amount, due_at) values ('F-1-W1', 'another', 'A', 's', 1, now())`,
  );
  await expect(effects().issueWorkOrder(order('F-1'))).rejects.toMatchObject({ code: '23505' });
  expect(await receipts('F-1')).toBe(0);
  await store.tamper(`delete from work_order where number = 'F-1-W1'`);
  await effects().issueWorkOrder(order('F-1'));
  expect(await receipts('F-1')).toBe(1);
});

test('an order draws on the repair team’s fund as far as it reaches, is never held up by it, and the payment fills it again [CS19.T8 CS19.F21]', async () => {
  const account = accounts.fund('repairTeam');
  await effects().issueWorkOrder(order('T-0')); // no fund yet: nothing is drawn
  const basis = { decision: 'document:D-1', decidedBy: 'finance', decidedAt: 0, reason: '3.6', enteredBy: 'bookkeeper' };
  await openAccount(store.db, { account, kind: 'fund', owner: 'property', floor: 0, amount: 100_000, key: account, basis });
  await Promise.all(['T-1', 'T-2'].map((number) => effects().issueWorkOrder(order(number))));
  expect(await balance(account)).toBe(0);
  const short = () => store.db.selectFrom('ledger_shortfall').select(['amount', 'borne_by']).where('account', '=', account).execute();
  expect(await short()).toEqual([{ amount: '60000', borne_by: 'replenishment' }]);
  for (const number of ['T-1', 'T-2', 'T-0']) await effects().postSettlement(settlement(number, 90_000, 'nowhere', 'B'));
  expect(await balance(account)).toBe(100_000);
  const kept = await store.db
    .selectFrom('ledger_entry')
    .select(['kind', 'decision'])
    .where('case_number', '=', 'T-1')
    .orderBy('id')
    .execute();
  expect(kept).toEqual([
    { kind: 'draw', decision: 'effect:issueWorkOrder#1' },
    { kind: 'payment', decision: 'effect:postSettlement#1' },
    { kind: 'return', decision: 'effect:postSettlement#1' },
  ]);
});

test('what a fund lacked is open until it is replenished, the oldest first, or its case is paid; what the company bears stays open', async () => {
  const account = accounts.fund('repairTeam');
  const scope = { person: 'x', packs: {}, inFamilies: {}, only: {}, stands: [], clearance: undefined } as unknown as Scope;
  const open = async (all = false) => {
    const rows = await shortfallsFrom(store.db, { all, limit: 100, scope, at: [{}] });
    return rows.filter((row) => row.account === account).map((row) => [row.case_number, row.open]);
  };
  const before = (await open()).length;
  const basis = { decision: 'document:D-9', decidedBy: 'finance', decidedAt: 0, reason: '3.6', enteredBy: 'bookkeeper' };
  const replenish = (amount: number, effect: string) => enter(store.db, { ...basis, account, kind: 'replenish', amount, effect }, 0);
  expect(before).toBe(0); // those of the test before were paid
  const left = await balance(account);
  await enter(store.db, { ...basis, account, kind: 'draw', amount: left, effect: 'empty', caseNumber: 'O-0' }, 0);
  await replenish(500, 'too early'); // what was there before is drawn first
  for (const number of ['O-1', 'O-2']) await effects().issueWorkOrder(order(number)); // of 80,000 fen each
  expect(await open()).toEqual([['O-2', '80000'], ['O-1', '79500']]); // prettier-ignore
  await replenish(100_000, 'some');
  expect(await open()).toEqual([['O-2', '59500']]);
  expect((await findAccount(store.db, account))?.shortfall).toBe(59_500);
  await effects().issueWorkOrder(order('O-3'));
  expect(await open()).toEqual([['O-2', '59500']]);
  await effects().postSettlement(settlement('O-2', 80_000, 'nowhere', 'B'));
  expect(await open()).toEqual([]);
  expect((await open(true)).slice(0, 2)).toEqual([['O-2', '0'], ['O-1', '0']]); // prettier-ignore
  await effects().postSettlement(settlement('O-9', 10_000, 'nowhere-at-all'));
  expect((await shortfallsFrom(store.db, { all: false, limit: 100, scope, at: [{}] })).map((row) => row.borne_by)).toContain('company');
});

test('what somebody has drawn by hand for a case is not drawn again with its order; a second order draws its own', async () => {
  const account = accounts.fund('customerService');
  const team = accounts.fund('repairTeam');
  const basis = { decision: 'document:D-2', decidedBy: 'finance', decidedAt: 0, reason: '3.6', enteredBy: 'bookkeeper' };
  await openAccount(store.db, { account, kind: 'fund', owner: 's', floor: 0, amount: 1_000_000, key: account, basis });
  await enter(store.db, { ...basis, account: team, kind: 'replenish', amount: 1_000_000, effect: 'more' }, 0);
  const before = await balance(team);
  await enter(store.db, { account, kind: 'draw', amount: 30_000, effect: 'by hand', decision: 'event:9', caseNumber: 'H-1' }, 0);
  await effects().issueWorkOrder(order('H-1')); // of 80,000 fen
  expect(before - (await balance(team))).toBe(Number(order('H-1').amount) - 30_000);
  await effects().issueWorkOrder(order('H-1', 2));
  expect(before - (await balance(team))).toBe(2 * Number(order('H-1').amount) - 30_000);
});

test('what a retention falls short of is listed with who bears it [CS19.X16]', async () => {
  const account = await retention('B-9', 15_000_00);
  await effects().postSettlement(settlement('X-9', 20_000_00, 'B-9'));
  const row = await store.db
    .selectFrom('ledger_shortfall')
    .select(['account', 'amount', 'borne_by'])
    .where('case_number', '=', 'X-9')
    .execute();
  expect(row).toEqual([{ account, amount: '500000', borne_by: 'company' }]);
});
