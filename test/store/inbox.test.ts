import { expect, test } from 'vitest';
import { nextNumber, receive, takeUnsettled, type NewRow } from '../../db/inbox.ts';
import { textOf } from '../../db/read/documents.ts';
import { settleInbox } from '../../db/record.ts';
import { useStore } from './support/store.ts';

const store = useStore();

function row(key: string, more: Partial<NewRow> = {}): NewRow {
  return {
    key,
    number: 'I-1',
    step: 'survey',
    mode: 'update',
    command: { a: 1 },
    fingerprint: 'f',
    person: 'p',
    receivedAt: Date.now(),
    ...more,
  };
}
const dueAt = (at: number, keys: string[]) =>
  store.db
    .updateTable('inbox')
    .set({ next_attempt_at: new Date(at) })
    .where('key', 'in', keys)
    .execute();
const due = (keys: string[]) => dueAt(Date.now() - 1_000, keys);
const document = { hash: 'e'.repeat(64), body: '{}' };

test('row and documents are there together, before anything is decided', async () => {
  const received = await receive(store.db, row('i-1'), [document]);
  expect(received).toMatchObject({ fresh: true, outcome: undefined });
  const kept = await store.db
    .selectFrom('document')
    .select(['body', 'subject'])
    .where('hash', '=', document.hash)
    .executeTakeFirstOrThrow();
  expect(kept.body).toMatch(/^sealed:1:/);
  expect(await textOf(store.db, kept)).toBe('{}');
});

test('a document that cannot be stored takes its row with it', async () => {
  await expect(receive(store.db, row('i-2'), [{ hash: 'x\u0000', body: 'a\u0000b' }])).rejects.toThrow();
  expect(await store.db.selectFrom('inbox').select('key').where('key', '=', 'i-2').execute()).toEqual([]);
});

test('of twenty requests with one key, one is fresh and all get the same row', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, (_, i) => receive(store.db, row('i-3', { receivedAt: 1_000_000 + i }), [])));
  expect(all.filter((r) => r.fresh)).toHaveLength(1);
  expect(await store.db.selectFrom('inbox').select('key').where('key', '=', 'i-3').execute()).toHaveLength(1);
});

test('a known key brings back its first row, with fingerprint and outcome', async () => {
  await receive(store.db, row('i-4', { fingerprint: 'first' }), []);
  const refused = { outcome: 'refused', code: 'wrong-role' } as const;
  await settleInbox(store.db, { number: 'I-1', events: [], outcomes: [{ key: 'i-4', verdict: refused }] });
  expect(await receive(store.db, row('i-4', { fingerprint: 'second' }), [])).toMatchObject({
    fresh: false,
    fingerprint: 'first',
    outcome: refused,
  });
});

test('sweepers at once take each row once, and nobody waits for a locked one', async () => {
  const keys = Array.from({ length: 60 }, (_, i) => `s-${i}`);
  for (const key of keys) await receive(store.db, row(key), []);
  await due(keys);
  const taken = (await Promise.all(Array.from({ length: 6 }, () => takeUnsettled(store.db, 20)))).flat().map((r) => r.key);
  expect(new Set(taken).size).toBe(taken.length);
  expect(taken.toSorted()).toEqual(keys.toSorted());
});

test('a row that another transaction holds is left to it', async () => {
  await receive(store.db, row('l-1'), []);
  await receive(store.db, row('l-2'), []);
  await due(['l-1', 'l-2']);
  await store.db.transaction().execute(async (trx) => {
    await trx.selectFrom('inbox').select('key').where('key', '=', 'l-1').forUpdate().execute();
    expect((await takeUnsettled(store.db, 20)).map((r) => r.key)).toEqual(['l-2']);
  });
  expect((await takeUnsettled(store.db, 20)).map((r) => r.key)).toEqual(['l-1']);
});

test('a row not due is left alone; one taken is put off; one with an outcome is never taken', async () => {
  await receive(store.db, row('f-1'), []);
  await receive(store.db, row('f-2'), []);
  await dueAt(Date.now() + 3_600_000, ['f-1']);
  await due(['f-2']);
  expect((await takeUnsettled(store.db, 20)).map((r) => r.key)).toEqual(['f-2']);
  expect(await takeUnsettled(store.db, 20)).toEqual([]);
  await due(['f-1', 'f-2']);
  await settleInbox(store.db, {
    number: 'I-1',
    events: [],
    outcomes: [{ key: 'f-1', verdict: { outcome: 'refused', code: 'wrong-role' } }],
  });
  expect((await takeUnsettled(store.db, 20)).map((r) => r.key)).toEqual(['f-2']);
});

test('numbers are never given twice, however many ask [CS19.A1]', async () => {
  const numbers = await Promise.all(Array.from({ length: 50 }, () => nextNumber(store.db, 'CS19', '2026')));
  expect(new Set(numbers).size).toBe(50);
  expect(numbers[0]).toMatch(/^CS19-2026-\d{6,}$/);
});
