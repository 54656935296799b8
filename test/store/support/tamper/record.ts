/** A small record in which every table that is held has several rows, written as the application writes them. */
import { sql } from 'kysely';
import { actOnEntry, addEntry, changeEntry } from '../../../../db/entries.ts';
import { sha256 } from '../../../../db/hash.ts';
import { proved } from '../../../../db/held.ts';
import { note } from '../../../../db/journal.ts';
import { sealer, subjects } from '../../../../db/personal.ts';
import { record } from '../../../../db/record.ts';
import { loadRegistersText } from '../../../../packs/registers/load.ts';
import type { TestStore } from '../store.ts';
import { batchOf, noon, story } from '../story.ts';

const register = loadRegistersText(
  `
id: t
version: 1.0.0
registers:
  rules:
    zh: 规则
    en: rules
    clause: '1'
    prefix: R
    write: { s3-cs19: [customerService] }
    review: { pack: s3-cs19, review: serviceManager, approve: generalManager }
    fields:
      - { name: text, type: text, open: true, zh: 内容, en: text }
      - { name: contact, type: text, zh: 联系人, en: contact }
  folk:
    zh: 客户
    en: customers
    clause: '1'
    prefix: F
    write: { s3-cs19: [customerService] }
    fields: [{ name: name, type: text, zh: 名称, en: name }]
`,
  'a test',
);

/** Cases of it. */
export const CASES = ['T-1', 'T-2', 'T-3'];

export async function fillRecord(store: TestStore): Promise<void> {
  for (const [i, number] of CASES.entries()) {
    const body = JSON.stringify({ form: { summary: `漏水 ${number}` }, salt: `salt of ${number}` });
    const subject = subjects.case(number);
    await store.db
      .insertInto('document')
      .values({ hash: sha256(body), body: (await sealer(store.db, subject)).text(body), subject })
      .execute();
    await record(store.db, batchOf(story(number, { at: noon + i, documentHash: sha256(body) })));
  }
  for (const kind of ['refusal', 'read', 'people', 'label'] as const)
    for (let i = 0; i < 4; i += 1)
      await note(store.db, { kind, at: noon + i, person: `p${i}`, what: { case: `T-${i}`, code: 'wrong-role' } });
  await fillRegisters(store);
  await fillProved(store);
}

async function fillRegisters(store: TestStore): Promise<void> {
  const rules = register.get('rules')!;
  const folk = register.get('folk')!;
  const inside = store.db.transaction();
  const put = (def: typeof rules, body: Record<string, string>, at: number) => ({
    def,
    body,
    person: 'writer',
    at,
    reason: `because ${at}`,
  });
  for (let i = 0; i < 3; i += 1) {
    const { id } = await inside.execute((trx) => addEntry(trx, put(folk, { name: `公孙 ${i}` }, noon + i)));
    await inside.execute((trx) => changeEntry(trx, put(folk, { name: `欧阳 ${i}` }, noon + i + 1_000), id, 1));
    const rule = await inside.execute((trx) => addEntry(trx, put(rules, { text: `first ${i}`, contact: `a ${i}` }, noon)));
    const act = (version: number, one: 'submit' | 'review' | 'approve', person: string, at: number) =>
      inside.execute((trx) =>
        actOnEntry(trx, { def: rules, id: rule.id, version, act: one, person, at, reason: one, key: `${rule.id} ${version} ${one}` }),
      );
    await act(1, 'submit', 'writer', noon + 10);
    await act(1, 'review', 'reviewer', noon + 20);
    await act(1, 'approve', 'approver', noon + 30);
    await inside.execute((trx) => changeEntry(trx, put(rules, { text: `second ${i}`, contact: `b ${i}` }, noon + 40), rule.id, 1));
    if (i > 0) await act(2, 'submit', 'writer', noon + 50);
  }
}

export interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
}

/** What a check of a table asks for; `i` counts its rows. */
const hints: Readonly<Record<string, (i: number) => unknown>> = {
  'attachment.case_number': (i) => (i % 2 === 0 ? 'T-1' : null),
  'attachment.register': (i) => (i % 2 === 0 ? null : 'rules'),
  'attachment.entry_id': (i) => (i % 2 === 0 ? null : 'R-2026-00001'),
  'emergency_ask.ends_at': () => '2027-01-01T00:00:00Z',
  'file.hash': (i) => sha256(`file ${i}`),
  'joint_act.kind': () => 'roles',
  'joint_act.pack_id': (i) => `p${i}`,
  'joint_act_end.alone': () => 'no-power',
  'joint_act_end.outcome': () => 'confirmed',
  'label_change.decision': () => 'approve',
  'label_change.of': () => 'document',
  'ledger_account.kind': () => 'fund',
  'pack_version.active_from': () => '2026-03-01T00:00:00Z',
  'pack_version.status': () => 'withdrawn',
  'pack_version.withdrawn_at': () => '2026-04-01T00:00:00Z',
  'signing.how': () => 'token',
  'work_order.order_class': () => 'A',
  'entry_act.register': () => 'elsewhere',
};

/** Rows by the types of their columns, in pairs about one thing; what asks for other rows is taken down, the proofs' triggers stay. */
async function fillProved({ owner }: TestStore): Promise<void> {
  const { rows: others } = await sql<{ statement: string }>`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as statement from pg_constraint
      where contype = 'f' and connamespace = 'public'::regnamespace
    union all select format('drop trigger %I on %s', tgname, tgrelid::regclass) from pg_trigger
      where tgname ~ '_(apart|floor)$'
    union all select format('alter table %I alter column %I set generated by default', table_name, column_name) from information_schema.columns
      where table_schema = 'public' and identity_generation = 'ALWAYS'`.execute(owner);
  for (const { statement } of others) await sql.raw(statement).execute(owner);
  const columns = await columnsOf(owner);
  for (const [table, by, named] of proved) {
    const about = by === named ? [] : by.split(',');
    const of = columns.filter((column) => column.table === table);
    const made = Array.from({ length: 6 }, (_, i) =>
      Object.fromEntries(of.map((column, n) => [column.name, valueOf(column, about.includes(column.name) ? Math.floor(i / 3) : i, n)])),
    );
    for (const row of made)
      await sql`insert into ${sql.table(table)} overriding system value
        select * from jsonb_populate_record(null::${sql.table(table)}, ${JSON.stringify(row)}::jsonb)`.execute(owner);
  }
}

export async function columnsOf(owner: TestStore['owner']): Promise<Column[]> {
  const { rows } = await sql<Column>`
    select table_name as table, column_name as name, udt_name as type, is_nullable = 'YES' as nullable from information_schema.columns
    where table_schema = 'public' order by table_name, ordinal_position`.execute(owner);
  return rows;
}

function valueOf({ table, name, type, nullable }: Column, i: number, n: number): unknown {
  const hint = hints[`${table}.${name}`];
  if (hint !== undefined) return hint(i);
  if (nullable && i % 3 === 2) return null;
  switch (type) {
    case 'int4':
    case 'int8':
      return 100 + i;
    case 'bool':
      return i % 2 === 0;
    case 'timestamptz':
      return new Date(noon + n * 3_600_000 + i).toISOString();
    case 'json':
    case 'jsonb':
      return { text: `值 ${i}`, list: [i, { deep: true, none: null }] };
    case 'bytea':
      return `\\x${sha256(`bytes ${i}`)}`;
    case '_text':
      return [`a${i}`, `b${i}`];
    default:
      return `${name} ${i}`;
  }
}
