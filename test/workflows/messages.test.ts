/** What a case promises to whoever speaks to it, on the real engine and the real store. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toldByHistory } from '../../desk/index.ts';
import { submit, type Message } from '../../workflows/kit/messages.ts';
import { openRepair, outcome, say, useShop, who } from './support/shop.ts';

const shop = useShop();
const signed = ['customerService', 'property', 'teamLeader', 'builder'];
const survey = { trades: 'single', responsible: 'company', signedBy: signed };
let worker: { stop(): Promise<void> };

beforeAll(async () => {
  worker = await shop.startWorker();
});
afterAll(() => worker.stop());

const stateOf = async (number: string) =>
  (await shop.store.db.selectFrom('case_file').select('state').where('number', '=', number).executeTakeFirstOrThrow()).state;
/** What the journal holds of refusals of a case. */
const refusalsOf = async (number: string): Promise<unknown[]> => {
  const rows = await shop.store.db.selectFrom('journal').select('body').where('body', 'like', `%"case":"${number}"%`).execute();
  return rows.map(({ body }) => JSON.parse(body) as unknown);
};
const historyLength = async (number: string) => (await shop.client.workflow.getHandle(number).describe()).historyLength;

describe('signals', () => {
  test('an approval signalled while no worker runs counts once when one starts, and its status names the verdict', async () => {
    const desk = shop.desk();
    const number = await openRepair(desk);
    expect(await say(desk, number, 'customerService', 'survey', survey)).toMatchObject({ status: 'decided' });
    await worker.stop();
    const key = randomUUID();
    const approval = {
      key,
      who: who('serviceManager'),
      number,
      step: 'estimate.approve',
      form: { decision: 'approve', version: 1 },
      async: true,
    } as const;
    expect(await desk.submit(approval)).toMatchObject({ status: 'received' });
    expect(await desk.submit(approval)).toMatchObject({ status: 'received' }); // sent twice, told twice
    worker = await shop.startWorker();
    expect(await outcome(desk, key)).toMatchObject({ status: 'decided', number });
    const { events } = await toldByHistory(shop.client, number);
    expect(events.filter((e) => e.kind === 'decided')).toHaveLength(1);
    expect((await stateOf(number)).proposals['estimate']).toMatchObject({ outcome: 'approved', version: 1 });
  });

  test('a case driven by signals alone ends with the same state, every row of it written by the case itself', async () => {
    const desk = shop.desk();
    const [byUpdate, bySignal] = [await openRepair(desk), await openRepair(desk)];
    for (const [number, async] of [
      [byUpdate, false],
      [bySignal, true],
    ] as const) {
      const key = randomUUID();
      const form = survey;
      await outcome(
        desk,
        key,
        await desk.submit({ key, who: who('customerService'), number, step: 'survey', form, ...(async ? { async: true as const } : {}) }),
      );
      const next = randomUUID();
      await outcome(
        desk,
        next,
        await desk.submit({
          key: next,
          who: who('serviceManager'),
          number,
          step: 'estimate.approve',
          form: { decision: 'approve', version: 1 },
          ...(async ? { async: true as const } : {}),
        }),
      );
    }
    const shape = async (number: string) => {
      const { tasks, clocks, stage, known, seq } = await stateOf(number);
      return {
        stage,
        known,
        seq,
        tasks: Object.values(tasks).map(({ id, status }) => [id, status]),
        clocks: Object.values(clocks).map(({ id, status }) => [id, status]),
      };
    };
    expect(await shape(bySignal)).toEqual(await shape(byUpdate));
    const { events: history = [] } = await shop.client.workflow.getHandle(bySignal).fetchHistory();
    const records = (history ?? []).filter((e) => e.activityTaskScheduledEventAttributes?.activityType?.name === 'record');
    expect(records.length).toBeGreaterThanOrEqual(2);
  });

  test('a refused signal leaves its refusal in the inbox and the case as it was', async () => {
    const desk = shop.desk();
    const number = await openRepair(desk);
    const before = await stateOf(number);
    const key = randomUUID();
    const reply = await desk.submit({ key, who: who('finance'), number, step: 'survey', form: survey, async: true });
    expect(await outcome(desk, key, reply)).toMatchObject({ status: 'refused', code: 'wrong-role' });
    expect(await stateOf(number)).toEqual(before);
    expect(await refusalsOf(number)).toEqual([expect.objectContaining({ person: 'finance', step: 'survey', key, code: 'wrong-role' })]);
  });
});

describe('refusals', () => {
  test.each([
    ['wrong-role', 'finance', 'survey', survey],
    ['task-not-open', 'recordsClerk', 'followUp', { satisfied: true }],
    ['survey-incomplete', 'customerService', 'survey', { ...survey, signedBy: ['customerService', 'teamLeader'] }],
    [
      'builder-not-invited',
      'customerService',
      'survey',
      { ...survey, signedBy: ['customerService', 'property', 'teamLeader'], absent: ['builder'] },
    ],
  ])('%s: nothing enters the history', async (code, role, step, form) => {
    const desk = shop.desk();
    const number = await openRepair(desk);
    const before = await historyLength(number);
    expect(await say(desk, number, role, step, form)).toMatchObject({ status: 'refused', code });
    expect(await historyLength(number)).toBe(before);
    expect(await refusalsOf(number)).toEqual([expect.objectContaining({ case: number, person: role, step, code })]);
  });

  test('a stale version, a closed task, a closed case', async () => {
    const desk = shop.desk();
    const number = await openRepair(desk);
    await say(desk, number, 'customerService', 'survey', survey);
    expect(await say(desk, number, 'customerService', 'survey', survey)).toMatchObject({ status: 'refused', code: 'task-closed' });
    await say(desk, number, 'customerService', 'estimate', { amount: '900.00' });
    expect(await say(desk, number, 'serviceManager', 'estimate.approve', { decision: 'approve', version: 1 })).toMatchObject({
      code: 'stale-version',
    });
    expect(await say(desk, number, 'customerService', 'estimate.approve', { decision: 'approve', version: 2 })).toMatchObject({
      code: 'wrong-role',
    });
    await say(desk, number, 'recordsClerk', 'withdraw', { reason: '撤回', evidence: '录音' });
    expect(await say(desk, number, 'serviceManager', 'estimate.approve', { decision: 'approve', version: 2 })).toMatchObject({
      code: 'case-closed',
    });
  });

  test('the last message but one is the last; only a closing in favour of a linked case is still taken', async () => {
    const desk = shop.desk(4);
    const number = await openRepair(desk);
    for (const note of ['a', 'b'])
      expect(await say(desk, number, 'recordsClerk', 'registerNote', { note })).toMatchObject({ status: 'decided' });
    expect(await say(desk, number, 'recordsClerk', 'registerNote', { note: 'c' })).toMatchObject({ status: 'refused', code: 'case-full' });
    expect(await say(desk, number, 'customerService', 'duplicate', { of: 'CS19-2026-999999', reason: '转入' })).toMatchObject({
      status: 'decided',
    });
    expect(await stateOf(number)).toMatchObject({ status: 'closed', reason: 'duplicate' });
  });
});

test('three messages at once are judged one after the other, each once', async () => {
  const desk = shop.desk();
  const number = await openRepair(desk);
  const replies = await Promise.all(['a', 'b', 'c'].map((note) => say(desk, number, 'recordsClerk', 'registerNote', { note })));
  const seqs = replies.map((r) => (r.status === 'decided' ? r.seq : 0)).sort((a, b) => a - b);
  expect(new Set(seqs).size).toBe(3);
  const { events } = await toldByHistory(shop.client, number);
  expect(events.map((e) => e.seq)).toEqual(events.map((_, i) => i + 1));
});

test('an update sent past the desk is answered only after its events are stored', async () => {
  const desk = shop.desk();
  const number = await openRepair(desk);
  const now = Date.now();
  const message: Message = {
    key: randomUUID(),
    step: 'registerNote',
    facts: { note: true },
    actor: { person: 'x', roles: ['recordsClerk'] },
    occurredAt: now,
    receivedAt: now,
  };
  const { verdict, events } = await shop.client.workflow
    .getHandle(number)
    .executeUpdate(submit, { args: [message], updateId: message.key });
  expect(events).toEqual([]);
  expect((await stateOf(number)).seq).toBeGreaterThanOrEqual(verdict.lastSeq);
});

test('a cancel from the Temporal UI becomes an event of the case', async () => {
  const desk = shop.desk();
  const number = await openRepair(desk);
  await shop.client.workflow.getHandle(number).cancel();
  await shop.client.workflow.getHandle(number).result();
  expect(await stateOf(number)).toMatchObject({ status: 'closed', reason: 'cancelled' });
});

test('dated days back it breaches at once, in the opening’s own answer; an answer after the due instant is taken, the breach stands', async () => {
  const desk = shop.desk();
  const number = await openRepair(desk, {}, Date.now() - 10 * 86_400_000);
  expect(await stateOf(number)).toMatchObject({ clocks: { 'survey#1': { status: 'breached' } }, escalatedTo: 'generalManager' });
  expect(await say(desk, number, 'customerService', 'survey', survey)).toMatchObject({ status: 'decided' });
  const { clocks } = await stateOf(number);
  expect(clocks['survey#1']?.status).toBe('breached');
  expect(clocks['survey#1']?.lateBy).toBeGreaterThan(86_400_000);
  const { searchAttributes } = await shop.client.workflow.getHandle(number).describe();
  expect(searchAttributes['CaseEscalation']).toEqual(['generalManager']);
});

test('assigned and reassigned: a segment per holder, and nobody else may answer', async () => {
  const desk = shop.desk();
  const number = await openRepair(desk);
  await say(desk, number, 'customerService', 'assign', { task: 'survey#1', person: 'a' });
  await say(desk, number, 'serviceManager', 'assign', { task: 'survey#1', person: 'b' });
  expect(await say(desk, number, 'customerService', 'survey', survey)).toMatchObject({ status: 'refused', code: 'not-the-holder' });
  expect(await say(desk, number, 'customerService', 'survey', survey, { who: who('customerService', 'b') })).toMatchObject({
    status: 'decided',
  });
  const segments = (await stateOf(number)).tasks['survey#1']?.segments ?? [];
  expect(segments.map(({ person, to }) => [person, to !== undefined])).toEqual([
    ['a', true],
    ['b', true],
  ]);
});

test('no name, telephone or wording anywhere in the engine', async () => {
  const desk = shop.desk();
  const planted = ['欧阳测试', '13900001234', '天花板漏水测试', '幸福路测试九号'];
  const number = await openRepair(desk, { customerName: planted[0], telephone: planted[1], summary: planted[2], address: planted[3] });
  const handle = shop.client.workflow.getHandle(number);
  const [history, description] = [await handle.fetchHistory(), await handle.describe()];
  const dump = JSON.stringify([history, description.raw], (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value,
  );
  for (const text of planted) expect(dump).not.toContain(text);
  expect(dump).toContain(number);
});
