/** Checkpoints and journals: what a rewrite of the whole database could hide is found by what was signed outside it. */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chainHash, GENESIS } from '../../db/hash.ts';
import { note } from '../../db/journal.ts';
import { record } from '../../db/record.ts';
import { auditAll, type AuditTotal } from '../../reconcile/audit-all.ts';
import { auditJournals } from '../../reconcile/journal.ts';
import { readEvents } from '../../reconcile/stored.ts';
import { readCheckpoints, writeCheckpoint } from '../../runtime/checkpoint/folder.ts';
import { readCheckpointKey } from '../../runtime/checkpoint/key.ts';
import { takeCheckpoint } from '../../runtime/checkpoint/take.ts';
import { batchOf, noon, story } from './support/story.ts';
import { useStore } from './support/store.ts';

const store = useStore();
const home = mkdtempSync(join(tmpdir(), 'redress-checkpoints-'));
const folder = join(home, 'checkpoints');
const keyFile = join(home, 'checkpoint.key');
afterAll(() => rmSync(home, { recursive: true }));

const take = (at: number) => takeCheckpoint({ db: store.db, folder, key: readCheckpointKey(keyFile) }, at);

async function audit(where = folder): Promise<AuditTotal & { readonly found: string[] }> {
  const found: string[] = [];
  const total = await auditAll(
    { db: store.db, client: undefined, folder: where, publicKeyFile: `${keyFile}.pub`, only: undefined },
    (_, text) => found.push(text),
  );
  return { ...total, found };
}

/** Rewrites a case from one event on, with every hash and the head: by itself it verifies. */
async function rewrite(number: string, from: number): Promise<void> {
  const events = await readEvents(store.db, number);
  let previous = GENESIS;
  const statements = events.flatMap(({ seq, body }) => {
    const changed = seq === from ? { ...body, occurredAt: body.occurredAt + 1 } : body;
    const hash = chainHash(previous, number, changed);
    const at = `case_number = '${number}' and seq = ${seq}`;
    const lines = [
      `update event set body = '${JSON.stringify(changed).replaceAll("'", "''")}', occurred_at = to_timestamp(${changed.occurredAt}::numeric / 1000), prev_hash = '${previous}', hash = '${hash}' where ${at}`,
    ];
    previous = hash;
    return lines;
  });
  await store.tamper(...statements, `update case_file set head_hash = '${previous}' where number = '${number}'`);
}

async function cut(number: string, to: number): Promise<void> {
  await store.tamper(
    `delete from event where case_number = '${number}' and seq > ${to}`,
    `update case_file set seq = ${to}, head_hash = (select hash from event where case_number = '${number}' and seq = ${to}) where number = '${number}'`,
  );
}

beforeAll(async () => {
  for (const number of ['K-1', 'K-2', 'K-3', 'K-4']) await record(store.db, batchOf(story(number)));
  await note(store.db, { kind: 'read', at: noon, person: 'an-auditor', what: { case: 'K-1', document: 'd' } });
});

// Six chains: the cases', the journal's, and that of the account every store begins with.
test('taken when something has moved, written once, readable by all and writable by none', async () => {
  const first = await take(noon);
  expect(first).toMatchObject({ number: 1, chains: 6, previous: '0'.repeat(64) });
  expect(await take(noon + 1)).toBeUndefined();
  await note(store.db, { kind: 'read', at: noon + 1000, person: 'an-auditor', what: { case: 'K-2', document: 'd' } });
  const second = await take(noon + 2);
  expect(second).toMatchObject({ number: 2, chains: 6, moved: [['journal read:2026-09-30', 2, expect.any(String)]] });
  expect(readdirSync(folder)).toEqual(['000001.json', '000002.json']);
  expect(statSync(join(folder, '000001.json')).mode & 0o777).toBe(0o444);
  expect(statSync(keyFile).mode & 0o777).toBe(0o600);
  expect(await audit()).toMatchObject({ cases: 4, journal: 2, checkpoints: 2, faults: 0, found: [] });
});

test('two processes at once take one checkpoint', async () => {
  await note(store.db, { kind: 'refusal', at: noon, person: 'p', what: { case: 'K-1', code: 'wrong-role' } });
  const taken = await Promise.all([take(noon + 3), take(noon + 3)]);
  expect(taken.filter((one) => one !== undefined)).toHaveLength(1);
  expect(readdirSync(folder)).toHaveLength(3);
});

test('twenty writers of one number in one process: one stands, none fails, no draft is left', async () => {
  const other = mkdtempSync(join(tmpdir(), 'redress-checkpoints-'));
  const [first] = await readCheckpoints(folder);
  const written = await Promise.all(Array.from({ length: 20 }, () => writeCheckpoint(other, first!)));
  expect(written.filter(Boolean)).toHaveLength(1);
  expect(readdirSync(other)).toEqual(['000001.json']);
  rmSync(other, { recursive: true });
});

describe('the database rewritten so that it verifies by itself', () => {
  test('an event altered with every hash after it, and the head', async () => {
    await rewrite('K-1', 3);
    const { found } = await audit();
    expect(found).toEqual(['checkpoint 1  K-1 12  rewritten']);
    await rewrite('K-1', 99); // what is left of the damage stays found
    expect((await audit()).faults).toBe(1);
  });

  test('a tail cut off with the head; a whole case removed', async () => {
    await cut('K-2', 7);
    await store.tamper(
      ...['event', 'task', 'clock', 'outbox'].map((t) => `delete from ${t} where case_number = 'K-3'`),
      `delete from case_file where number = 'K-3'`,
    );
    expect((await audit()).found.toSorted()).toEqual(
      ['checkpoint 1  K-1 12  rewritten', 'checkpoint 1  K-2 12  cut', 'checkpoint 1  K-3 12  cut'].toSorted(),
    );
  });

  test('a checkpoint taken afterwards does not make it good', async () => {
    await take(noon + 4);
    expect((await audit()).found).toContain('checkpoint 1  K-2 12  cut');
  });
});

describe('checkpoints themselves', () => {
  const altered = (change: (text: string, name: string) => string | undefined): string => {
    const copy = mkdtempSync(join(home, 'copy-'));
    for (const name of readdirSync(folder)) {
      const text = change(readFileSync(join(folder, name), 'utf8'), name);
      if (text !== undefined) writeFileSync(join(copy, name), text);
    }
    return copy;
  };
  const faultsOf = async (where: string) => (await audit(where)).found.map((line) => line.split('  ').at(-1));

  test('one is taken out', async () => {
    expect(await faultsOf(altered((text, name) => (name === '000002.json' ? undefined : text)))).toContain('unlinked');
  });
  test('what it names is changed', async () => {
    const where = altered((text, name) => (name === '000001.json' ? text.replace('"K-4",12', '"K-4",11') : text));
    expect(await faultsOf(where)).toEqual(expect.arrayContaining(['unsigned', 'root', 'unlinked', 'rewritten']));
  });
  test('signed anew by another key', async () => {
    const other = join(home, 'other.key');
    readCheckpointKey(other);
    const found: string[] = [];
    await auditAll({ db: store.db, client: undefined, folder, publicKeyFile: `${other}.pub`, only: undefined }, (_, text) =>
      found.push(text),
    );
    expect(found.filter((line) => line.endsWith('unsigned'))).toHaveLength(readdirSync(folder).length);
  });
  test('a file that is none is named', async () => {
    const where = altered((text, name) => (name === '000002.json' ? '{' : text));
    await expect(audit(where)).rejects.toThrow(/000002\.json is no checkpoint/);
  });
  test('a key file that holds no key is named', () => {
    const bad = join(home, 'bad.key');
    writeFileSync(bad, 'nothing');
    chmodSync(bad, 0o600);
    expect(() => readCheckpointKey(bad)).toThrow();
  });
});

describe('journals', () => {
  const at = noon + 86_400_000;
  test('a hundred at once on one day are one chain without gap or fault', async () => {
    await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        note(store.db, { kind: 'refusal', at: at + i, person: `p${i}`, what: { case: 'K-1', code: 'wrong-role' } }),
      ),
    );
    const rows = await store.db.selectFrom('journal').select('seq').where('chain', '=', 'refusal:2026-10-01').orderBy('seq').execute();
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    expect((await auditJournals(store.db)).faults).toEqual([]);
  });

  const day = `chain = 'refusal:2026-10-01'`;
  test.each([
    ['an entry altered', `update journal set body = replace(body, 'wrong-role', 'case-closed') where ${day} and seq = 7`, 'altered'],
    ['a column altered', `update journal set person = 'somebody-else' where ${day} and seq = 8`, 'columns'],
    ['an entry removed', `delete from journal where ${day} and seq = 9`, 'missing'],
    ['an entry linked to another', `update journal set prev_hash = repeat('a', 64) where ${day} and seq = 20`, 'unlinked'],
  ])('%s', async (_, statement, fault) => {
    await store.tamper(statement);
    expect((await auditJournals(store.db)).faults.map((f) => f.fault)).toContain(fault);
  });

  test('append-only to everybody', async () => {
    await expect(store.db.updateTable('journal').set({ person: 'x' }).execute()).rejects.toMatchObject({ code: '42501' });
    await expect(store.owner.deleteFrom('journal').execute()).rejects.toMatchObject({ code: '42501' });
  });
});
