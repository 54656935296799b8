/** What comes to a case past the desk: marked, decides nothing, and when it claims the desk it is found out. */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { WorkflowUpdateFailedError } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultPayloadConverter } from '@temporalio/common';
import { eventsOf } from '../../db/read/events.ts';
import { seal } from '../../desk/seal.ts';
import { openTasks } from '../../domain/case/state.ts';
import { caseState, submit, submitted, type Message, type OpenCase } from '../../workflows/kit/messages.ts';
import { testSealKey } from '../support/seal.ts';
import { openRepair, outcome, say, useShop, who } from './support/shop.ts';

const shop = useShop();
const survey = { trades: 'single', responsible: 'company', signedBy: ['customerService', 'property', 'teamLeader', 'builder'] };
let worker: { stop(): Promise<void> };
beforeAll(async () => {
  worker = await shop.startWorker();
});
afterAll(() => worker.stop());

/** A case that waits for the manager's approval. */
async function surveyed(): Promise<string> {
  const desk = shop.desk();
  const number = await openRepair(desk);
  expect(await say(desk, number, 'customerService', 'survey', survey)).toMatchObject({ status: 'decided' });
  return number;
}

function approval(over: Partial<Message> = {}): Message {
  const now = Date.now();
  const facts = { decision: 'approve', version: 1 };
  const actor = { person: 'mallory', roles: ['serviceManager'] };
  return { key: randomUUID(), step: 'estimate.approve', facts, actor, occurredAt: now, receivedAt: now, ...over };
}

const send = (number: string, message: Message) =>
  shop.client.workflow.getHandle(number).executeUpdate(submit, { args: [message], updateId: message.key });
const fileOf = (number: string) =>
  shop.store.db.selectFrom('case_file').select(['needs_ops', 'state']).where('number', '=', number).executeTakeFirstOrThrow();
const forgeriesOf = (number: string) => shop.store.db.selectFrom('forgery').selectAll().where('case_number', '=', number).execute();
const workOrdersOf = (number: string) =>
  shop.store.db.selectFrom('work_order').select('number').where('case_number', '=', number).execute();

async function until(done: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 200; i += 1) {
    if (await done()) return;
    await pause(50);
  }
  throw new Error('waited in vain');
}

test('a decision past the desk does not count, by update or by signal; the desk’s own does, by signal too', async () => {
  const number = await surveyed();
  const refused = await send(number, approval()).catch((error: unknown) => error);
  expect((refused as WorkflowUpdateFailedError).cause).toMatchObject({ type: 'past-the-desk' });
  await shop.client.workflow.getHandle(number).signal(submitted, approval());
  expect((await fileOf(number)).state.proposals['estimate']?.outcome).toBeUndefined();

  const desk = shop.desk();
  const key = randomUUID();
  const form = { decision: 'approve', version: 1 };
  const sent = await desk.submit({ key, who: who('serviceManager'), number, step: 'estimate.approve', form, async: true });
  expect(await outcome(desk, key, sent)).toMatchObject({ status: 'decided' });
  expect((await fileOf(number)).state.proposals['estimate']).toMatchObject({ outcome: 'approved' });
  expect(await forgeriesOf(number)).toEqual([]);
  await until(async () => (await workOrdersOf(number)).length === 1);
});

test('what decides nothing is taken from past the desk, and marked as such in every event that follows from it', async () => {
  const number = await surveyed();
  const note = approval({ step: 'registerNote', facts: { note: true }, actor: { person: 'an-operator', roles: ['recordsClerk'] } });
  const { verdict } = await send(number, note);
  const rows = await eventsOf(shop.store.db, number, 0, 200);
  const marked = rows.filter(({ event }) => event.outside === true);
  expect(marked[0]?.event).toMatchObject({ seq: verdict.firstSeq, kind: 'submitted', actor: { person: 'an-operator' } });
  expect(new Set(marked.map(({ event }) => event.key))).toEqual(new Set([note.key]));
  expect(marked.every(({ forged }) => forged === null)).toBe(true);
  expect(await forgeriesOf(number)).toEqual([]);
});

const forged: [how: string, message: () => Message, why: RegExp][] = [
  ['an invented seal', () => approval({ signature: randomBytes(32).toString('hex') }), /received no such message/],
  ['the promise to record, which is not kept', () => approval({ signature: 'a'.repeat(64), records: true }), /received no such message/],
];

test.each(forged)('%s: recorded as history holds it, alarm, and no work order', async (_, message, why) => {
  const number = await surveyed();
  const said = message();
  await send(number, said);
  // A message after it brings to the record what its sender has not recorded.
  expect(await say(shop.desk(), number, 'serviceOffice', 'registerNote', { note: '登记' })).toMatchObject({ status: 'decided' });
  await until(async () => (await fileOf(number)).needs_ops !== null);
  expect((await fileOf(number)).needs_ops).toMatch(why);
  const [found] = await forgeriesOf(number);
  expect(found).toMatchObject({ key: said.key, why: expect.stringMatching(why) });
  const rows = await eventsOf(shop.store.db, number, 0, 200);
  expect(rows.filter((row) => row.forged !== null).every(({ event }) => event.key === said.key)).toBe(true);
  expect(rows.find(({ event }) => event.kind === 'decided')?.forged).toMatch(why);
  await pause(1_500); // the effect has been asked for and tried
  expect(await workOrdersOf(number)).toEqual([]);
});

test('a key that the desk knows does not lend its seal to other words', async () => {
  const number = await surveyed();
  // Received and not yet decided: a sender that died. The engine is told something else under its key.
  const genuine = approval({
    facts: { decision: 'reject', version: 1, reason: true },
    actor: { person: 'serviceManager', roles: ['serviceManager'] },
  });
  const signed = { ...genuine, signature: seal(testSealKey, number, genuine) };
  await shop.store.db
    .insertInto('inbox')
    .values({
      key: genuine.key,
      case_number: number,
      step: genuine.step,
      mode: 'update',
      command: JSON.stringify(signed),
      fingerprint: 'f',
      person: 'serviceManager',
      received_at: new Date(genuine.receivedAt),
    })
    .execute();
  await send(number, { ...signed, facts: { decision: 'approve', version: 1 } });
  await until(async () => (await fileOf(number)).needs_ops !== null);
  expect((await fileOf(number)).needs_ops).toMatch(/says something else/);
  expect(await workOrdersOf(number)).toEqual([]);
});

test('a key that the desk knows does not lend its seal to roles that its sender does not have', async () => {
  const number = await surveyed();
  const genuine = approval({ actor: { person: 'bystander', roles: ['teamLeader'] } });
  const signed = { ...genuine, signature: seal(testSealKey, number, genuine) };
  await shop.store.db
    .insertInto('inbox')
    .values({
      key: genuine.key,
      case_number: number,
      step: genuine.step,
      mode: 'update',
      command: JSON.stringify(signed),
      fingerprint: 'f',
      person: 'bystander',
      received_at: new Date(genuine.receivedAt),
    })
    .execute();
  await send(number, { ...signed, actor: { person: 'bystander', roles: ['serviceManager'] } });
  await until(async () => (await fileOf(number)).needs_ops !== null);
  expect((await fileOf(number)).needs_ops).toMatch(/says something else/);
  expect(await workOrdersOf(number)).toEqual([]);
});

test('an inbox row that somebody wrote into the database bears no seal of ours', async () => {
  const number = await surveyed();
  const planted = approval({ actor: { person: 'mallory', roles: ['serviceManager'] } });
  const message = { ...planted, signature: seal(randomBytes(32), number, planted) };
  await shop.store.db
    .insertInto('inbox')
    .values({
      key: planted.key,
      case_number: number,
      step: planted.step,
      mode: 'update',
      command: JSON.stringify(message),
      fingerprint: 'f',
      person: 'mallory',
      received_at: new Date(planted.receivedAt),
    })
    .execute();
  const desk = shop.desk();
  await until(async () => (await desk.sweep(), (await forgeriesOf(number)).length > 0));
  expect((await forgeriesOf(number))[0]?.why).toMatch(/does not bear the seal/);
  expect(await workOrdersOf(number)).toEqual([]);
});

/** Messages that no type allows. */
const raw = (number: string, message: unknown) => shop.client.workflow.getHandle(number).signal(submitted, message as Message);
const stateOf = (number: string) => shop.client.workflow.getHandle(number).query(caseState);

test('what is no message, or one of the future, touches nothing: no deadline falls due, and the case goes on', async () => {
  const number = await surveyed();
  const before = await stateOf(number);
  const { key: _, ...keyless } = approval({ signature: 'x' });
  for (const bad of [{}, null, 7, keyless, { ...approval({ signature: 'x' }), key: null }, { ...approval(), receivedAt: Number.NaN }])
    await raw(number, bad);
  await raw(number, approval({ signature: 'x', receivedAt: Date.now() + 60 * 86_400_000 }));
  const update = shop.client.workflow.getHandle(number).executeUpdate(submit, { args: [keyless as Message] });
  await expect(update).rejects.toMatchObject({ cause: { type: 'bad-facts' } });
  expect(await stateOf(number)).toEqual(before);
  expect(await say(shop.desk(), number, 'serviceOffice', 'registerNote', { note: '登记' })).toMatchObject({ status: 'decided' });
  expect(await forgeriesOf(number)).toEqual([]);
  expect((await fileOf(number)).needs_ops).toBeNull();
});

test('past the desk nothing ends a case, and nothing speaks of the past', async () => {
  const number = await surveyed();
  const actor = { person: 'mallory', roles: ['serviceManager', 'serviceOffice', 'customerService'] };
  const withdrawal = approval({ step: 'withdraw', facts: { reason: true, evidence: true }, actor });
  await expect(send(number, withdrawal)).rejects.toMatchObject({ cause: { type: 'past-the-desk' } });
  const past = approval({ step: 'registerNote', facts: { note: true }, actor: { person: 'x', roles: ['recordsClerk'] }, past: true });
  await expect(send(number, past)).rejects.toMatchObject({ cause: { type: 'past-the-desk' } });
  expect((await stateOf(number)).status).toBe('open');
});

test('what the desk was told to be refused is not taken when it is sent again, and if a case took it, it would be found', async () => {
  const number = await surveyed();
  const desk = shop.desk();
  const [task] = openTasks(await stateOf(number)).filter(({ step }) => step === 'estimate.approve');
  const assign = (person: string) => say(desk, number, 'customerService', 'assign', { task: task!.id, person });
  expect(await assign('manager-a')).toMatchObject({ status: 'decided' });
  const key = randomUUID();
  const form = { decision: 'approve', version: 1 };
  const by = who('serviceManager', 'manager-b');
  const sent = await desk.submit({ key, who: by, number, step: 'estimate.approve', form, async: true });
  expect(await outcome(desk, key, sent)).toMatchObject({ status: 'refused', code: 'not-the-holder' });
  expect(await assign('manager-b')).toMatchObject({ status: 'decided' });
  const { command } = await shop.store.db.selectFrom('inbox').select('command').where('key', '=', key).executeTakeFirstOrThrow();
  await raw(number, command);
  await expect(send(number, command as Message)).rejects.toMatchObject({ cause: { type: 'not-the-holder' } });
  expect((await stateOf(number)).proposals['estimate']?.outcome).toBeUndefined();

  // A refusal that the case itself does not remember: its validator gave it, and nothing of that is in the history.
  const again = randomUUID();
  await shop.store.db
    .updateTable('inbox')
    .set({ key: again, command: JSON.stringify({ ...(command as Message), key: again, signature: undefined }) })
    .where('key', '=', key)
    .execute();
  const signed = { ...(command as Message), key: again };
  const { signature: _, ...bare } = signed;
  await raw(number, { ...signed, signature: seal(testSealKey, number, bare) });
  await until(async () => (await forgeriesOf(number)).length > 0);
  expect((await forgeriesOf(number))[0]?.why).toMatch(/told that the message was refused/);
  await pause(1_000);
  expect(await workOrdersOf(number)).toEqual([]);
});

test('a case that nobody opened through the desk is forged from its first event, whatever rules it brings', async () => {
  const number = await surveyed();
  const [{ args }] = [await openingOf(number)];
  const forged = `${number}-forged`;
  const { signature: _, ...opening } = args.opening;
  const rules = { ...args.rules, switches: { ...args.rules.switches, decisionsPastDesk: 'allowed' } };
  const input = { ...args, number: forged, rules, opening: { ...opening, key: randomUUID() } };
  await shop.client.workflow.start('propertyRepair', { args: [input], workflowId: forged, taskQueue: shop.taskQueue });
  await until(async () => (await forgeriesOf(forged)).length > 0);
  expect((await forgeriesOf(forged))[0]?.why).toBe('the case was opened past the desk');
  expect((await fileOf(forged)).needs_ops).toMatch(/opened past the desk/);
});

async function openingOf(number: string): Promise<{ args: OpenCase }> {
  const { events } = await shop.client.workflow.getHandle(number).fetchHistory();
  const [payload] = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  return { args: defaultPayloadConverter.fromPayload<OpenCase>(payload!) };
}
