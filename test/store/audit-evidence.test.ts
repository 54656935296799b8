/** Each indicator counts what proves it in the period, and nothing from before or after. */
import { sql } from 'kysely';
import { afterEach, describe, expect, test } from 'vitest';
import { AuditIssued, AuditOpen, findAudit, issueAudit, markIndicator, MarkRefused, openAudit } from '../../db/audits.ts';
import { putEntry } from '../../db/entries.ts';
import { evidenceFor } from '../../db/read/audit-evidence.ts';
import { parseBeijing, type Instant } from '../../domain/time.ts';
import { loadChecklist } from '../../packs/audit/load.ts';
import { loadRegisters } from '../../packs/registers/load.ts';
import { useStore } from './support/store.ts';

const store = useStore();
const list = loadChecklist();
const registers = loadRegisters();
const period = { from: parseBeijing('2026-01-01 00:00'), to: parseBeijing('2027-01-01 00:00') };
const inside = [parseBeijing('2026-01-01 00:00'), parseBeijing('2026-12-31 23:59')];
const outside = [parseBeijing('2025-12-31 23:59'), parseBeijing('2027-01-01 00:00')];
const counts = () => evidenceFor(store.db, list, period);
const none = Object.fromEntries(list.indicators.map(({ id }) => [id, 0]));

afterEach(() =>
  store.tamper(
    'delete from event',
    'delete from case_file',
    'delete from entry',
    'delete from entry_version',
    'delete from entry_act',
    'delete from entry_key',
  ),
);

let made = 0;
const owner: Readonly<Record<string, string>> = { equipmentUse: 's3-cs19' };
interface Where {
  readonly pack?: string;
  readonly reason?: string;
}
/** A step answered at an instant, in a case of the pack that means it unless another is named. */
async function answered(
  step: string,
  at: Instant,
  facts: Record<string, unknown> = {},
  { pack = owner[step] ?? 's0-ts16949', reason }: Where = {},
): Promise<void> {
  await opened('none', at, pack, reason);
  const body = JSON.stringify({ data: { task: `${step}#1`, step, facts } });
  await sql`insert into event (case_number, seq, kind, occurred_at, recorded_at, body, prev_hash, hash)
    values (${`C-${made}`}, 1, 'submitted', ${new Date(at)}, ${new Date(period.to)}, ${body}::jsonb, '', ${String(made)})`.execute(
    store.owner,
  );
}

async function opened(kind: string, at: Instant, pack = 'p', reason: string | null = null): Promise<void> {
  made += 1;
  await sql`insert into case_file (number, pack_id, pack_version, pack_hash, kind, severity, stage, status, reason, round, opened_at, breaches, escalations, seq, head_hash, state)
    values (${`C-${made}`}, ${pack}, '1', 'h', ${kind}, '', '', 'open', ${reason}, 1, ${new Date(at)}, 0, 0, 1, '', '{}')`.execute(
    store.owner,
  );
}

/** An entry that holds; references are not looked at here, so entries are written as those that hold. */
async function entry(register: string, body: Record<string, unknown>, at: Instant = inside[0]!): Promise<void> {
  made += 1;
  const id = `N-${made}`;
  const text = JSON.stringify(body);
  await sql`insert into entry (register, id, version, status, body, search_text, in_force, in_force_body, written_by, changed_at)
    values (${register}, ${id}, 1, 'inForce', ${text}::jsonb, '', 1, ${text}::jsonb, 'p', ${new Date(at)})`.execute(store.owner);
  await sql`insert into entry_version (register, id, version, body, definition, person, at, prev_hash, hash)
    values (${register}, ${id}, 1, ${text}, '1.0.0', 'p', ${new Date(at)}, '', '')`.execute(store.owner);
}

test('nothing on an empty store', async () => expect(await counts()).toEqual(none));

const steps: [indicator: string, step: string, facts: Record<string, unknown>, not: Record<string, unknown> | undefined][] = [
  ['GB.P3', 'sendForResearch', { to: 'unit' }, undefined],
  ['GB.P7', 'training', { manner: 'onSite' }, undefined],
  ['GB.P8', 'equipmentUse', {}, undefined],
  ['GB.P9', 'quoteAnswer', { accepted: true }, { accepted: false }],
  ['GB.P14', 'recordGiven', {}, undefined],
  ['GB.P17', 'loaner', { item: true }, undefined],
  ['GB.P20', 'returnOrExchange', { way: 'exchange' }, undefined],
  ['GB.P21', 'remedy', { measure: 'recall' }, undefined],
];
test.for(steps)('%s: step %s', async ([id, step, facts, not]) => {
  for (const at of outside) await answered(step, at, facts);
  if (not !== undefined) await answered(step, inside[0]!, not);
  expect(await counts()).toEqual(none);
  for (const at of inside) await answered(step, at, facts);
  expect(await counts()).toEqual({ ...none, [id]: 2 });
});

test("GB.P7 and GB.P21: an outlet's training of its staff and a remedy in a cement case are something else", async () => {
  await answered('training', inside[0]!, { assessed: true }, { pack: 's1-outlet' });
  await answered('remedy', inside[0]!, { measure: 'recall' }, { pack: 's2-cement' });
  expect(await counts()).toEqual(none);
});

test('GB.P17: a case opened in error proves nothing', async () => {
  await answered('loaner', inside[0]!, { item: true }, { reason: 'opened-in-error' });
  await answered('loaner', inside[0]!, { item: true }, { reason: 'withdrawn' });
  expect(await counts()).toEqual({ ...none, 'GB.P17': 1 });
});

test('GB.P20: a fee counts only when it was accepted beforehand', async () => {
  await answered('returnOrExchange', inside[0]!, { fee: 5_000, feeAccepted: false });
  await answered('returnOrExchange', inside[0]!, { fee: 5_000 });
  expect(await counts()).toEqual(none);
  await answered('returnOrExchange', inside[0]!, { fee: 5_000, feeAccepted: true });
  await answered('returnOrExchange', inside[0]!, { fee: 0 });
  expect(await counts()).toEqual({ ...none, 'GB.P20': 2 });
});

test('GB.P7 and GB.P8: an on-site service supports, and trains when it says so', async () => {
  for (const at of outside) await answered('serviceRecord', at, { customerTrained: true });
  await answered('serviceRecord', inside[0]!, { customerTrained: true });
  await answered('serviceRecord', inside[1]!, { customerTrained: false });
  expect(await counts()).toEqual({ ...none, 'GB.P7': 1, 'GB.P8': 2 });
});

test.for([
  ['GB.P2', 'capa'],
  ['GB.P21', 'recall'],
] as const)('%s: cases of kind %s', async ([id, kind]) => {
  for (const at of outside) await opened(kind, at);
  expect(await counts()).toEqual(none);
  for (const at of inside) await opened(kind, at);
  expect(await counts()).toEqual({ ...none, [id]: 2 });
});

/** Indicator, register, field of the date, what else it says, and what would not count although it lies in the period. */
const dated: [string, string, string, Record<string, unknown>, Record<string, unknown>?][] = [
  ['GB.P5', 'standardisation', 'on', { standard: '服务规范' }],
  ['GB.P6', 'installations', 'installedOn', { commissioned: true }, { commissioned: false }],
  ['GB.P10', 'packagingChecks', 'on', { whole: true, safe: true, portable: true }, { whole: true, safe: true, portable: false }],
  ['GB.P13', 'products', 'soldOn', { warrantyMonths: 12, freeRepairMonths: 12 }, { warrantyMonths: 12 }],
  ['GB.P15', 'equipmentChecks', 'on', { what: '举升机', inOrder: true }],
  ['GB.P18', 'goodsChecks', 'on', { law: true, standard: true }, { law: true, standard: false }],
  ['GB.P19', 'products', 'soldOn', { warrantyMonths: 12, lawfulMonths: 12 }, { warrantyMonths: 11, lawfulMonths: 12 }],
  ['GB.P23', 'products', 'soldOn', { wasteNotice: '送回网点' }, { wasteNotice: '' }],
  ['GB.P24', 'disposals', 'on', { way: 'recycled' }],
];
test.for(dated)('%s: %s by %s', async ([id, register, field, body, not]) => {
  for (const day of ['2025-12-31', '2027-01-01']) await entry(register, { ...body, [field]: day });
  await entry(register, body);
  if (not !== undefined) await entry(register, { ...not, [field]: '2026-06-01' });
  expect(await counts()).toEqual(none);
  for (const day of ['2026-01-01', '2026-12-31']) await entry(register, { ...body, [field]: day });
  expect(await counts()).toEqual({ ...none, [id]: 2 });
});

test('GB.P7: an installation with training of the customer counts for training, too', async () => {
  await entry('installations', { installedOn: '2026-03-01', commissioned: true, customerTrained: true });
  await entry('installations', { installedOn: '2025-03-01', commissioned: true, customerTrained: true });
  expect(await counts()).toEqual({ ...none, 'GB.P6': 1, 'GB.P7': 1 });
});

test('GB.P11: orders delivered in the period, by the promised date', async () => {
  await entry('orders', { promisedDate: '2026-05-03', deliveredOn: '2026-05-03' });
  await entry('orders', { promisedDate: '2026-05-03', deliveredOn: '2026-05-04' });
  await entry('orders', { deliveredOn: '2026-05-04' });
  await entry('orders', { promisedDate: '2027-01-05', deliveredOn: '2027-01-02' });
  expect(await counts()).toEqual({ ...none, 'GB.P11': 1 });
});

test('GB.P1 and GB.P4: what is in force or valid at some time of the period', async () => {
  await entry('serviceRules', { inForceFrom: '2025-05-01' });
  await entry('serviceRules', { inForceFrom: '2027-01-01' });
  await entry('certificates', { from: '2025-01-01', until: '2026-01-01' });
  await entry('certificates', { from: '2023-01-01', until: '2025-12-31' });
  await entry('certificates', { from: '2027-01-01', until: '2029-12-31' });
  expect(await counts()).toEqual({ ...none, 'GB.P1': 1, 'GB.P4': 1 });
});

test('GB.P12: each duty that meets the period', async () => {
  const duty = (from: string, until: string) => ({ person: 'a', from: `${from}:00+08:00`, until: `${until}:00+08:00` });
  await entry('outlets', {
    roster: [
      duty('2025-12-31T08:00', '2026-01-01T00:00'),
      duty('2025-12-31T20:00', '2026-01-01T08:00'),
      duty('2026-06-01T08:00', '2026-06-01T20:00'),
      duty('2027-01-01T00:00', '2027-01-01T08:00'),
    ],
  });
  expect(await counts()).toEqual({ ...none, 'GB.P12': 2 });
});

test('GB.P2: notes written in the period', async () => {
  for (const at of outside) await entry('informationNotes', { content: '轴承异响多发' }, at);
  expect(await counts()).toEqual(none);
  for (const at of inside) await entry('informationNotes', { content: '轴承异响多发' }, at);
  expect(await counts()).toEqual({ ...none, 'GB.P2': 2 });
});

test.for([
  ['GB.P16', 'parts', { quality: '检验报告', supplyDays: 3 }, { quality: '检验报告' }],
  ['GB.P22', 'customers', { supports: ['repair'] }, { supports: [] }],
] as const)('%s: %s that stood so at some time of the period', async ([id, register, body, not]) => {
  const withdrawn = async (at: Instant) =>
    sql`insert into entry_act (register, id, version, act, person, at)
      values (${register}, ${`N-${made}`}, 1, 'withdraw', 'p', ${new Date(at)})`.execute(store.owner);
  const later = async (next: object, at: Instant) =>
    sql`insert into entry_version (register, id, version, body, definition, person, at, prev_hash, hash)
      values (${register}, ${`N-${made}`}, 2, ${JSON.stringify(next)}, '1.0.0', 'p', ${new Date(at)}, '', '')`.execute(store.owner);
  const [before, after] = [outside[0]!, outside[1]!];
  await entry(register, body, after);
  await entry(register, not);
  await entry(register, body, before);
  await withdrawn(before);
  await entry(register, body, before - 1);
  await later(not, before);
  expect(await counts()).toEqual(none);
  await entry(register, body, before); // of the year before, and it still stands
  await entry(register, body, before);
  await withdrawn(inside[1]!);
  await entry(register, not, before);
  await later(body, inside[1]!);
  await entry(register, body, inside[0]);
  await later({ ...body }, inside[1]!); // counts once
  expect(await counts()).toEqual({ ...none, [id]: 4 });
});

test('an entry of the engine itself counts until it is withdrawn', async () => {
  const def = registers.get('disposals')!;
  const body = { what: '旧泵', quantity: '2', way: 'recycled', rule: '回收办法', receiver: '回收站', on: '2026-04-01' };
  const { id } = await putEntry(store.db, { def, body, person: 'p', at: inside[0]! });
  expect((await counts())['GB.P24']).toBe(1);
  await store.tamper(`update entry set status = 'withdrawn' where id = '${id}'`);
  expect((await counts())['GB.P24']).toBe(0);
});

describe('an audit', () => {
  const by = { person: 'auditor', at: period.to };
  const mark = (indicator: string, points: number, applicable = true) => ({ indicator, applicable, points, reason: '查验' });

  test('is marked, issued when every indicator is, and frozen', async () => {
    await openAudit(store.db, 'one', list, period, by);
    await answered('loaner', inside[0]!);
    const give = (indicator: string, points: number, applicable = true, key = `${indicator} ${points}`) =>
      markIndicator(store.db, 'one', mark(indicator, points, applicable), { ...by, key });
    await expect(give('GB.P3', 5)).rejects.toEqual(new MarkRefused('no-evidence'));
    await give('GB.P17', 8);
    await give('GB.P17', 8); // the same key again
    await expect(issueAudit(store.db, 'one', by)).rejects.toBeInstanceOf(AuditOpen);
    for (const { id } of list.indicators) if (id !== 'GB.P17') await give(id, 0, id === 'GB.P3');
    await give('GB.P17', 9);
    expect((await findAudit(store.db, 'one'))?.result).toMatchObject({ won: 9, of: 20, score: '45.00', open: [] });
    await issueAudit(store.db, 'one', by);
    const issued = await findAudit(store.db, 'one');
    await answered('sendForResearch', inside[0]!);
    expect(await findAudit(store.db, 'one')).toEqual(issued);
    await expect(give('GB.P3', 5)).rejects.toBeInstanceOf(AuditIssued);
    expect((await counts())['GB.P3']).toBe(1); // so it would be otherwise now
  });

  test.for(['audit', 'audit_mark', 'audit_issue'])('%s is append-only', async (table) => {
    await expect(sql.raw(`delete from ${table}`).execute(store.db)).rejects.toMatchObject({ message: /permission denied/ });
    await expect(sql.raw(`update ${table} set person = 'x'`).execute(store.owner)).rejects.toMatchObject({ message: /append-only/ });
  });
});
