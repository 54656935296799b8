/** Whoever is killed while erasing has erased all that was asked for or nothing of it, and the log outside the database repairs it. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { saveDraft } from '../../db/drafts.ts';
import { putEntry } from '../../db/entries.ts';
import { sha256 } from '../../db/hash.ts';
import { receive } from '../../db/inbox.ts';
import { setMail } from '../../db/people.ts';
import { sealer, subjects } from '../../db/personal.ts';
import { loadRegisters } from '../../packs/registers/load.ts';
import { auditErasures } from '../../reconcile/erasures.ts';
import { auditProofs } from '../../reconcile/proofs.ts';
import { eraseAgain } from '../../runtime/erasing.ts';
import { useStore } from './support/store.ts';

const store = useStore();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redress-erasing-'));
});
afterAll(() => rm(folder, { recursive: true }));

const customers = loadRegisters().get('customers')!;
const at = Date.UTC(2026, 2, 9);

/** A customer, a case, a file and a person of whom something is kept; the names of their subjects. */
async function somebody(name: string): Promise<string[]> {
  const body = `{"form":{"name":"${name}"},"salt":"x"}`;
  const row = { key: `open ${name}`, number: name, step: 'open', mode: 'update' as const, command: {}, fingerprint: 'guessed', person: 'p', receivedAt: at }; // prettier-ignore
  await receive(store.db, row, [{ hash: sha256(body), body }]);
  await putEntry(store.db, { def: customers, body: { code: name, name: `公孙${name}`, telephone: '13800001234' }, person: 'p', at });
  await store.db.insertInto('person').values({ id: name, name }).execute();
  await setMail(store.db, name, `${name}@example.com`);
  await saveDraft(store.db, { person: name, about: 's3-cs19', what: 'repair' }, { name }, at);
  await saveDraft(store.db, { person: 'p', about: name, what: 'survey' }, { name }, at);
  await sealer(store.db, subjects.file(sha256(name)));
  return [subjects.case(name), subjects.entry('customers', name), subjects.file(sha256(name)), subjects.person(name)];
}

/** How much of them is still there, and how much says that it was erased. */
async function left(name: string, about: readonly string[]): Promise<{ there: number; erased: number }> {
  const { rows } = await sql<{ there: number; erased: number }>`
    select (select count(*) from subject_key where subject = any(${[...about]}::text[]) and wrapped is not null)::integer
      + (select count(*) from person_contact where person = ${name})::integer + (select count(*) from draft where person = ${name} or about = ${name})::integer
      + (select count(*) from inbox where case_number = ${name} and fingerprint = 'guessed')::integer
      + (select least(1, count(*)) from entry_gram where id = ${name} and starts_with(gram, '#'))::integer as there,
      (select count(*) from erasure where subject = any(${[...about]}::text[]))::integer
      + (select count(*) from journal where body like '%"erased"%' and body like ${`%erased-${name}"%`})::integer as erased`.execute(
    store.db,
  );
  return rows[0]!;
}

interface Ended {
  readonly erased?: readonly string[];
  readonly signal: string | null;
}

function erasing(name: string, about: readonly string[], statement: number): Promise<Ended> {
  const asked = JSON.stringify({
    url: store.url,
    log: join(folder, `${name}.jsonl`),
    subjects: about,
    at: statement,
    key: `erased-${name}`,
  });
  const process_ = new URL('support/erasing-process.ts', import.meta.url).pathname;
  return new Promise((resolve) => {
    execFile(process.execPath, [process_, asked], (error, out) => {
      resolve({ ...(out === '' ? {} : (JSON.parse(out) as { erased: string[] })), signal: (error?.signal as string | undefined) ?? null });
    });
  });
}

test('killed before any statement of it, all stands or nothing; done again by the log, all is gone', { timeout: 300_000 }, async () => {
  const whole = { there: 9, erased: 0 };
  const gone = { there: 0, erased: 5 };
  let killed = 0;
  for (let statement = 1; ; statement += 1) {
    const name = `E-${statement}`;
    const about = await somebody(name);
    expect(await left(name, about)).toEqual(whole);
    const { erased, signal } = await erasing(name, about, statement);
    if (erased !== undefined) {
      expect(await left(name, about)).toEqual(gone);
      break;
    }
    expect(signal).toBe('SIGKILL');
    killed += 1;
    expect(await left(name, about)).toEqual(whole);
    expect(await eraseAgain(store.db, join(folder, `${name}.jsonl`))).toBe(about.length);
    expect(await left(name, about)).toMatchObject({ there: 0 });
    expect(await eraseAgain(store.db, join(folder, `${name}.jsonl`))).toBe(0);
  }
  expect(killed).toBeGreaterThan(10);
  expect(await auditErasures(store.db)).toEqual([]);
  expect((await auditProofs(store.db)).faults).toEqual([]);
});
