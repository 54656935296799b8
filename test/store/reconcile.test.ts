import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createDesk } from '../../desk/index.ts';
import { ruleBook } from '../../runtime/packs.ts';
import { allCases } from '../../reconcile/cases.ts';
import type { Difference } from '../../reconcile/difference.ts';
import { reconcileAll, reconcileCase, type CaseReport } from '../../reconcile/reconcile.ts';
import { compareRollups } from '../../reconcile/rollups.ts';
import { eventually, surveyForm, useOffice } from './support/office.ts';
import { testSealKey } from '../support/seal.ts';

const office = useOffice();

/** A case with breaches, notices, documents and a decision; recorded to its end. */
async function aCase(): Promise<string> {
  const number = await office.open(30);
  await office.answer(number, 'customerService', 'survey', surveyForm);
  await eventually(async () => (await look(number)).differences.length === 0);
  return number;
}
const look = (number: string): Promise<CaseReport> => reconcileCase(office.reconciler, number, { looks: 1 });
const repair = (number: string): Promise<CaseReport> => reconcileCase(office.reconciler, number, { looks: 1, repair: true });
const one = async <T>(text: string): Promise<T> => {
  const { sql } = await import('kysely');
  return (await sql.raw(text).execute(office.owner)).rows[0] as T;
};
const firstOf = async (number: string, kind: string): Promise<number> =>
  (await one<{ seq: number }>(`select min(seq) as seq from event where case_number = '${number}' and kind = '${kind}'`)).seq;
const of = (number: string): string => `where case_number = '${number}'`;

test('a case as it was recorded: no difference, no note, nothing to repair', async () => {
  expect(await repair(await aCase())).toMatchObject({ differences: [], repaired: [], notes: [], failures: [] });
});

/** Each change, made behind the fence, is reported as exactly this and nothing else. */
const planted: readonly [name: string, change: (number: string) => Promise<{ sql: string[]; report: Difference[] }>][] = [
  [
    'an event changed in content',
    async (n) => {
      const seq = await firstOf(n, 'submitted');
      return {
        sql: [`update event set body = jsonb_set(body, '{data,facts,estimate}', '1') ${of(n)} and seq = ${seq}`],
        report: [
          { kind: 'event-different', seq, what: 'submitted' },
          { kind: 'chain-broken', seq, what: 'altered' },
        ],
      };
    },
  ],
  [
    'an event deleted in the middle',
    async (n) => {
      const seq = await firstOf(n, 'stage-entered');
      return { sql: [`delete from event ${of(n)} and seq = ${seq}`], report: [{ kind: 'event-missing', seq, what: 'stage-entered' }] };
    },
  ],
  [
    'an event nobody decided',
    async (n) => {
      const { seq } = await one<{ seq: number }>(`select seq from case_file where number = '${n}'`);
      return {
        sql: [
          `insert into event select case_number, seq + 1, kind, occurred_at, recorded_at, person, clause, key, jsonb_set(body, '{seq}', to_jsonb(seq + 1)), hash, repeat('0', 64) from event ${of(n)} and seq = ${seq}`,
        ],
        report: [
          { kind: 'event-extra', seq: seq + 1, what: 'task-opened' },
          { kind: 'chain-broken', seq: seq + 1, what: 'altered' },
          { kind: 'chain-broken', seq: seq + 1, what: 'head' },
        ],
      };
    },
  ],
  [
    'a column that says something else than the body',
    async (n) => ({
      sql: [`update event set person = 'somebody' ${of(n)} and seq = 1`],
      report: [{ kind: 'chain-broken', seq: 1, what: 'columns' }],
    }),
  ],
  [
    'a hash',
    async (n) => ({
      sql: [`update event set hash = repeat('a', 64) ${of(n)} and seq = 1`],
      report: [
        { kind: 'chain-broken', seq: 1, what: 'altered' },
        { kind: 'chain-broken', seq: 2, what: 'unlinked' },
      ],
    }),
  ],
  [
    'the head hash',
    async (n) => {
      const { seq } = await one<{ seq: number }>(`select seq from case_file where number = '${n}'`);
      return {
        sql: [`update case_file set head_hash = repeat('b', 64) where number = '${n}'`],
        report: [{ kind: 'chain-broken', seq, what: 'head' }],
      };
    },
  ],
  [
    'the row of the case gone',
    async (n) => ({ sql: [`delete from case_file where number = '${n}'`], report: [{ kind: 'case-row-missing' }] }),
  ],
  [
    'columns of the row of the case',
    async (n) => ({
      sql: [`update case_file set stage = 'payment', breaches = 0 where number = '${n}'`],
      report: [{ kind: 'case-row-different', what: 'stage breaches' }],
    }),
  ],
  [
    'the folded state',
    async (n) => ({
      sql: [`update case_file set state = jsonb_set(state, '{known}', '{}') where number = '${n}'`],
      report: [{ kind: 'case-row-different', what: 'state' }],
    }),
  ],
  [
    'a task missing',
    async (n) => ({ sql: [`delete from task ${of(n)} and task_id = 'survey#1'`], report: [{ kind: 'task-missing', what: 'survey#1' }] }),
  ],
  [
    'a task too many',
    async (n) => ({
      sql: [
        `insert into task select case_number, 'survey#9', step, roles, round, clause, optional, escalation, status, holder, due_at, breached, opened_at, closed_at from task ${of(n)} and task_id = 'survey#1'`,
      ],
      report: [{ kind: 'task-extra', what: 'survey#9' }],
    }),
  ],
  [
    'a task reopened',
    async (n) => ({
      sql: [`update task set status = 'open' ${of(n)} and task_id = 'survey#1'`],
      report: [{ kind: 'task-different', what: 'survey#1: status' }],
    }),
  ],
  [
    'a clock missing',
    async (n) => ({
      sql: [`delete from clock ${of(n)} and clock_id = 'weeklyItem#1'`],
      report: [{ kind: 'clock-missing', what: 'weeklyItem#1' }],
    }),
  ],
  [
    'a clock too many',
    async (n) => ({
      sql: [
        `insert into clock select case_number, 'weeklyItem#9', limit_name, hardness, clause, round, start_at, due_at, provisional, status, fired_at, done_at, late_by_ms from clock ${of(n)} and clock_id = 'weeklyItem#1'`,
      ],
      report: [{ kind: 'clock-extra', what: 'weeklyItem#9' }],
    }),
  ],
  [
    'a breach made good',
    async (n) => ({
      sql: [`update clock set status = 'met', late_by_ms = null ${of(n)} and clock_id = 'survey#1'`],
      report: [{ kind: 'clock-different', what: 'survey#1: status late_by_ms' }],
    }),
  ],
  [
    'a notice missing',
    async (n) => {
      const seq = await firstOf(n, 'escalated');
      const { recipient } = await one<{ recipient: string }>(`select recipient from outbox ${of(n)} and seq = ${seq}`);
      return { sql: [`delete from outbox ${of(n)} and seq = ${seq}`], report: [{ kind: 'outbox-missing', what: `${seq} ${recipient}` }] };
    },
  ],
  [
    'a notice of no event',
    async (n) => ({
      sql: [
        `insert into outbox (case_number, seq, recipient, kind, body, status, created_at) values ('${n}', 1, 'finance', 'told', '{}', 'pending', now())`,
      ],
      report: [{ kind: 'outbox-extra', what: '1 finance' }],
    }),
  ],
  [
    'a notice with other content',
    async (n) => {
      const seq = await firstOf(n, 'escalated');
      const { recipient } = await one<{ recipient: string }>(`select recipient from outbox ${of(n)} and seq = ${seq}`);
      return {
        sql: [`update outbox set body = '{}' ${of(n)} and seq = ${seq}`],
        report: [{ kind: 'outbox-different', what: `${seq} ${recipient}: body` }],
      };
    },
  ],
  [
    'an outcome missing',
    async (n) => {
      const { key } = await one<{ key: string }>(`select key from inbox ${of(n)} and step = 'survey'`);
      return { sql: [`update inbox set outcome = null ${of(n)} and step = 'survey'`], report: [{ kind: 'outcome-missing', what: key }] };
    },
  ],
  [
    'another outcome',
    async (n) => {
      const { key } = await one<{ key: string }>(`select key from inbox ${of(n)} and step = 'survey'`);
      return {
        sql: [`update inbox set outcome = '{"outcome":"refused","code":"wrong-role"}' ${of(n)} and step = 'survey'`],
        report: [{ kind: 'outcome-different', what: key }],
      };
    },
  ],
  [
    'an outcome that no history holds',
    async (n) => ({
      sql: [
        `insert into inbox (key, case_number, step, mode, command, fingerprint, person, received_at, outcome)
      values ('forged ${n}', '${n}', 'survey', 'update', '{}', 'f', 'p', now(), '{"outcome":"accepted","firstSeq":1,"lastSeq":1}')`,
      ],
      report: [{ kind: 'outcome-different', what: `forged ${n}` }],
    }),
  ],
  [
    'a document missing',
    async (n) => {
      const { hash } = await one<{ hash: string }>(`select body->'data'->>'documentHash' as hash from event ${of(n)} and seq = 1`);
      return { sql: [`delete from document where hash = '${hash}'`], report: [{ kind: 'document-missing', seq: 1, what: hash }] };
    },
  ],
  [
    'a document rewritten',
    async (n) => {
      const { hash } = await one<{ hash: string }>(`select body->'data'->>'documentHash' as hash from event ${of(n)} and seq = 1`);
      return {
        sql: [`update document set body = '{}' where hash = '${hash}'`],
        report: [{ kind: 'document-different', seq: 1, what: hash }],
      };
    },
  ],
];

/** What repair puts back; whatever else was planted is there, only different, and repair touches nothing that is there. */
const insertable = new Set(['a task missing', 'a clock missing', 'a notice missing', 'an outcome missing']);

describe('planted behind the fence, reported as exactly that, repaired only where something is missing', () => {
  test.each(planted)('%s', async (name, plant) => {
    const number = await aCase();
    const { sql, report } = await plant(number);
    await office.tamper(...sql);
    expect((await look(number)).differences).toEqual(report);
    const before = await everything(number);
    if (insertable.has(name)) {
      expect(await repair(number)).toMatchObject({ differences: [], repaired: report, failures: [] });
    } else {
      expect((await repair(number)).differences).toEqual(report);
      expect(await everything(number)).toEqual(before);
    }
  });
});

describe('repair', () => {
  test('records a tail that was never written, and a case that is not in the store at all', async () => {
    const [tail, whole] = [await aCase(), await aCase()];
    const seq = await firstOf(tail, 'submitted');
    const before = await one<{ state: unknown }>(`select state from case_file where number = '${tail}'`);
    await office.tamper(...emptied(tail), ...emptied(whole));
    // What was recorded up to there, as `record` had left it.
    const { record } = await import('../../db/record.ts');
    const { toldByHistory } = await import('../../desk/index.ts');
    const told = await toldByHistory(office.client, tail);
    await record(office.db, { number: tail, events: told.events.filter((e) => e.seq < seq), outcomes: [] });

    const report = await repair(tail);
    expect(report).toMatchObject({ differences: [], failures: [] });
    expect(report.repaired.map((d) => d.kind)).toEqual(told.events.filter((e) => e.seq >= seq).map(() => 'event-missing'));
    expect(await one(`select state from case_file where number = '${tail}'`)).toEqual(before);
    expect((await repair(whole)).differences).toEqual([]);
  });

  test('carries a row that was received and never sent, also one whose case was never started', async () => {
    const number = await aCase();
    const away = createDesk({
      db: office.db,
      engine: { client: awayClient(), taskQueue: office.queue },
      rules: ruleBook(office.db),
      sealKey: testSealKey,
    });
    const said = {
      key: randomUUID(),
      who: { person: 'm', roles: ['serviceManager'] },
      number,
      step: 'estimate.approve',
      form: { decision: 'approve', version: 1 },
    };
    const opened = { key: randomUUID(), who: { person: 'c', roles: ['recordsClerk'] }, pack: 's3-cs19', kind: 'repair', form: {} };
    const [answered, opening] = [await away.submit(said), await away.open(opened)];
    expect([answered.status, opening.status]).toEqual(['received', 'received']);
    expect((await look(number)).differences).toEqual([{ kind: 'inbox-open', what: said.key }]);
    expect((await look(opening.number)).differences).toEqual([{ kind: 'inbox-open', what: opened.key }]);
    expect(await repair(number)).toMatchObject({ differences: [], repaired: [{ kind: 'inbox-open' }] });
    expect(await repair(opening.number)).toMatchObject({ differences: [], repaired: [{ kind: 'inbox-open' }] });
    expect(await office.desk.statusOf(said.key)).toMatchObject({ status: 'decided' });
    expect(await office.desk.statusOf(opened.key)).toMatchObject({ status: 'decided' });
  });
});

describe('runs', () => {
  test('terminated: reported, shown to operators; reset, it decides again and the mark goes', async () => {
    const number = await aCase();
    await office.client.workflow.getHandle(number).terminate('by mistake');
    expect((await look(number)).differences).toEqual([{ kind: 'run-ended', what: 'terminated' }]);
    const mark = () => one<{ needs_ops: string | null }>(`select needs_ops from case_file where number = '${number}'`);
    expect((await mark()).needs_ops).toBe('no run decides this case any more: terminated');

    const { events = [] } = await office.client.workflow.getHandle(number).fetchHistory();
    const last = events!.filter((e) => e.workflowTaskCompletedEventAttributes != null).at(-1);
    const { runId } = await office.client.workflow.getHandle(number).describe();
    await office.client.workflowService.resetWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: number, runId },
      reason: 'terminated by mistake',
      requestId: randomUUID(),
      workflowTaskFinishEventId: last!.eventId!,
    });
    await office.answer(number, 'serviceManager', 'estimate.approve', { decision: 'approve', version: 1 });
    expect((await look(number)).differences).toEqual([]);
    expect((await mark()).needs_ops).toBeNull();
  });

  test('history gone: a closed case stands alone, an open one has lost its run', async () => {
    const [closed, open] = [await aCase(), await aCase()];
    const statement = { reason: 'moved away', evidence: 'letter' };
    await office.answer(closed, 'customerService', 'withdraw', statement);
    await eventually(async () => (await office.client.workflow.getHandle(closed).describe()).status.name === 'COMPLETED');
    const lookWithoutHistory = (number: string) =>
      reconcileCase({ ...office.reconciler, engine: { client: forgetful(), taskQueue: office.queue } }, number, { looks: 1 });
    expect(await lookWithoutHistory(closed)).toMatchObject({ differences: [], notes: [{ kind: 'only-in-store' }] });
    expect((await lookWithoutHistory(open)).differences).toEqual([{ kind: 'run-lost' }]);
    await office.tamper(`update event set body = jsonb_set(body, '{data}', '{}') ${of(closed)} and seq = 1`);
    expect((await lookWithoutHistory(closed)).differences).toContainEqual({ kind: 'chain-broken', seq: 1, what: 'altered' });
  });

  test('what was sent past the desk is noted, with its record in order', async () => {
    const number = await aCase();
    const now = Date.now();
    const { submit } = await import('../../workflows/kit/messages.ts');
    await office.client.workflow.getHandle(number).executeUpdate(submit, {
      updateId: `script ${number}`,
      args: [
        {
          key: `script ${number}`,
          step: 'registerNote',
          facts: { note: true },
          actor: { person: 'm', roles: ['recordsClerk'] },
          occurredAt: now,
          receivedAt: now,
        },
      ],
    });
    expect(await look(number)).toMatchObject({ differences: [], notes: [{ kind: 'past-the-desk', what: `script ${number}` }] });
  });
});

test('every case there is, also one the store has never heard of', async () => {
  const [known, unheard] = [await aCase(), await aCase()];
  await office.tamper(...emptied(unheard), `delete from inbox ${of(unheard)}`);
  await eventually(async () => (await allCases(office.db, office.client, office.queue)).includes(unheard));
  const numbers = await allCases(office.db, office.client, office.queue);
  expect(numbers).toContain(known);
  const reports: CaseReport[] = [];
  for await (const report of reconcileAll(office.reconciler, [known, unheard], { looks: 1 })) reports.push(report);
  expect(reports.map((r) => r.number).toSorted()).toEqual([known, unheard].toSorted());
  expect(new Set(reports.find((r) => r.number === unheard)?.differences.map((d) => d.kind))).toEqual(new Set(['event-missing']));
  await repair(unheard);
});

test('a counter that is not the sum of its events', async () => {
  await aCase();
  await office.tamper(`update rollup set breaches = breaches + 1`);
  const [found] = await compareRollups(office.db);
  expect(found).toMatchObject({ kind: 'rollup-different', what: expect.stringMatching(/^\d{4}-\d\d s3-cs19 repair$/) });
});

async function everything(number: string): Promise<unknown> {
  return one(`select
    (select jsonb_agg(e order by seq) from event e ${of(number)}) events, (select jsonb_agg(t order by task_id) from task t ${of(number)}) tasks,
    (select jsonb_agg(k order by clock_id) from clock k ${of(number)}) clocks, (select jsonb_agg(o order by id) from outbox o ${of(number)}) outbox,
    (select jsonb_agg(to_jsonb(i) - 'attempts' - 'next_attempt_at' order by key) from inbox i ${of(number)}) inbox,
    (select to_jsonb(f) - 'needs_ops' from case_file f where number = '${number}') file, (select jsonb_agg(d order by hash) from document d) documents`);
}

/** Takes a case out of the store but for what was received. */
function emptied(number: string): string[] {
  return [
    ...['event', 'task', 'clock', 'outbox'].map((t) => `delete from ${t} ${of(number)}`),
    `delete from case_file where number = '${number}'`,
  ];
}

/** An engine whose histories have gone by retention, as it says so. */
function forgetful(): typeof office.client {
  const gone = Object.assign(new Error('5 NOT_FOUND'), { code: 5, details: 'workflow not found', metadata: {} });
  return { workflow: { getHandle: () => ({ fetchHistory: () => Promise.reject(gone) }) } } as unknown as typeof office.client;
}

/** An engine that does not answer. */
function awayClient(): typeof office.client {
  const away = () => Promise.reject(Object.assign(new Error('14 UNAVAILABLE'), { code: 14, details: 'away', metadata: {} }));
  return {
    withDeadline: (_: number, work: () => unknown) => work(),
    workflow: { executeUpdateWithStart: away, getHandle: () => ({ executeUpdate: away }) },
  } as unknown as typeof office.client;
}
