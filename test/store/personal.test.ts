/** What is personal is unreadable in the store, opens for whoever has the keys, and is gone for ever once its subject is erased. */
import { randomUUID } from 'node:crypto';
import { appendFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { connect } from '../../db/database.ts';
import { addEntry, changeEntry } from '../../db/entries.ts';
import { erase } from '../../db/erasure.ts';
import { giveVault } from '../../db/vault-of.ts';
import { keyedWords, opener, sealer, SubjectErased, subjects } from '../../db/personal.ts';
import { findEntry, historyOf, listEntries } from '../../db/read/entries.ts';
import { textOf, withForms } from '../../db/read/documents.ts';
import { belongingsOf } from '../../db/read/erasures.ts';
import { eraseAgain, eraseAll, overdue, planErasure } from '../../runtime/erasing.ts';
import { loggedErasures } from '../../runtime/erasure-log.ts';
import { sha256 } from '../../db/hash.ts';
import { receive } from '../../db/inbox.ts';
import { record } from '../../db/record.ts';
import type { Pack } from '../../domain/pack.ts';
import { rewrapAll } from '../../db/rewrap.ts';
import { readDocuments } from '../../reconcile/stored.ts';
import { loadRegistersText } from '../../packs/registers/load.ts';
import { ringOf } from '../../runtime/keys/ring.ts';
import { vaultWith } from '../../vault/vault.ts';
import { batchOf, story } from './support/story.ts';
import { useStore } from './support/store.ts';

const store = useStore();
const registers = loadRegistersText(
  `
id: t
version: 1.0.0
registers:
  folk:
    zh: 客户
    en: customers
    clause: '1'
    key: code
    prefix: F
    search: [name, place]
    write: { s3-cs19: [customerService] }
    fields:
      - { name: code, type: id, required: true, zh: 编号, en: code }
      - { name: name, type: text, zh: 名称, en: name }
      - { name: place, type: text, open: true, zh: 地点, en: place }
      - { name: contacts, type: rows, zh: 联系人, en: contacts, fields: [{ name: telephone, type: text, zh: 电话, en: telephone }] }
  papers:
    zh: 证件
    en: papers
    clause: '1'
    prefix: P
    write: { s3-cs19: [customerService] }
    fields: [{ name: of, type: ref, register: folk, zh: 客户, en: customer }, { name: number, type: text, zh: 号码, en: number }]
  copies:
    zh: 复印件
    en: copies
    clause: '1'
    prefix: C
    write: { s3-cs19: [customerService] }
    fields: [{ name: of, type: ref, register: papers, zh: 证件, en: paper }, { name: remark, type: text, zh: 说明, en: remark }]
`,
  'a test',
);
const def = registers.get('folk')!;
const at = Date.UTC(2026, 2, 9);
const by = { person: 'admin', reason: '本人要求', at, key: 'k' };
const put = (body: Record<string, unknown>) => ({ def, body, person: 'w', at });

async function add(body: Record<string, unknown>): Promise<string> {
  const code = `F-${randomUUID().slice(0, 8)}`;
  await store.db.transaction().execute((trx) => addEntry(trx, put({ code, ...body })));
  return code;
}

async function dump(): Promise<string> {
  const { rows } = await sql<{ t: string }>`select table_name as t from information_schema.tables where table_schema = 'public'`.execute(
    store.owner,
  );
  const all = await Promise.all(rows.map(({ t }) => sql`select to_jsonb(x) as row from ${sql.table(t)} x`.execute(store.owner)));
  return JSON.stringify(all.map((one) => one.rows));
}

describe('an entry', () => {
  test('keeps nothing personal in the clear, in rows of tables neither, and is read and found as it was written', async () => {
    const code = await add({ name: '欧阳秋水', place: '云台路', contacts: [{ telephone: '13900007777' }] });
    const kept = await dump();
    for (const word of ['欧阳', '秋水', '13900007777', '00007777']) expect(kept).not.toContain(word);
    expect(kept).toContain('云台路');
    expect((await findEntry(store.db, 'folk', code))?.body).toEqual({
      code,
      name: '欧阳秋水',
      place: '云台路',
      contacts: [{ telephone: '13900007777' }],
    });
    const found = async (q: string) =>
      (await listEntries(store.db, def, { q, filter: {}, after: '', limit: 10 })).items.map(({ id }) => id);
    expect(await found('欧阳')).toEqual([code]);
    expect(await found('欧阳秋水')).toEqual([code]);
    expect(await found('云台')).toContain(code);
    // Its characters are there, not next to one another: pairs alone would find it.
    await add({ name: '水欧阳阳秋秋水' });
    expect(await found('欧阳秋水')).toEqual([code]);
  });

  test('erased, it says so wherever it is read, is not found any more, and its chain holds', async () => {
    const code = await add({ name: '司徒望月', place: '海滨路' });
    await store.db
      .transaction()
      .execute((trx) => changeEntry(trx, { ...put({ code, name: '司徒望星', place: '海滨路' }), reason: '改名' }, code, 1));
    const chain = await store.db.selectFrom('entry_version').selectAll().where('id', '=', code).orderBy('version').execute();
    expect(await erase(store.db, { ...by, subjects: [subjects.entry('folk', code)] })).toHaveLength(1);
    expect(await erase(store.db, { ...by, subjects: [subjects.entry('folk', code)] })).toEqual([]);
    expect((await findEntry(store.db, 'folk', code))?.body).toEqual({ code, name: '〔已删除 erased〕', place: '海滨路' });
    expect(JSON.stringify(await historyOf(store.db, 'folk', code))).not.toMatch(/司徒|改名/);
    for (const q of ['司徒', '望月', '望星'])
      expect((await listEntries(store.db, def, { q, filter: {}, after: '', limit: 10 })).items).toEqual([]);
    expect(await store.db.selectFrom('entry_version').selectAll().where('id', '=', code).orderBy('version').execute()).toEqual(chain);
    const change = store.db.transaction().execute((trx) => changeEntry(trx, put({ code, name: '又一人' }), code, 2));
    await expect(change).rejects.toBeInstanceOf(SubjectErased);
  });

  test('a text that only looks sealed, in a field that is open, is what was written', async () => {
    const code = await add({ place: 'sealed:1:AAAA' });
    expect((await findEntry(store.db, 'folk', code))?.body).toMatchObject({ place: 'sealed:1:AAAA' });
  });
});

describe('what belongs to a customer', () => {
  test('is the entry, what names it, and nothing of anybody else', async () => {
    const [one, other] = [await add({ name: '甲一' }), await add({ name: '乙二' })];
    const paper = (of: string) =>
      store.db
        .transaction()
        .execute((trx) => addEntry(trx, { def: registers.get('papers')!, body: { of, number: 'X-1' }, person: 'w', at }))
        .then(({ id }) => subjects.entry('papers', id));
    const [mine] = [await paper(one), await paper(other)];
    const found = await belongingsOf(store.db, { what: 'entry', register: 'folk', id: one });
    expect(found).toEqual({ subjects: [subjects.entry('folk', one), mine].toSorted(), cases: [] });
    expect(await belongingsOf(store.db, { what: 'entry', register: 'folk', id: 'F-none' })).toBeUndefined();
  });

  test('a paper is erased without what names it, a person with all that does', async () => {
    const code = await add({ name: '戊五' });
    const entry = async (register: string, body: Record<string, unknown>) =>
      (await store.db.transaction().execute((trx) => addEntry(trx, { def: registers.get(register)!, body, person: 'w', at }))).id;
    const paper = await entry('papers', { of: code, number: 'X-3' });
    const copy = await entry('copies', { of: paper, remark: '一份' });
    const planned = async (register: string, id: string) =>
      (await planErasure(store.db, { pinned: async () => ({}) as Pack }, registers, { what: 'entry', register, id }, at))?.subjects;
    expect(await planned('papers', paper)).toEqual([subjects.entry('papers', paper)]);
    expect(await planned('folk', code)).toEqual([
      subjects.entry('copies', copy),
      subjects.entry('folk', code),
      subjects.entry('papers', paper),
    ]);
  });

  test('the log outside the database erases again what came back with an earlier day', async () => {
    const log = join(await mkdtemp(join(tmpdir(), 'redress-log-')), 'erasures.jsonl');
    const code = await add({ name: '丙三' });
    const subject = subjects.entry('folk', code);
    const before = await store.db.selectFrom('subject_key').selectAll().where('subject', '=', subject).executeTakeFirstOrThrow();
    await eraseAll(store.db, log, [subject], { ...by, noted: { person: by.person, what: {} } });
    // Back to the day before, as a restore puts it.
    await store.tamper(
      `update subject_key set erased_at = null, master_key = '${before.master_key}', wrapped = '\\x${before.wrapped!.toString('hex')}' where subject = '${subject}'`,
      `delete from erasure where subject = '${subject}'`,
    );
    expect((await findEntry(store.db, 'folk', code))?.body).toMatchObject({ name: '丙三' });
    await appendFile(log, '{"subject":"cut o');
    expect(await eraseAgain(store.db, log)).toBe(1);
    expect((await findEntry(store.db, 'folk', code))?.body).toMatchObject({ name: '〔已删除 erased〕' });
    expect(await eraseAgain(store.db, log)).toBe(0);
    // What is logged behind the line that was cut off is read, too.
    await eraseAll(store.db, log, ['entry:folk:nobody'], { ...by, noted: { person: by.person, what: {} } });
    expect((await loggedErasures(log)).map((one) => one.subject)).toEqual([subject, 'entry:folk:nobody']);
    await appendFile(log, 'somebody wrote here\n');
    await expect(loggedErasures(log)).rejects.toThrow('line 4: not a line of erasures');
  });
});

test('what its pack or register does not keep any longer is found, and nothing sooner', async () => {
  const keeps = { ...def, keep: { years: 2 } };
  const code = await add({ name: '丁四' });
  const entry = subjects.entry('folk', code);
  // It names the customer, and has no years: it stays.
  const named = { def: registers.get('papers')!, body: { of: code, number: 'X-2' }, person: 'w', at };
  const paper = subjects.entry('papers', (await store.db.transaction().execute((trx) => addEntry(trx, named))).id);
  const rules = { pinned: async () => ({ duties: { retention: { years: 1, clause: '1' } } }) as unknown as Pack };
  const numbers = ['K-1', 'K-2'].map((number) => `${number}-${randomUUID().slice(0, 8)}`);
  for (const [i, number] of numbers.entries()) {
    await record(store.db, batchOf(story(number)));
    await store.tamper(
      `update case_file set status = 'closed', closed_at = ${i === 0 ? "'2026-03-09 12:00:00+08'" : 'null'} where number = '${number}'`,
    );
  }
  const cases = numbers.map(subjects.case);
  const found = async (day: string) => {
    const all: string[] = [];
    for await (const { subjects: due } of overdue(
      store.db,
      rules,
      new Map([...registers, ['folk', keeps]]),
      Date.parse(`${day}T09:00:00+08:00`),
    ))
      all.push(...due);
    return all.filter((one) => [entry, paper, ...cases].includes(one));
  };
  expect(await found('2027-03-08')).toEqual([]);
  const [closed] = cases;
  expect(await found('2027-03-09')).toEqual([closed]);
  expect(await found('2028-03-08')).toEqual([closed]);
  expect(await found('2028-03-09')).toEqual([closed, entry]);
  await erase(store.db, { ...by, subjects: [closed!, entry] });
  expect(await found('2028-03-09')).toEqual([]);
});

describe('a filed form', () => {
  const file = async (number: string, body: string): Promise<string> => {
    const hash = sha256(body);
    const row = {
      key: randomUUID(),
      number,
      step: 's',
      mode: 'update' as const,
      command: {},
      fingerprint: 'guessed',
      person: 'p',
      receivedAt: at,
    };
    await receive(store.db, row, [{ hash, body }]);
    return hash;
  };
  const kept = (hash: string) =>
    store.db.selectFrom('document').select(['body', 'subject']).where('hash', '=', hash).executeTakeFirstOrThrow();

  test('opens to the text that was hashed; erased, it cannot be read, counts as whole, and its fingerprint is void', async () => {
    const hash = await file('E-1', '{"form":{"name":"诸葛青"},"salt":"x"}');
    expect(sha256((await textOf(store.db, await kept(hash)))!)).toBe(hash);
    await erase(store.db, { ...by, subjects: [subjects.case('E-1')] });
    expect(await textOf(store.db, await kept(hash))).toBeUndefined();
    expect(await readDocuments(store.db, 'E-1', [hash])).toEqual(new Map([[hash, true]]));
    expect(await store.db.selectFrom('inbox').select('fingerprint').where('case_number', '=', 'E-1').execute()).toEqual([
      { fingerprint: 'erased' },
    ]);
    await expect(file('E-1', '{"form":{}}')).rejects.toBeInstanceOf(SubjectErased);
  });

  test('altered, moved to another case, or with its key lost, it is a fault', async () => {
    const one = await file('E-2', '{"form":{"a":1}}');
    const other = await file('E-3', '{"form":{"a":2}}');
    const { body } = await kept(other);
    await store.tamper(`update document set body = '${body}' where hash = '${one}'`);
    expect(await readDocuments(store.db, 'E-2', [one])).toEqual(new Map([[one, false]]));
    expect(await readDocuments(store.db, 'E-3', [other])).toEqual(new Map([[other, true]]));
    await store.tamper(`update document set body = body || 'x' where hash = '${other}'`);
    expect(await readDocuments(store.db, 'E-3', [other])).toEqual(new Map([[other, false]]));
    await store.tamper(`update document set body = '${body}' where hash = '${other}'`);
    expect(await readDocuments(store.db, 'E-2', [other])).toEqual(new Map([[other, false]]));
    // And keeps nobody from reading the rest.
    const rows = await Promise.all([kept(one), kept(other)]);
    expect((await withForms(store.db, rows)).map(({ form }) => form)).toEqual([{}, { a: 2 }]);
    await store.tamper(`delete from subject_key where subject = 'case:E-3'`);
    expect(await readDocuments(store.db, 'E-3', [other])).toEqual(new Map([[other, false]]));
  });
});

describe('keys', () => {
  test('are wrapped: without the master key nothing opens, with a newer one beside it everything does, and wrapped anew the old one may go', async () => {
    const [old, fresh] = [Buffer.alloc(32, 7), Buffer.alloc(32, 8)];
    const subject = `case:R-${randomUUID()}`;
    const sealed = (await sealer(store.db, subject)).text('甲');
    const opens = async (...keys: Buffer[]): Promise<string | undefined> => {
      const db = connect({ url: store.url, vault: vaultWith(ringOf(keys)) });
      try {
        return (await opener(db, [subject])).text(subject, sealed);
      } finally {
        await db.destroy();
      }
    };
    await expect(opens(fresh)).rejects.toThrow('which this process does not have');
    expect(await opens(fresh, old)).toBe('甲');
    const rotating = connect({ url: store.url, vault: vaultWith(ringOf([fresh, old])) });
    expect(await rewrapAll(rotating)).toBeGreaterThan(0);
    expect(await rewrapAll(rotating)).toBe(0);
    expect(await opens(fresh)).toBe('甲');
    giveVault(store.db, vaultWith(ringOf([fresh])));
    await rotating.destroy();
  });

  test('of twenty that begin a subject at once all seal by the same key', async () => {
    const subject = `case:T-${randomUUID()}`;
    const all = await Promise.all(Array.from({ length: 20 }, async (_, i) => (await sealer(store.db, subject)).text(String(i))));
    const open = await opener(store.db, [subject]);
    expect(all.map((one) => open.text(subject, one))).toEqual(all.map((_, i) => String(i)));
  });

  test('what is erased stays so, for the owner of the tables too, and keys are not deleted', async () => {
    await erase(store.db, { ...by, subjects: ['case:Z-1'] });
    await expect(
      sql`update subject_key set erased_at = null, wrapped = 'x', master_key = 'y' where subject = 'case:Z-1'`.execute(store.owner),
    ).rejects.toThrow('was erased');
    await sealer(store.db, 'case:Z-2');
    await expect(sql`delete from subject_key where subject = 'case:Z-2'`.execute(store.owner)).rejects.toThrow('not deleted');
    await expect(sql`delete from erasure`.execute(store.owner)).rejects.toThrow('append-only');
  });

  test('words that are looked up are keyed: the same in a register, another in the next, and none is found without the key', async () => {
    const keyed = await keyedWords(store.db);
    expect(keyed('a', '王小')).toBe(keyed('a', '王小'));
    expect(keyed('a', '王小')).not.toBe(keyed('b', '王小'));
    expect(keyed('a', '王小')).toMatch(/^#[A-Za-z0-9_-]{22}$/);
  });
});
