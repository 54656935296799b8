/** Every paper of a case, from cases that were played: its text is kept beside it. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { putEntry } from '../../../db/entries.ts';
import { issuedOf, issuedPrint } from '../../../db/read/prints.ts';
import { loadRegisters } from '../../../packs/registers/load.ts';
import { issuer } from '../../../print/issue.ts';
import { casePrints, printCase } from '../../../print/print-case.ts';
import { printEntry } from '../../../print/register/entry-prints.ts';
import { cementStories } from '../../histories/cement-stories.ts';
import { feedbackStories } from '../../histories/feedback-stories.ts';
import { serviceControlStories } from '../../histories/service-control-stories.ts';
import { stories } from '../../histories/stories.ts';
import { footOf, piecesOf, textOf } from '../../support/pdf-text.ts';
import { useOffice } from '../support/office.ts';
import { expectGolden, play } from './play.ts';

const company = '永安置业有限公司';
const office = useOffice((db) => ({ issuePrint: issuer(db, company) }));

const all = [...stories, ...feedbackStories, ...cementStories, ...serviceControlStories];
const storyOf = (name: string) => all.find((story) => story.name === name) ?? expect.fail(`there is no story ${name}`);

const printed = async (number: string, print: string) =>
  (await printCase(office.db, number, print, { company })) ?? expect.fail(`${print} cannot be printed`);

/** Papers of a story; its dossier too where nothing of it happens beside the flow. */
const papers: readonly [story: string, closes: boolean, prints: readonly string[]][] = [
  ['equipment-after-a-year', true, ['equipment-use', 'dossier']],
  ['claim-rejected-then-to-the-end', true, ['complaint-handling']],
  ['cement-serious-refused-then-raised', true, ['complaint-register', 'complaint-handling']],
  ['feedback-important-plan-rejected-once', true, ['feedback-register']],
  ['capa-not-done-then-done', false, ['corrective-action']],
  ['on-site-service-in-two-rounds', true, ['service-record']],
];

test.each(papers)('%s: what its papers say', async (name, closes, prints) => {
  const number = await play(office, storyOf(name), closes);
  const offered = ((await casePrints(office.db, number)) ?? []).map(({ id }) => id);
  expect(offered.filter((id) => id !== 'dossier').toSorted()).toEqual(prints.filter((id) => id !== 'dossier').toSorted());
  for (const print of prints) expectGolden(await textOf((await printed(number, print)).bytes), `${name}.${print}`);
});

describe('a repair of class A', () => {
  let number = '';

  test('has the papers that its procedure names', async () => {
    number = await play(office, storyOf('class-a-to-the-end-with-shortfall'), true);
    const prints = [
      'call-register',
      'survey-sheet',
      'work-order',
      'final-account',
      'settlement',
      'satisfaction-survey',
      'satisfaction-survey-blank',
    ];
    expect(((await casePrints(office.db, number)) ?? []).map(({ id }) => id)).toEqual([...prints, 'dossier']);
    for (const print of prints) expectGolden(await textOf((await printed(number, print)).bytes), `repair.${print}`);
  });

  test('has a dossier with what proves it', async () => {
    const { bytes } = await printed(number, 'dossier');
    const text = await textOf(bytes);
    const events = await office.db.selectFrom('event').select(['seq', 'hash']).where('case_number', '=', number).orderBy('seq').execute();
    const { state } = await office.db.selectFrom('case_file').select('state').where('number', '=', number).executeTakeFirstOrThrow();
    const flat = text.replaceAll('\n', '');
    expect(flat).toContain(state.pack.hash);
    expect(footOf((await piecesOf(bytes)).at(-1) ?? [])).toContain(events.at(-1)?.hash);
    for (const { hash } of Object.values(state.proposals)) expect(flat).toContain(hash);
    for (const part of [
      '一、封面',
      '二、经过',
      '三、时限与判定',
      '四、审核与审批',
      '五、单据',
      '七、条款索引',
      '王㛃（客户服务部）',
      '起算当日,不计入',
    ])
      expect(flat).toContain(part.replaceAll(' ', ''));
    const seqs = text
      .split('\n')
      .filter((line) => /^\d+$/.test(line))
      .map(Number);
    expect(events.filter(({ seq }) => !seqs.includes(seq))).toEqual([]);
  });

  test('has a dossier that says which notices got through, apart from the record, and not where it was issued', async () => {
    const [notice] = await office.db.selectFrom('outbox').select(['id', 'seq']).where('case_number', '=', number).orderBy('id').execute();
    const at = new Date('2026-11-25T01:02:03Z');
    const row = { notices: [notice!.id], channel: 'leaders', person: null, created_at: at, tried_at: at, message_id: randomUUID() };
    await office.db
      .insertInto('delivery')
      .values({ ...row, status: 'given-up' })
      .execute();
    const text = await textOf((await printed(number, 'dossier')).bytes);
    const [, after] = text.split('通知送达（取自发送登记，不在记录链内）');
    expect(after?.replaceAll(/\s/g, '').slice(0, 80)).toContain('2026年11月25日09:02:03leaders本渠道');
    expect(after).toContain('多次未成，已放弃');
    const issued = await issuedOf(office.db, number);
    const seq = issued.find(({ print }) => print === 'dossier')!.seq;
    const { bytes } = (await printCase(office.db, number, 'dossier', { company, upTo: seq }))!;
    expect(await textOf(bytes)).not.toContain('通知送达');
  });

  test('the order, both accounts and the dossier were issued, each once, on the record of then', async () => {
    const issued = await issuedOf(office.db, number);
    expect(issued.map(({ print, ordinal }) => `${print} ${ordinal}`).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'dossier 1',
      'final-account 1',
      'settlement 1',
      'work-order 1',
    ]);
    const order = issued.find(({ print }) => print === 'work-order')!;
    const kept = (await issuedPrint(office.db, number, 'work-order', 1))!;
    const again = (await printCase(office.db, number, 'work-order', { upTo: order.seq, company }))!;
    expect(again.bytes.equals(kept.bytes)).toBe(true);
    const foot = footOf((await piecesOf(kept.bytes))[0] ?? []);
    expect(foot).toContain(`签发 截至第 ${order.seq} 号记录`);
    // At its issue nobody had checked the work; today's paper shows who did.
    const opinion = '检查登记人\n签字：';
    expect(await textOf(kept.bytes)).toContain(opinion);
    expect(await textOf((await printed(number, 'work-order')).bytes)).not.toContain(opinion);
  });

  test('issuing again changes nothing, and nobody can change what was issued', async () => {
    const before = await issuedOf(office.db, number);
    await issuer(office.db, 'another company')({ number, print: 'work-order', ordinal: 1, upTo: 99 });
    expect(await issuedOf(office.db, number)).toEqual(before);
    await expect(office.owner.updateTable('issued_print').set({ hash: 'x' }).execute()).rejects.toThrow(/append-only|refuse|change/i);
  });

  test('an issued settlement bears the figures of its own posting, whatever is posted later', async () => {
    const { seq } = (await issuedOf(office.db, number)).find(({ print }) => print === 'settlement')!;
    const kept = (await issuedPrint(office.db, number, 'settlement', 1))!;
    await office.owner
      .insertInto('effect_receipt')
      .columns(['case_number', 'effect', 'ordinal', 'result'])
      .expression((eb) =>
        eb
          .selectFrom('effect_receipt')
          .select(['case_number', 'effect', eb.lit(2).as('ordinal'), sql<Record<string, unknown>>`'{"paid": 7}'::jsonb`.as('result')])
          .where('case_number', '=', number)
          .where('effect', '=', 'postSettlement'),
      )
      .execute();
    const again = (await printCase(office.db, number, 'settlement', { upTo: seq, company }))!;
    expect(again.bytes.equals(kept.bytes)).toBe(true);
  });

  test('two renders of the same record are the same bytes', async () => {
    const [first, second] = [await printed(number, 'settlement'), await printed(number, 'settlement')];
    expect(first.bytes.equals(second.bytes)).toBe(true);
  });
});

test('there is no print of a case that does not exist, nor one before its form is filed', async () => {
  expect(await casePrints(office.db, 'CS19-2026-000000')).toBeUndefined();
  const number = await office.open();
  expect(await printCase(office.db, number, 'settlement')).toBeUndefined();
  // Asked to be issued it fails, so that the effect is tried again.
  await expect(issuer(office.db, company)({ number, print: 'settlement', ordinal: 1, upTo: 99 })).rejects.toThrow(/no settlement to issue/);
});

test("a customer's file and service record bear the cases that concern the reader", async () => {
  const def = loadRegisters().get('customers')!;
  const code = `KH-${randomUUID().slice(0, 8)}`;
  const body = {
    code,
    name: '甲公司䶮',
    telephone: '021-5555',
    contacts: [{ name: '孙经理', position: '采购' }],
    strength: '年产二十万台',
  };
  await putEntry(office.db, { def, body, person: 'customerService', at: Date.now() });
  const story = storyOf('on-site-service-in-two-rounds');
  const opening = { ...story.opening!, form: { ...story.opening!.form, customerFile: code } };
  const number = await play(office, { ...story, opening }, false);
  const of = async (print: string, person: string, packs: Readonly<Record<string, readonly string[]>>) =>
    textOf((await printEntry(office.db, def, code, print, { scope: { person, packs, standsIn: {} }, company }))!.bytes);
  const marketing = { 's0-ts16949': ['marketing'] };
  const file = await of('customer-file', 'm', marketing);
  for (const said of ['客户服务档案表', '甲公司䶮', '孙经理', '年产二十万台', number, '现场服务']) expect(file).toContain(said);
  const record = (await of('service-record', 'm', marketing)).replaceAll('\n', '');
  for (const said of ['客户服务记录表', number, '服务内容：维修', '达到预期目标的程度：部分达到']) expect(record).toContain(said);
  expect(await of('customer-file', 'x', { 's3-cs19': ['customerService'] })).not.toContain(number);
});
