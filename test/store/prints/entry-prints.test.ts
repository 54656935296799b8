/** The paper of an entry says whether the entry holds, and who reviewed and approved it. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { actOnEntry, putEntry } from '../../../db/entries.ts';
import { loadRegisters } from '../../../packs/registers/load.ts';
import { printEntry } from '../../../print/register/entry-prints.ts';
import { footOf, piecesOf, textOf } from '../../support/pdf-text.ts';
import { useStore } from '../support/store.ts';

const store = useStore();
const at = Date.parse('2026-03-02T09:00:00+08:00');
const scope = { person: 'p', packs: {}, standsIn: {} };

test('a draft, an approved and a withdrawn entry of a reviewed register', async () => {
  const def = loadRegisters().get('serviceDefects')!;
  const body = { defect: '上门超时', foundOn: '2026-03-01', measure: '增派人员', public: false };
  const { id } = await putEntry(store.db, { def, body, person: 'writer', at });
  const act = (name: 'submit' | 'review' | 'approve' | 'withdraw', person: string, minutes: number) =>
    store.db.transaction().execute((trx) =>
      actOnEntry(trx, {
        def,
        id,
        version: 1,
        act: name,
        person,
        at: at + minutes * 60_000,
        key: randomUUID(),
        reason: 'r',
        approves: true,
      }),
    );
  const paper = async () => (await printEntry(store.db, def, id, 'entry', { scope }))!.bytes;
  const said = async () => (await textOf(await paper())).replaceAll('\n', '');
  expect(await said()).toContain('草稿，未经批准，不生效（第 1 版，2026年3月2日 09:00');
  await act('submit', 'writer', 1);
  await act('review', 'reviewer', 2);
  expect(await said()).toContain('已审核，未经批准，不生效');
  await act('approve', 'approver', 3);
  const approved = await said();
  for (const part of ['有效（第 1 版，2026年3月2日 09:03', '登记人', 'writer', '审核人', 'reviewer', '批准人', 'approver', '09:02'])
    expect(approved).toContain(part);
  await act('withdraw', 'approver', 4);
  expect(await said()).toContain('已作废（第 1 版，2026年3月2日 09:04');
  const { hash } = await store.db.selectFrom('entry_version').select('hash').where('id', '=', id).executeTakeFirstOrThrow();
  expect(footOf((await piecesOf(await paper())).at(-1) ?? [])).toContain(hash);
});

test('an entry that needs no review says so only when it is withdrawn', async () => {
  const def = loadRegisters().get('disposals')!;
  const body = { what: '旧泵', quantity: '2', way: 'recycled', rule: '回收办法', receiver: '回收站', on: '2026-04-01' };
  const { id } = await putEntry(store.db, { def, body, person: 'p', at });
  const said = async () => textOf((await printEntry(store.db, def, id, 'entry', { scope }))!.bytes);
  expect(await said()).not.toContain('状态');
  await store.db
    .transaction()
    .execute((trx) => actOnEntry(trx, { def, id, version: 1, act: 'withdraw', person: 'p', at, key: randomUUID(), reason: 'r' }));
  expect(await said()).toContain('已作废');
});
