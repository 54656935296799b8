/** A register's definition changes in what is sought and unique: its entries are put into the index anew, also after a break. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { addEntry } from '../../db/entries.ts';
import { listEntries } from '../../db/read/entries.ts';
import { reindexRegister } from '../../db/reindex.ts';
import type { RegisterDef } from '../../domain/register/definition.ts';
import { loadRegistersText } from '../../packs/registers/load.ts';
import { useStore } from './support/store.ts';

const store = useStore();
const defined = (more: string): RegisterDef =>
  loadRegistersText(
    `
id: company
version: 1.0.0
registers:
  things:
    { zh: 物, en: things, clause: '1', key: code, prefix: W, search: [name], write: { s3-cs19: [customerService] }, ${more}
      fields: [
        { name: code, type: id, required: true, zh: 编号, en: code }, { name: name, type: text, zh: 名称, en: name },
        { name: owner, type: text, zh: 责任人, en: owner }, { name: place, type: text, open: true, zh: 地点, en: place } ] }
`.replace('search: [name], write', more.includes('search') ? 'write' : 'search: [name], write'),
    'x.yaml',
  ).get('things')!;
const before = defined('');
const after = defined('search: [name, owner], filter: [place], unique: [[place]],');
const number = (i: number): string => `W-${String(i).padStart(3, '0')}`;
const found = async (asked: { q?: string; filter?: Record<string, string> }) =>
  (await listEntries(store.db, after, { filter: {}, after: '', limit: 500, ...asked })).items.map(({ id }) => id);

test('what was not sought is found after it, once; broken off, it goes on where it was; a key that two have is told', async () => {
  await store.db.transaction().execute(async (trx) => {
    for (let i = 0; i < 25; i += 1) {
      const body = { code: number(i), name: `阀门${i}`, owner: i % 5 === 2 ? '欧阳明' : '王', place: i === 24 ? '库0' : `库${i}` };
      await addEntry(trx, { def: before, body, person: 'w', at: 0, key: `k${i}` });
    }
  });
  expect(await reindexRegister(store.db, before)).toEqual({ register: 'things', entries: 25, taken: [] });
  expect(await reindexRegister(store.db, before)).toBeUndefined();
  expect(await found({ q: '欧阳' })).toEqual([]);

  await store.tamper(`create function stop_here() returns trigger language plpgsql as $$ begin raise exception 'power cut'; end $$;
    create trigger stop_here before update on entry for each row when (new.id = 'W-023') execute function stop_here()`);
  await expect(reindexRegister(store.db, after, 20)).rejects.toThrow('power cut');
  expect(await found({ q: '欧阳' })).toEqual([2, 7, 12, 17].map(number));
  await store.tamper('drop trigger stop_here on entry');
  expect(await reindexRegister(store.db, after, 20)).toEqual({ register: 'things', entries: 5, taken: ['W-024'] });
  expect(await found({ q: '欧阳' })).toEqual([2, 7, 12, 17, 22].map(number));
  expect(await found({ filter: { place: '库3' } })).toEqual([number(3)]);
  expect(await reindexRegister(store.db, after)).toBeUndefined();

  const { rows } = await sql<{ n: string }>`select count(*) n from entry_key where register = 'things' and name = 'place'`.execute(
    store.db,
  );
  expect(rows[0]?.n).toBe('24');
  // A heading in other words is no other index.
  expect(await reindexRegister(store.db, { ...after, zh: '物品' })).toBeUndefined();
});
