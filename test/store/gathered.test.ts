/** Many notices at once, the night over, and by channels that do not answer: what is gathered, what leaves alone, what nobody loses. */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../db/database.ts';
import { tryAgain, type PendingNotice } from '../../db/deliveries.ts';
import { setMail } from '../../db/people.ts';
import { record } from '../../db/record.ts';
import { ATTEMPTS } from '../../notices/deliver.ts';
import { deliveriesBy } from '../../notices/dispatch.ts';
import { startNotices } from '../../notices/run.ts';
import { channelOf, type ChannelSettings, type Configured } from '../../notices/settings.ts';
import { loadPack } from '../../packs/load.ts';
import { signUp } from '../api/support/people.ts';
import { testVault } from '../support/vault.ts';
import { useLoopback } from './support/loopback.ts';
import { useMailbox } from './support/mailbox.ts';
import { eventually } from './support/office.ts';
import { batchOf, story } from './support/story.ts';
import { useStore } from './support/store.ts';

const whom = { lang: 'zh', allowPrivate: true } as const;
const configured = (id: string, settings: ChannelSettings): Configured => ({ id, settings, channel: channelOf(settings) });
const group = (url: string) => configured('group', { kind: 'wecom', url: `${url}/send?key=K`, ...whom });
const program = (id: string, url: string) =>
  configured(id, { kind: 'webhook', url: `${url}/hook`, secret: 'a secret of sixteen', ...whom });
const box = (smtp: string) => configured('mail', { kind: 'mail', smtp, from: 'redress <a@company.example>', ...whom });

describe('of the notices that may leave', () => {
  const notice = (seq: number, more: Partial<PendingNotice> = {}): PendingNotice => ({
    id: String(seq),
    register: null,
    number: 'N-9',
    seq,
    kind: 'warned',
    pack: 's3-cs19',
    recipient: 'customerService',
    persons: ['a', 'b'],
    ...more,
  });
  const six = [1, 2, 3, 4, 5, 6].map((seq) => notice(seq));
  const robot = group('https://x.example');
  const mails = box('smtp://x.example');

  test('up to five are told one by one; more become one message for the group, and one for each person', () => {
    expect(deliveriesBy(robot, six.slice(0, 5))).toHaveLength(5);
    expect(deliveriesBy(mails, six.slice(0, 5))).toHaveLength(10);
    expect(deliveriesBy(robot, six)).toEqual([expect.objectContaining({ notices: ['1', '2', '3', '4', '5', '6'], person: null })]);
    expect(deliveriesBy(mails, six).map(({ person, notices }) => [person, notices.length])).toEqual([['a', 6], ['b', 6]]); // prettier-ignore
    expect(deliveriesBy(program('p', 'https://x.example'), six)).toHaveLength(6);
    expect(deliveriesBy(mails, six)).toEqual(deliveriesBy(mails, six));
    expect(deliveriesBy(configured('p', { ...robot.settings, packs: ['s4-feedback'] }), six)).toEqual([]);
  });

  test('what is escalated leaves alone, be there ever so much else', () => {
    const all = [...six, notice(7, { kind: 'escalated', recipient: 'generalManager', persons: ['a'] })];
    for (const channel of [robot, mails]) {
      const made = deliveriesBy(channel, all);
      expect(made.filter(({ notices }) => notices.includes('7'))).toEqual([expect.objectContaining({ notices: ['7'] })]);
    }
  });

  test('a message holds what its channel takes: of two hundred none is cut off', () => {
    const many = Array.from({ length: 200 }, (_, index) => notice(index + 1));
    const made = deliveriesBy(robot, many);
    expect(made.every(({ notices }) => notices.length <= 20)).toBe(true);
    expect(made.flatMap(({ notices }) => notices)).toEqual(many.map(({ id }) => id));
  });

  test('one event is one message to each, whatever the number of roles it goes to', () => {
    const two = [notice(1), notice(2, { seq: 1, recipient: 'generalManager', persons: ['b', 'c'] })];
    expect(deliveriesBy(robot, two)).toEqual([expect.objectContaining({ notices: ['1', '2'] })]);
    expect(deliveriesBy(mails, two).map(({ person, notices }) => [person, notices])).toEqual([['a', ['1']], ['b', ['1', '2']], ['c', ['2']]]); // prettier-ignore
  });
});

describe('as they leave', () => {
  const store = useStore();
  const robot = useLoopback();
  const dead = useLoopback();
  const mailbox = useMailbox();
  let now = Date.UTC(2026, 9, 1, 13); // 21:00 in Beijing
  let running: { stop(): Promise<void> };
  let seq = 100;

  beforeAll(async () => {
    robot.answer = { status: 200, body: { errcode: 0 } };
    dead.answer = { status: 200, body: '', how: 'silent' };
    await record(store.db, batchOf(story('N-1').slice(0, 3)));
    await signUp(store.db, 'wang', { 's3-cs19': ['customerService'] });
    await signUp(store.db, 'li', { 's3-cs19': ['customerService'] });
    await setMail(store.db, 'wang', 'wang@company.example');
    await setMail(store.db, 'li', 'li@company.example');
    running = await startNotices({
      databaseUrl: store.url,
      vault: testVault,
      channels: [program('dead', dead.url), program('gone', 'http://127.0.0.1:1'), group(robot.url), box(mailbox.url)],
      packOf: async () => loadPack('s3-cs19'),
      links: 'https://redress.example/api/',
      warn: () => undefined,
      clock: () => now,
      everyMs: 100,
    });
  });
  afterAll(() => running.stop());

  async function tell(kinds: readonly string[], notBefore?: number): Promise<void> {
    await store.db
      .insertInto('outbox')
      .values(
        kinds.map((kind) => ({
          case_number: 'N-1',
          seq: (seq += 1),
          recipient: 'customerService',
          kind,
          body: JSON.stringify({ clock: 'survey#1', limit: 'survey' }),
          status: 'pending' as const,
          created_at: new Date(now),
          not_before: notBefore === undefined ? null : new Date(notBefore),
          persons: ['wang', 'li'],
        })),
      )
      .execute();
  }
  const deliveries = (channel: string) => store.db.selectFrom('delivery').selectAll().where('channel', '=', channel).execute();
  const until = (done: () => boolean | Promise<boolean>): Promise<void> => eventually(async () => done());
  const robotSays = () => robot.asked.map(({ body }) => String(body['markdown']['content']));

  test('what comes in the quiet hours waits for their end and leaves gathered, the overdue first, the escalation by itself; nothing is lost', async () => {
    const morning = now + 11 * 3_600_000;
    await tell(['warned', 'reminded', 'notified', 'nudged', 'warned', 'notified', 'escalated'], morning);
    await pause(500);
    expect(await deliveries('group')).toEqual([]);
    expect(mailbox.received).toEqual([]);
    now = morning;
    await until(() => robot.asked.length === 2 && mailbox.received.length === 4);
    const digest = robotSays().find((text) => text.includes('6条通知'))!;
    expect(digest).toContain('6条通知,其中2条已超时');
    expect(digest.indexOf('已超时 · N-1')).toBeLessThan(digest.indexOf('即将到期 · N-1'));
    expect(digest.match(/ · N-1/g)).toHaveLength(6);
    expect(robotSays().filter((text) => text.includes('升级至您'))).toHaveLength(1);
    for (const to of ['wang', 'li']) {
      const mine = mailbox.received.filter((one) => one.to.includes(`${to}@company.example`)).map(({ email }) => email.subject);
      expect(mine.filter((subject) => subject?.includes('条通知'))).toEqual(['6条通知,其中2条已超时']);
      expect(mine.filter((subject) => subject?.includes('升级至您'))).toHaveLength(1);
    }
  });

  test('a channel that hangs and one that is gone hold up neither the others nor the case', async () => {
    const [before, asked] = [robot.asked.length, dead.asked.length];
    await tell(Array.from({ length: 12 }, () => 'escalated'));
    await record(store.db, batchOf(story('N-2').slice(0, 3)));
    // Twelve hang for ten seconds each; the robot has them all before the first of these has been given up.
    await until(() => robot.asked.length === before + 12);
    expect(dead.asked.length - asked).toBeLessThan(3);
    expect((await deliveries('dead')).every(({ status }) => status === 'waiting')).toBe(true);
    await until(async () => (await deliveries('gone')).some(({ why }) => why === 'ECONNREFUSED'));
  });

  test('dispatched again among others, what was told is not told a second time', async () => {
    const [mails, robots] = [(await deliveries('mail')).length, (await deliveries('group')).length];
    await store.db.updateTable('outbox').set({ dispatched_at: null }).execute();
    await tell(['warned']);
    await until(async () => (await deliveries('mail')).length > mails);
    await until(async () => (await store.db.selectFrom('outbox').select('id').where('dispatched_at', 'is', null).execute()).length === 0);
    expect((await deliveries('mail')).length).toBe(mails + 2);
    expect((await deliveries('group')).length).toBe(robots + 1);
  });

  test('what a process was sending when it died is sent by another', async () => {
    robot.answer = { status: 500, body: '' };
    await tell(['warned']);
    const last = async () => (await deliveries('group')).toSorted((a, b) => Number(a.id) - Number(b.id)).at(-1)!;
    await until(async () => (await last()).why === 'HTTP 500');
    robot.answer = { status: 200, body: { errcode: 0 } };
    const key = `delivery:${(await last()).id}`;
    const held = await sql`update graphile_worker._private_jobs set run_at = now(), locked_by = 'dead', locked_at = now() - interval '4 minutes' where key = ${key}`.execute(store.owner); // prettier-ignore
    expect(Number(held.numAffectedRows)).toBe(1);
    await until(async () => (await last()).status === 'sent');
  });

  test('after so many attempts it is given up, and operators can have it tried again', async () => {
    robot.answer = { status: 500, body: '' };
    await tell(['warned']);
    const last = async () => (await deliveries('group')).toSorted((a, b) => Number(a.id) - Number(b.id)).at(-1)!;
    await until(async () => (await last()).why === 'HTTP 500');
    const { id } = await last();
    await store.db
      .updateTable('delivery')
      .set({ attempts: ATTEMPTS - 1, queued: false })
      .where('id', '=', id)
      .execute();
    await until(async () => (await last()).status === 'given-up');
    robot.answer = { status: 200, body: { errcode: 0 } };
    expect(await tryAgain(store.db, id)).toBe(true);
    await until(async () => (await last()).status === 'sent');
  });

  test('notices leave in a role that may write nothing of the record, and reads nothing that they do not tell', async () => {
    const db = connect({ url: store.url, as: 'notices', poolSize: 1 });
    try {
      for (const statement of [
        "update event set case_number = 'x'",
        'delete from event',
        "insert into event (case_number, seq) values ('N-1', 99)",
        "update case_file set status = 'closed'",
        'insert into task select * from task',
        'delete from clock',
        "update outbox set recipient = 'x'",
        "update outbox set status = 'told'",
        'delete from outbox',
        'delete from delivery',
        'select * from event',
        'select * from document',
        'select * from account',
        'select * from session',
        'select * from entry',
        'alter table event disable trigger event_append_only',
        'set session_replication_role = replica',
        'create schema elsewhere',
        'create table public.elsewhere ()',
      ])
        await expect(sql.raw(statement).execute(db), statement).rejects.toMatchObject({ code: '42501' });
    } finally {
      await db.destroy();
    }
    // And nothing that leaves works in another role: what the queue's library made is that role's.
    const { rows } = await sql<{ owner: string }>`select distinct tableowner as owner from pg_tables where schemaname = 'graphile_worker'`.execute(store.owner); // prettier-ignore
    expect(rows).toEqual([{ owner: 'redress_notices' }]);
  });
});
