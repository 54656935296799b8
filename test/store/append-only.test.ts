import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { record } from '../../db/record.ts';
import { batchOf, story } from './support/story.ts';
import { useStore } from './support/store.ts';

const store = useStore();
const tables = [
  'event',
  'document',
  'ledger_entry',
  'work_order',
  'dossier',
  'effect_receipt',
  'file',
  'entry_pass',
  'person_name',
  'signing',
  'delegation',
  'delegation_end',
  'emergency_ask',
  'emergency_grant',
  'emergency_end',
  'emergency_review',
  'row_proof',
];
const columns: Readonly<Record<string, string>> = {
  document: 'body',
  file: 'name',
  entry_pass: 'reason',
  person_name: 'name',
  signing: 'how',
  delegation: 'reason',
  delegation_end: 'ended_by',
  emergency_grant: 'reason',
  emergency_end: 'reason',
  emergency_review: 'reason',
  row_proof: 'digest',
};
const changes = (table: string) => [
  `update ${table} set ${columns[table] ?? 'case_number'} = 'x'`,
  `delete from ${table}`,
  `truncate ${table} cascade`,
];

describe.each(tables)('%s', (table) => {
  test.each(changes(table))('refused to the application: %s', async (statement) => {
    await expect(sql.raw(statement).execute(store.db)).rejects.toMatchObject({ code: '42501', message: /permission denied/ });
  });

  test.each(changes(table))('refused to the owner by trigger: %s', async (statement) => {
    await expect(sql.raw(statement).execute(store.owner)).rejects.toMatchObject({ code: '42501', message: /append-only/ });
  });
});

test('the application cannot become the owner, switch triggers off, or delete a case', async () => {
  await record(store.db, batchOf(story('A-1')));
  for (const statement of [
    'alter table event disable trigger event_append_only',
    'drop trigger event_append_only on event',
    'set session_replication_role = replica',
    'delete from case_file',
    'delete from inbox',
    'delete from outbox',
    'delete from rollup',
  ]) {
    await expect(sql.raw(statement).execute(store.db), statement).rejects.toMatchObject({ code: '42501' });
  }
});
