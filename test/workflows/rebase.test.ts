/** An open case goes on by a newer calendar or a newer version of its pack: on the real engine and the real store. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { growCalendar } from '../../db/calendars.ts';
import { FormError, toldByHistory, type Desk } from '../../desk/index.ts';
import { SYSTEM } from '../../domain/case/rebase-form.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { dueOf } from '../../domain/deadline.ts';
import { auditCase } from '../../reconcile/audit.ts';
import { reconcileCase } from '../../reconcile/reconcile.ts';
import { ruleBook } from '../../runtime/packs.ts';
import { bundleOptions } from '../../worker/options.ts';
import { caseState, submit } from '../../workflows/kit/messages.ts';
import { fullCalendar, sparseCalendar } from '../support/calendars.ts';
import { putIntoForce, surveyWithin, versionOf } from '../support/versions.ts';
import { loadPack } from '../../packs/load.ts';
import { openRepair, outcome, say, useShop, who } from './support/shop.ts';
import { testSealKey } from '../support/seal.ts';

const shop = useShop();
const calendar = fullCalendar(3);
const { rules } = loadPack('s3-cs19');
const survey = { trades: 'multi', responsible: 'company', signedBy: ['customerService', 'property', 'teamLeader', 'builder'] };
let worker: { stop(): Promise<void> };

beforeAll(async () => {
  worker = await shop.startWorker();
  await ruleBook(shop.store.db).calendar('cn'); // the shipped one comes first
  await growCalendar(shop.store.db, 'cn', { person: 'admin', at: Date.now() }, () => calendar);
  await putIntoForce(shop.store.db, surveyWithin('7.0.0', 4));
});
afterAll(() => worker.stop());

const at = () => ({ db: shop.store.db, engine: { client: shop.client, taskQueue: shop.taskQueue }, sealKeys: [testSealKey] });
const stateOf = async (number: string): Promise<CaseState> =>
  (await shop.store.db.selectFrom('case_file').select('state').where('number', '=', number).executeTakeFirstOrThrow()).state;

/** A case of long ago: opened by the first version of the pack, under a calendar that knows no day of its deadlines. */
function oldDesk(): Desk {
  const book = ruleBook(shop.store.db);
  return shop.desk(1_000, {
    ...book,
    active: async () => ({ pack: await book.approved('s3-cs19', rules.version, Date.now()), calendar: sparseCalendar }),
  });
}
const loadInto = (desk: Desk, number: string, key: string = randomUUID()) =>
  desk.submit({ key, who: who(SYSTEM, 'system'), number, step: 'calendar', form: { calendarVersion: calendar.version, job: 'j1' } });

/** Store, history and the case itself say the same. */
async function inOrder(number: string): Promise<void> {
  expect((await reconcileCase(at(), number, { repair: false })).differences).toEqual([]);
  expect((await auditCase(shop.store.db, number, shop.client)).faults).toEqual([]);
  expect(await shop.client.workflow.getHandle(number).query(caseState)).toEqual(await stateOf(number));
}

describe('a year was loaded', () => {
  test('provisional deadlines move, the record says from when to when, and all that follows goes by the new calendar', async () => {
    const desk = oldDesk();
    const number = await openRepair(desk);
    const before = await stateOf(number);
    const { startAt } = before.clocks['survey#1']!;
    expect(before).toMatchObject({ calendar: { version: '2024.1' }, clocks: { 'survey#1': { provisional: true } } });
    expect(await loadInto(desk, number)).toMatchObject({ status: 'decided' });
    const after = await stateOf(number);
    const { dueAt } = dueOf(rules.limits['survey']!, startAt, calendar);
    expect(after).toMatchObject({
      calendar: { id: 'cn', version: calendar.version },
      clocks: { 'survey#1': { dueAt, provisional: false, status: 'running' } },
    });
    expect(dueAt).toBeGreaterThan(before.clocks['survey#1']!.dueAt);
    const { events } = await toldByHistory(shop.client, number);
    const told = events.filter(({ kind }) => kind === 'rebased' || kind === 'clock-recomputed');
    expect(told[0]).toMatchObject({
      kind: 'rebased',
      actor: { person: 'system', role: SYSTEM },
      data: {
        calendar: { id: 'cn', version: calendar.version },
        from: { pack: { version: rules.version }, calendar: { version: '2024.1' } },
      },
    });
    expect(told.find(({ data }) => 'clock' in data && data.clock === 'survey#1')?.data).toEqual({
      clock: 'survey#1',
      from: before.clocks['survey#1']!.dueAt,
      to: dueAt,
      provisional: false,
    });
    // What starts from here on is reckoned by it.
    expect(await say(desk, number, 'customerService', 'survey', survey)).toMatchObject({ status: 'decided' });
    expect(Object.values((await stateOf(number)).clocks).find(({ limit }) => limit === 'repairMulti')).toMatchObject({
      provisional: false,
    });
    await inOrder(number);
  });

  test('twice is refused and changes nothing; a person may not', async () => {
    const desk = oldDesk();
    const number = await openRepair(desk);
    expect(await say(desk, number, 'generalManager', 'calendar', { calendarVersion: calendar.version })).toMatchObject({
      code: 'wrong-role',
    });
    await loadInto(desk, number);
    const { seq } = await stateOf(number);
    expect(await loadInto(desk, number)).toMatchObject({ status: 'refused', code: 'not-newer' });
    expect((await stateOf(number)).seq).toBe(seq);
  });

  test('a desk that dies when it has received it: whoever carries it on attaches the same calendar', async () => {
    const desk = oldDesk();
    const number = await openRepair(desk);
    const key = randomUUID();
    const command = { key, who: who(SYSTEM, 'system'), number, step: 'calendar', form: { calendarVersion: calendar.version } };
    const order = { url: shop.store.url, address: inject('temporalAddress'), taskQueue: shop.taskQueue, point: 'received', command };
    const child = execFile(process.execPath, [join(import.meta.dirname, 'support/crashing-desk.ts'), JSON.stringify(order)]);
    expect(await new Promise((done) => child.once('exit', (_, signal) => done(signal)))).toBe('SIGKILL');
    const row = await shop.store.db.selectFrom('inbox').select(['command', 'outcome']).where('key', '=', key).executeTakeFirstOrThrow();
    expect(row.outcome).toBeNull();
    expect(JSON.stringify(row.command)).not.toContain('fixture'); // references only
    expect(await outcome(desk, key)).toMatchObject({ status: 'decided' });
    expect(await stateOf(number)).toMatchObject({
      calendar: { version: calendar.version },
      clocks: { 'survey#1': { provisional: false } },
    });
    await inOrder(number);
  });
});

describe('a newer version of the pack', () => {
  test('by a manager with a reason: deadlines, rules and names are the new version’s, and history replays', async () => {
    const desk = oldDesk();
    const number = await openRepair(desk);
    expect(await say(desk, number, 'serviceManager', 'rebase', { toVersion: '7.0.0', reason: '新制度' })).toMatchObject({
      status: 'decided',
    });
    const state = await stateOf(number);
    expect(state).toMatchObject({ pack: { version: '7.0.0' }, calendar: { version: '2024.1' } });
    expect(state.clocks['survey#1']!.dueAt).toBe(
      dueOf({ kind: 'workdays', n: 4 }, state.clocks['survey#1']!.startAt, sparseCalendar).dueAt,
    );
    const row = shop.store.db.selectFrom('case_file').select(['pack_version', 'pack_hash']).where('number', '=', number);
    expect(await row.executeTakeFirstOrThrow()).toEqual({ pack_version: '7.0.0', pack_hash: state.pack.hash });
    const { events } = await toldByHistory(shop.client, number);
    expect(events.find(({ kind }) => kind === 'rebased')).toMatchObject({
      actor: { person: 'serviceManager', role: 'serviceManager' },
      data: { pack: { version: '7.0.0' }, documentHash: expect.any(String) },
    });
    await inOrder(number);
    const history = await shop.client.workflow.getHandle(number).fetchHistory();
    const workflowBundle = await bundleWorkflowCode({ ...bundleOptions, logger: new DefaultLogger('ERROR') });
    await Worker.runReplayHistory({ workflowBundle }, history, number);
  });

  test('naming neither, a case goes by what one opened now would', async () => {
    const number = await openRepair(oldDesk());
    const desk = shop.desk();
    expect(await say(desk, number, 'generalManager', 'rebase', { reason: '新制度' })).toMatchObject({ status: 'decided' });
    expect(await stateOf(number)).toMatchObject({ pack: { version: '7.0.0' }, calendar: { version: calendar.version } });
    expect(await say(desk, number, 'generalManager', 'rebase', { reason: '再次' })).toMatchObject({ code: 'not-newer' });
  });

  test('refused: another role, no reason, an older version, a version that nobody approved, a limit that is gone, past the desk', async () => {
    const desk = oldDesk();
    const number = await openRepair(desk);
    const form = { toVersion: '7.0.0', reason: '新制度' };
    expect(await say(desk, number, 'recordsClerk', 'rebase', form)).toMatchObject({ code: 'wrong-role' });
    await expect(say(desk, number, 'serviceManager', 'rebase', { toVersion: '7.0.0' })).rejects.toThrow(/reason: must be filled/);
    await expect(say(desk, number, 'serviceManager', 'rebase', { ...form, toVersion: '8.0.0' })).rejects.toThrow(FormError);
    const young = await openRepair(shop.desk());
    expect(await say(desk, young, 'serviceManager', 'rebase', { ...form, toVersion: rules.version })).toMatchObject({ code: 'not-newer' });
    await putIntoForce(
      shop.store.db,
      versionOf('s3-cs19', '6.5.0', (pack) => {
        const { survey: _, ...limits } = pack.rules.limits;
        return { ...pack, rules: { ...pack.rules, limits } };
      }),
    );
    expect(await say(desk, number, 'serviceManager', 'rebase', { ...form, toVersion: '6.5.0' })).toMatchObject({
      code: 'limit-gone',
      detail: 'survey#1 (survey)',
    });
    const now = Date.now();
    const bare = {
      key: randomUUID(),
      signature: 'claimed',
      step: 'rebase',
      facts: { reason: true, packHash: 'x' },
      actor: who('serviceManager'),
      occurredAt: now,
      receivedAt: now,
    };
    const { rules: other } = loadPack('s2-cement');
    const handle = shop.client.workflow.getHandle(number);
    await expect(handle.executeUpdate(submit, { args: [bare] })).rejects.toMatchObject({ cause: { type: 'bad-facts' } });
    const foreign = { ...bare, key: randomUUID(), facts: { reason: true, packHash: other.hash }, change: { rules: other } };
    await expect(handle.executeUpdate(submit, { args: [foreign] })).rejects.toMatchObject({ cause: { type: 'other-pack' } });
    const { signature: _, ...unsigned } = { ...foreign, key: randomUUID() };
    await expect(handle.executeUpdate(submit, { args: [unsigned] })).rejects.toMatchObject({ cause: { type: 'past-the-desk' } });
    expect((await toldByHistory(shop.client, number)).events.filter(({ kind }) => kind === 'rebased')).toEqual([]);
  });
});
