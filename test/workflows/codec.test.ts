/** Cases whose payloads are encrypted, on a real server: nothing readable stands in a history, and keys may change under a case. */
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createActivities } from '../../activities/create.ts';
import { createDesk, deskPorts, toldByHistory, type Desk } from '../../desk/index.ts';
import { connectTo } from '../../runtime/client.ts';
import { converterWith, type Converter } from '../../runtime/codec/converter.ts';
import { payloadsIn, surveyHistories } from '../../runtime/codec/survey.ts';
import { ringOf } from '../../runtime/keys/ring.ts';
import { ruleBook } from '../../runtime/packs.ts';
import { bundleOptions, workerOptions } from '../../worker/options.ts';
import { searchAttributeTypes } from '../../workflows/kit/names.ts';
import { useStore } from '../store/support/store.ts';
import { testSealKey } from '../support/seal.ts';
import { openRepair, outcome, who } from './support/shop.ts';

const store = useStore();
const namespace = 'default';
const [oldKey, newKey] = [Buffer.alloc(32, 7), Buffer.alloc(32, 8)];
const before = converterWith({ keys: ringOf([oldKey]), namespace });
const after = converterWith({ keys: ringOf([newKey, oldKey]), namespace });
const plain: Converter = { client: {}, replay: {}, bundle: {} };
const PLANTED = 'planted-ouyang-13800138000';
const survey = { trades: 'single', responsible: 'company', signedBy: ['customerService', 'property', 'teamLeader', 'builder'] };
const logger = new DefaultLogger('ERROR');

let raw: Client;
let native: NativeConnection;
beforeAll(async () => {
  Runtime.install({ logger });
  raw = new Client({ connection: await Connection.connect({ address: inject('temporalAddress') }) });
  native = await NativeConnection.connect({ address: inject('temporalAddress') });
});
afterAll(async () => {
  await native.close();
  await raw.connection.close();
});

const bundles = new Map<string | undefined, Promise<WorkflowBundleWithSourceMap>>();
function bundleOf({ bundle }: Converter): Promise<WorkflowBundleWithSourceMap> {
  const made = bundles.get(bundle.failureConverterPath) ?? bundleWorkflowCode({ ...bundleOptions, ...bundle, logger });
  bundles.set(bundle.failureConverterPath, made);
  return made;
}

/** The processes of an installation as they are between two starts. */
async function processes<T>(taskQueue: string, converter: Converter, work: (desk: Desk, client: Client) => Promise<T>): Promise<T> {
  const client = await connectTo(inject('temporalAddress'), converter);
  const desk = createDesk({ db: store.db, engine: { client, taskQueue }, rules: ruleBook(store.db), sealKey: testSealKey });
  const worker = await Worker.create({
    ...workerOptions(createActivities(deskPorts(store.db, () => desk))),
    connection: native,
    taskQueue,
    workflowBundle: await bundleOf(converter),
    ...converter.client,
    shutdownGraceTime: '1s',
  });
  try {
    return await worker.runUntil(work(desk, client));
  } finally {
    await client.connection.close();
  }
}

async function say(desk: Desk, number: string, role: string, step: string, form: Record<string, unknown>) {
  const key = randomUUID();
  return outcome(desk, key, await desk.submit({ key, who: who(role, `${PLANTED}-${role}`), number, step, form }));
}

async function recordedOf(number: string): Promise<[number, string][]> {
  const rows = await store.db.selectFrom('event').select(['seq', 'kind']).where('case_number', '=', number).orderBy('seq').execute();
  return rows.map(({ seq, kind }) => [Number(seq), kind]);
}
const word = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString();
/** Texts and bytes of a history as one string, in which one can look for words. */
const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    ArrayBuffer.isView(inner) || (inner as { type?: unknown } | null)?.type === 'Buffer'
      ? Buffer.from((inner as { data?: number[] }).data ?? (inner as Uint8Array)).toString('utf8')
      : inner,
  );

test('keys change under a running case: it goes on, its history holds ciphertext alone, and replays with the keys', async () => {
  const queue = `codec-${randomUUID()}`;
  const number = await processes(queue, before, async (desk) => {
    const opened = await openRepair(desk);
    expect(await say(desk, opened, 'customerService', 'survey', survey)).toMatchObject({ status: 'decided' });
    return opened;
  });
  const told = await processes(queue, after, async (desk, client) => {
    const refused = await say(desk, number, 'customerService', 'estimate.approve', { decision: 'approve', version: 1 });
    expect(refused).toMatchObject({ status: 'refused', code: 'wrong-role' });
    const approved = await say(desk, number, 'serviceManager', 'estimate.approve', { decision: 'approve', version: 1 });
    expect(approved).toMatchObject({ status: 'decided' });
    return toldByHistory(client, number);
  });
  expect(told.events.map(({ seq, kind }) => [seq, kind])).toEqual(await recordedOf(number));

  const history = await raw.workflow.getHandle(number).fetchHistory();
  const found = payloadsIn(history);
  expect(await surveyHistories(raw, `WorkflowId = '${number}'`)).toMatchObject({ histories: 1, plain: [], byKey: { size: 2 } });
  expect(found.length).toBeGreaterThan(8);
  expect(new Set(found.map(({ metadata }) => word(metadata?.['encoding'])))).toEqual(new Set(['binary/encrypted']));
  expect(new Set(found.map(({ metadata }) => word(metadata?.['encryption-key-id'])))).toEqual(
    new Set([oldKey, newKey].map((key) => ringOf([key]).current.id)),
  );
  const text = textOf(history);
  expect(text).toContain(number);
  for (const planted of [PLANTED, 'customerService', 'serviceManager', 'estimate.approve', 'provisionalEstimate', 'wrong-role'])
    expect(text, planted).not.toContain(planted);
  // The same eye sees them where nothing is encrypted.
  expect(textOf({ payload: { metadata: {}, data: Buffer.from(PLANTED) } })).toContain(PLANTED);

  const workflowBundle = await bundleOf(plain);
  await Worker.runReplayHistory({ workflowBundle, ...after.replay }, history, number);
  await expect(Worker.runReplayHistory({ workflowBundle, ...before.replay }, history, number)).rejects.toThrow(/does not have/);
  await expect(Worker.runReplayHistory({ workflowBundle, ...after.replay }, history, 'another')).rejects.toThrow(
    /stands in the history of another/,
  );
});

test('a case opened before the codec goes on while the installation changes over, and is unreadable after', async () => {
  const queue = `codec-${randomUUID()}`;
  const keys = ringOf([oldKey]);
  const number = await processes(queue, plain, (desk) => openRepair(desk));
  const reading = converterWith({ keys, namespace, encrypts: false, readsPlain: true });
  await processes(queue, reading, async (desk) =>
    expect(await say(desk, number, 'customerService', 'survey', survey)).toMatchObject({ status: 'decided' }),
  );
  const encodings = async () =>
    new Set(payloadsIn(await raw.workflow.getHandle(number).fetchHistory()).map(({ metadata }) => word(metadata?.['encoding'])));
  expect(await encodings()).toEqual(new Set(['json/plain']));
  const changing = converterWith({ keys, namespace, readsPlain: true });
  await processes(queue, changing, async (desk, client) => {
    expect(await say(desk, number, 'serviceManager', 'estimate.approve', { decision: 'approve', version: 1 })).toMatchObject({
      status: 'decided',
    });
    expect((await toldByHistory(client, number)).events).toHaveLength((await recordedOf(number)).length);
  });
  expect(await encodings()).toEqual(new Set(['json/plain', 'binary/encrypted']));
  expect(await surveyHistories(raw, `WorkflowId = '${number}'`)).toMatchObject({ histories: 1, plain: [number], byKey: { size: 1 } });
  const strict = await connectTo(inject('temporalAddress'), before);
  await expect(toldByHistory(strict, number)).rejects.toThrow(/not encrypted/);
  await strict.connection.close();
});

test('search attributes, which no codec touches, hold words of the pack alone', async () => {
  const queue = `codec-${randomUUID()}`;
  const number = await processes(queue, before, (desk) => openRepair(desk, { summary: PLANTED }));
  const { searchAttributes } = await raw.workflow.getHandle(number).describe();
  const ours = Object.entries(searchAttributes).filter(([name]) => name in searchAttributeTypes);
  expect(ours.map(([name]) => name).toSorted()).toEqual(['CaseKind', 'CasePack', 'CaseSeverity']);
  for (const [, values] of ours) for (const value of values ?? []) expect(String(value)).toMatch(/^[a-z0-9-]{1,40}$/i);
});
