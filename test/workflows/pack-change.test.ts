/** S1-EVAL on the real engine: the approval of a pack as a case, through the desk. */
import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Desk, Reply } from '../../desk/index.ts';
import type { Pack } from '../../domain/pack.ts';
import { isoBeijing } from '../../domain/time.ts';
import { versionsOf } from '../../db/read/packs.ts';
import { openTasks } from '../../domain/case/state.ts';
import { loadPack } from '../../packs/load.ts';
import { reconcileAll } from '../../reconcile/reconcile.ts';
import { ruleBook } from '../../runtime/packs.ts';
import { surveyWithin, versionOf } from '../support/versions.ts';
import { outcome, useShop, who } from './support/shop.ts';
import { testSealKey } from '../support/seal.ts';

const shop = useShop();
let desk: Desk;
let stop: () => Promise<void>;
beforeAll(async () => {
  desk = shop.desk();
  ({ stop } = await shop.startWorker());
});
afterAll(() => stop());

const sha = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

function draft(pack: Pack, more: Record<string, unknown> = {}) {
  const body = JSON.stringify(pack);
  const form = { pack: pack.id, version: pack.version, hash: pack.hash, content: sha(body), reason: '两日更合适', ...more };
  return { form, attached: [{ hash: sha(body), body }] };
}

async function propose(pack: Pack, more: Record<string, unknown> = {}, person = 'drafter'): Promise<string> {
  const key = randomUUID();
  const reply = await desk.open({ key, who: who('serviceDepartment', person), pack: 's1-eval', kind: 'packChange', ...draft(pack, more) });
  return (await outcome(desk, key, reply)).number;
}
async function say(number: string, role: string, step: string, form: Record<string, unknown>, person = role): Promise<Reply> {
  const key = randomUUID();
  return outcome(desk, key, await desk.submit({ key, who: who(role, person), number, step, form }));
}
const review = (number: string, version = 1) => say(number, 'manager', 'pack.review', { decision: 'approve', version });
const approve = (number: string, version = 1) => say(number, 'generalManager', 'pack.approve', { decision: 'approve', version });
const standing = async (pack: Pack) =>
  (await versionsOf(shop.store.db, pack.id)).find(({ hash }) => hash === pack.hash) ?? { status: 'none' };
async function becomes(pack: Pack, status: string): Promise<void> {
  await expect.poll(async () => (await standing(pack)).status, { timeout: 15_000 }).toBe(status);
}
const fileOf = (number: string) =>
  shop.store.db.selectFrom('case_file').select(['state', 'status', 'reason']).where('number', '=', number).executeTakeFirstOrThrow();
const kinds = async (number: string) =>
  (await shop.store.db.selectFrom('event').select(['kind', 'body']).where('case_number', '=', number).orderBy('seq').execute()).map(
    (e) => e.kind,
  );

async function openRepair(): Promise<{ number: string; version: string; n: number; due: number }> {
  const key = randomUUID();
  const reply = await desk.open({ key, who: who('recordsClerk'), pack: 's3-cs19', kind: 'repair', form: { channel: 'hotline' } });
  const { number } = await outcome(desk, key, reply);
  const { state } = await fileOf(number);
  return { number, version: state.pack.version, n: 0, due: state.clocks['survey#1']!.dueAt };
}

test('a pack goes from draft to review to approval to being in force; open cases keep theirs [EVAL.P3 EVAL.P4 EVAL.P5 EVAL.P6 EVAL.X2]', async () => {
  const before = await openRepair();
  const pack = surveyWithin('1.1.0', 2);
  const number = await propose(pack);
  expect(number).toMatch(/^EVAL-/);
  await becomes(pack, 'proposed');
  expect((await openRepair()).version).toBe('1.0.1');

  expect(await approve(number)).toMatchObject({ status: 'refused', code: 'task-not-open' });
  expect(await say(number, 'serviceDepartment', 'pack.review', { decision: 'approve', version: 1 })).toMatchObject({ code: 'wrong-role' });
  expect(await say(number, 'manager', 'pack.review', { decision: 'approve', version: 1 }, 'drafter')).toMatchObject({
    code: 'contributor-cannot-approve',
  });
  expect(await review(number)).toMatchObject({ status: 'decided' });
  expect(await say(number, 'manager', 'pack.approve', { decision: 'approve', version: 1 })).toMatchObject({ code: 'wrong-role' });
  expect(await say(number, 'generalManager', 'pack.approve', { decision: 'approve', version: 1 }, 'drafter')).toMatchObject({
    code: 'contributor-cannot-approve',
  });
  expect(await approve(number)).toMatchObject({ status: 'decided' });
  await becomes(pack, 'active');
  expect(await standing(pack)).toMatchObject({ case_number: number, reason: '两日更合适' });

  const after = await openRepair();
  expect(after.version).toBe('1.1.0');
  expect(after.due).toBeGreaterThan(before.due);
  expect((await fileOf(before.number)).state.pack.version).toBe('1.0.1');
});

test('a rejected draft comes back; the next one voids what was decided, and its old hash is not put into force', async () => {
  const [first, second] = [surveyWithin('1.2.0', 3), surveyWithin('1.2.0', 4)];
  const number = await propose(first);
  await review(number);
  expect(await say(number, 'generalManager', 'pack.approve', { decision: 'reject', version: 1, reason: '太短' })).toMatchObject({
    status: 'decided',
  });
  const key = randomUUID();
  const next = await desk.submit({ key, who: who('serviceDepartment', 'drafter'), number, step: 'pack', ...draft(second) });
  expect((await outcome(desk, key, next)).status).toBe('decided');
  await becomes(second, 'proposed');
  await becomes(first, 'rejected');
  expect(await review(number, 1)).toMatchObject({ code: 'stale-version' });
  expect(await say(number, 'manager', 'pack.review', { decision: 'approve', proposalHash: first.hash })).toMatchObject({
    code: 'stale-version',
  });
  expect(await say(number, 'manager', 'pack.review', { decision: 'approve', proposalHash: second.hash })).toMatchObject({
    status: 'decided',
  });
  expect(await approve(number, 2)).toMatchObject({ status: 'decided' });
  await becomes(second, 'active');
  expect((await standing(first)).status).toBe('rejected');
  expect((await openRepair()).version).toBe('1.2.0');
});

test('a future instant: before it the version before, from it on the new one', async () => {
  const pack = surveyWithin('1.3.0', 5);
  const from = Math.floor(Date.now() / 1000) * 1000 + 7 * 86_400_000;
  const number = await propose(pack, { activeFrom: isoBeijing(from) });
  await review(number);
  await approve(number);
  await becomes(pack, 'active');
  expect((await openRepair()).version).toBe('1.2.0');
  const at = async (instant: number) => (await ruleBook(shop.store.db).active('s3-cs19', instant)).pack.version;
  expect([await at(from - 1), await at(from)]).toEqual(['1.2.0', '1.3.0']);
  const { state } = await fileOf(number);
  expect(state.known['activeFrom']).toBe(from);
  expect(state.answers['open']).toMatchObject({ version: '1.3.0', hash: pack.hash });
});

test('two proposals of one pack at a time: the second is a duplicate of the first, and nothing of it stands', async () => {
  const [one, two] = [surveyWithin('1.4.0', 6), surveyWithin('1.5.0', 7)];
  const numbers = await Promise.all([propose(one), propose(two)]);
  const closed = async () => (await Promise.all(numbers.map(fileOf))).map((file) => file.reason).filter((reason) => reason !== null);
  await expect.poll(closed, { timeout: 15_000 }).toEqual(['duplicate']);
  const loser = (await fileOf(numbers[0]!)).reason === null ? 1 : 0;
  expect((await fileOf(numbers[loser]!)).state.of).toBe(numbers[1 - loser]);
  const standings = (await Promise.all([one, two].map(standing))).map((row) => row.status);
  expect(standings).toEqual(loser === 0 ? ['none', 'proposed'] : ['proposed', 'none']);
  const winner = numbers[1 - loser]!;
  await say(winner, 'serviceDepartment', 'withdraw', { reason: '不再需要', evidence: '会议纪要' }, 'drafter');
  await becomes(loser === 0 ? two : one, 'rejected');
  expect((await fileOf(winner)).reason).toBe('withdrawn');
});

test('a draft whose text is not there, or is another pack, is not filed', async () => {
  const pack = surveyWithin('1.6.0', 8);
  const key = randomUUID();
  const body = JSON.stringify({ ...pack, title: { zh: '别的', en: 'other' } });
  const { form } = draft(pack, { content: sha(body) });
  const opened = {
    key,
    who: who('serviceDepartment', 'drafter'),
    pack: 's1-eval',
    kind: 'packChange',
    form,
    attached: [{ hash: sha(body), body }],
  };
  const { number } = await outcome(desk, key, await desk.open(opened));
  await expect.poll(async () => (await fileOf(number)).reason, { timeout: 15_000 }).toBe('opened-in-error');
  expect((await standing(pack)).status).toBe('none');
});

describe('withdrawal', () => {
  const withdraw = async (pack: Pack): Promise<string> => {
    const key = randomUUID();
    const form = { pack: pack.id, version: pack.version, hash: pack.hash, reason: '期限有误' };
    const reply = await desk.open({ key, who: who('generalManager'), pack: 's1-eval', kind: 'packWithdrawal', form });
    return (await outcome(desk, key, reply)).number;
  };

  test('the version before is in force again, or none; open cases go on by their own', async () => {
    const second = surveyWithin('1.2.0', 4);
    const running = await openRepair();
    expect(running.version).toBe('1.2.0');
    const number = await withdraw(second);
    await becomes(second, 'withdrawn');
    await expect.poll(async () => (await fileOf(number)).state.known['inForce'], { timeout: 15_000 }).toBe('1.1.0');
    expect((await openRepair()).version).toBe('1.1.0');
    const survey = { trades: 'single', signedBy: ['customerService', 'property', 'teamLeader', 'builder'], responsible: 'company' };
    expect(await say(running.number, 'customerService', 'survey', survey)).toMatchObject({ status: 'decided' });

    for (const pack of [surveyWithin('1.1.0', 2), loadPack('s3-cs19')]) {
      await withdraw(pack);
      await becomes(pack, 'withdrawn');
    }
    await expect(openRepair()).rejects.toThrow('no version of the pack s3-cs19 is in force');
    expect(await say(running.number, 'customerService', 'route', { department: 'engineering' })).toMatchObject({ status: 'decided' });
    expect(await standing(second)).toMatchObject({ reason: '期限有误' });
  });

  test('the pack by which packs are approved cannot be left without a version', async () => {
    const number = await withdraw(loadPack('s1-eval'));
    await expect.poll(async () => (await fileOf(number)).reason, { timeout: 15_000 }).toBe('opened-in-error');
    expect((await standing(loadPack('s1-eval'))).status).toBe('active');
  });
});

test('the change raises the question of a change application, and an application that is to be filed is owed, then what the body answers is recorded [CERT.P1 CERT.P2 CERT.P3 CERT.P4 CERT.D1 CERT.X1]', async () => {
  const pack = versionOf('s1-eval', '1.0.1');
  const number = await propose(pack);
  await review(number);
  await approve(number);
  await becomes(pack, 'active');
  expect(await say(number, 'manager', 'changeApplication', { file: false, note: '-' })).toMatchObject({ code: 'wrong-role' });
  await say(number, 'serviceDepartment', 'changeApplication', { file: true, note: '涉及获证服务' });
  const { state } = await fileOf(number);
  expect(openTasks(state).map((task) => task.step)).toEqual(['changeApplicationFiled']);
  await say(number, 'serviceDepartment', 'changeApplicationFiled', { change: 'service', evidence: '回执' });
  await say(number, 'serviceDepartment', 'changeAssessed', { accepted: true, assessment: '影响较小' });
  expect((await fileOf(number)).status).toBe('open');
  await say(number, 'serviceDepartment', 'certificateUpdated', { measure: 'updated', evidence: '新证书' });
  await expect.poll(async () => (await fileOf(number)).status, { timeout: 15_000 }).toBe('closed');
});

test('an activation whose worker is killed in the middle happens once, when the next worker comes', async () => {
  const pack = versionOf('s3-cs19-demo', '1.0.9');
  const number = await propose(pack);
  await becomes(pack, 'proposed');
  await review(number);
  let release: () => void = () => undefined;
  const held = shop.store.owner.transaction().execute(async (trx) => {
    await trx.selectFrom('pack_version').select('hash').where('hash', '=', pack.hash).forUpdate().execute();
    await new Promise<void>((resolve) => (release = resolve));
  });
  await approve(number);
  await stop(); // within the activity, whose transaction waits for the row
  ({ stop } = await shop.startWorker());
  release();
  await held;
  await becomes(pack, 'active');
  await expect.poll(async () => (await kinds(number)).filter((kind) => kind === 'effect-done').length, { timeout: 45_000 }).toBe(2);
  const receipts = await shop.store.db
    .selectFrom('effect_receipt')
    .select('effect')
    .where('case_number', '=', number)
    .orderBy('effect')
    .execute();
  expect(receipts.map((r) => r.effect)).toEqual(['activatePack', 'filePackDraft']);
});

test('the store says what the histories say', async () => {
  const numbers = (await shop.store.db.selectFrom('case_file').select('number').execute()).map((row) => row.number);
  const at = { db: shop.store.db, engine: { client: shop.client, taskQueue: shop.taskQueue }, sealKeys: [testSealKey] };
  const reports = [];
  for await (const report of reconcileAll(at, numbers)) reports.push(report);
  expect(reports.length).toBeGreaterThan(10);
  expect(reports.filter((one) => one.differences.length + one.failures.length > 0)).toEqual([]);
});
