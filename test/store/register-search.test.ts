/** Search in the store against a naive filter, page by page; keys and four eyes where requests come at once. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Kysely } from 'kysely';
import { expect, test } from 'vitest';
import { actOnEntry, addEntry, changeEntry, OwnEntry, RefMissing } from '../../db/entries.ts';
import { findEntry, latestEntry, listEntries } from '../../db/read/entries.ts';
import type { RegisterDef } from '../../domain/register/definition.ts';
import { searchable } from '../../domain/register/grams.ts';
import { loadSecrecy } from '../../packs/secrecy/load.ts';
import { loadRegistersText } from '../../packs/registers/load.ts';
import { up as indexWords } from '../../db/migrations/2026-11-25T2106-register-words.ts';
import { useStore } from './support/store.ts';

const store = useStore();
const registers = loadRegistersText(
  `
id: company
version: 1.0.0
registers:
  people:
    { zh: 人员, en: people, clause: '1', key: code, prefix: P, search: [town, telephone], filter: [kind], write: { s3-cs19: [customerService] },
      fields: [
        { name: code, type: id, required: true, zh: 编号, en: code }, { name: town, type: text, open: true, zh: 城镇, en: town },
        { name: telephone, type: text, zh: 电话, en: telephone },
        { name: kind, type: choice, options: { a: [甲, a], b: [乙, b] }, zh: 类别, en: kind } ] }
  rules:
    { zh: 规定, en: rules, clause: '2', prefix: GD, write: { s3-cs19: [customerService] },
      review: { pack: s3-cs19, review: serviceManager, approve: generalManager },
      fields: [ { name: text, type: text, required: true, zh: 内容, en: text }, { name: after, type: ref, register: rules, zh: 前, en: after } ] }
`,
  'x.yaml',
);
const people = registers.get('people')!;
const rules = registers.get('rules')!;
const at = Date.UTC(2026, 2, 9);
const add = (def: RegisterDef, body: Record<string, unknown>, person = 'w', key = randomUUID()) =>
  store.db.transaction().execute((trx) => addEntry(trx, { def, body, person, at, key }));
const change = (def: RegisterDef, id: string, version: number, body: Record<string, unknown>, person = 'w') =>
  store.db.transaction().execute((trx) => changeEntry(trx, { def, body, person, at, reason: 'x', key: randomUUID() }, id, version));
const act = (
  def: RegisterDef,
  id: string,
  version: number,
  what: 'submit' | 'review' | 'approve' | 'withdraw',
  person: string,
  key = randomUUID(),
) => store.db.transaction().execute((trx) => actOnEntry(trx, { def, id, version, act: what, person, at, key }));

test('search finds what a naive filter finds, page by page, also after changes and withdrawals', async () => {
  const word = fc.string({ unit: fc.constantFrom('王', '小', '1', '-', '%', '_', '\\', '.', '*', '('), maxLength: 9 });
  const person = fc.record({ town: word, telephone: word, kind: fc.constantFrom('a', 'b') });
  const stories = fc.array(fc.record({ first: person, next: fc.option(person), gone: fc.boolean() }), { maxLength: 12 });
  let run = 0;
  await fc.assert(
    fc.asyncProperty(stories, word, fc.option(fc.constantFrom('a', 'b')), async (told, q, kind) => {
      const def = { ...people, id: `people-${run++}` };
      const living: [string, { town: string; telephone: string; kind: string }][] = [];
      for (const [i, { first, next, gone }] of told.entries()) {
        const id = `P-${i}`;
        await add(def, { code: id, ...first });
        if (next !== null) await change(def, id, 1, { code: id, ...next });
        if (gone) await act(def, id, next === null ? 1 : 2, 'withdraw', 'w');
        else living.push([id, next ?? first]);
      }
      const sought = searchable(q);
      const naive = living.filter(([id, body]) => {
        const begins = Array.from(sought).length === 1 && searchable(id).startsWith(sought);
        const holds = [id, body.town, body.telephone].some((one) => searchable(one).includes(sought));
        return (Array.from(sought).length === 1 ? begins : holds) && (kind === null || body.kind === kind);
      });
      const found: string[] = [];
      for (let after: string | null = ''; after !== null;) {
        const page = await listEntries(store.db, def, { q, filter: kind === null ? {} : { kind }, after, limit: 2 });
        found.push(...page.items.map(({ id }) => id));
        after = page.after;
      }
      expect(found).toEqual(naive.map(([id]) => id).toSorted());
    }),
    { numRuns: 25 },
  );
}, 60_000);

test('the same request several times at once is one entry and one act, and all get its outcome', async () => {
  const [key, body] = [randomUUID(), { code: `K${randomUUID().slice(0, 6)}` }];
  const all = await Promise.all(Array.from({ length: 6 }, () => add(people, body, 'w', key)));
  expect(all).toEqual(all.map(() => all[0]));
  const acts = await Promise.all(all.map(() => act(people, body.code, 1, 'withdraw', 'w', `${key}-2`)));
  expect(acts).toEqual(acts.map(() => acts[0]));
});

test('nobody who wrote since the version in force reviews or approves, not even of a later version', async () => {
  const { id } = await add(rules, { text: 'one' }, 'first');
  await change(rules, id, 1, { text: 'two' }, 'second');
  await act(rules, id, 2, 'submit', 'second');
  await expect(act(rules, id, 2, 'review', 'first')).rejects.toBeInstanceOf(OwnEntry);
  await act(rules, id, 2, 'review', 'r');
  await expect(act(rules, id, 2, 'approve', 'first')).rejects.toBeInstanceOf(OwnEntry);
  await act(rules, id, 2, 'approve', 'g');
  await change(rules, id, 2, { text: 'three' }, 'second');
  expect(await findEntry(store.db, 'rules', id)).toMatchObject({ body: { text: 'two' } });
  expect(await latestEntry(store.db, 'rules', id)).toMatchObject({ body: { text: 'three' } });
  await act(rules, id, 3, 'submit', 'second');
  await act(rules, id, 3, 'review', 'first'); // wrote what is in force, not this
});

test('what is not approved yet cannot be named', async () => {
  const { id } = await add(rules, { text: 'draft' });
  await expect(add(rules, { text: 'next', after: id })).rejects.toBeInstanceOf(RefMissing);
});

test('what was there before is found as what is new, units of the former table among it', async () => {
  const code = `M${randomUUID().slice(0, 6)}`;
  await add(people, { code, town: '王𠮷明（大）公司', telephone: '138-0013-8000' });
  const gramsOf = async (id: string) =>
    (await store.db.selectFrom('entry_gram').select('gram').where('id', '=', id).orderBy('gram').execute()).map(({ gram }) => gram);
  // That migration knew no keys: what is sealed has been indexed by them since.
  const written = (await gramsOf(code)).filter((gram) => !gram.startsWith('#'));
  await store.owner.deleteFrom('entry_gram').where('id', '=', code).execute();
  const unit = JSON.stringify({ code: 'U-1', building: 'B-17', estate: 'E9', builder: 'X' });
  await store.tamper(`insert into entry values ('units', 'U-1', 1, 'inForce', '${unit}', '', 1, '${unit}', 'migration', now())`);
  await indexWords(store.owner as unknown as Kysely<unknown>);
  expect(await gramsOf(code)).toEqual(written);
  for (const query of [{ q: 'b17', filter: {} }, { filter: { estate: 'E9' } }, { q: 'u', filter: {} }])
    expect(
      (await listEntries(store.db, { id: 'units', search: ['building'], fields: [] }, { ...query, after: '', limit: 5 })).items,
    ).toMatchObject([{ id: 'U-1' }]);
});

test('where a page goes on names no entry that the reader does not see, however many of them it has looked at', async () => {
  const def = { ...people, id: 'hidden-people' };
  const body = (code: string) => JSON.stringify({ code, town: '隐' });
  await store.tamper(`insert into entry (register, id, version, status, body, search_text, in_force, in_force_body, written_by, changed_at, label)
    select 'hidden-people', 'H-' || i, 1, 'inForce', jsonb_build_object('code', 'H-' || i), '', 1, jsonb_build_object('code', 'H-' || i), 'x', now(), 'secret'
    from generate_series(10000, 15200) i`);
  await store.tamper(`insert into entry_gram (register, gram, id) select register, '隐镇', id from entry where register = 'hidden-people'`);
  for (const id of ['H-1', 'H-2', 'K-1', 'K-2']) await add(def, { ...(JSON.parse(body(id)) as object), town: '隐镇' });
  const scope = { person: 'w', packs: { 's3-cs19': ['customerService'] }, secrecy: loadSecrecy() };
  const query = { by: { scope, def }, q: '隐镇', filter: {}, limit: 10 };
  const page = await listEntries(store.db, def, { ...query, after: '' });
  expect(page.items.map(({ id }) => id)).toEqual(['H-1']);
  expect(page.after).not.toMatch(/^H-\d{5}$/);
  const next = await listEntries(store.db, def, { ...query, after: page.after! });
  expect(next).toMatchObject({ items: [{ id: 'H-2' }, { id: 'K-1' }, { id: 'K-2' }], after: null });
});
