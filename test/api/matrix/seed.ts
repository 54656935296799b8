/** What is asked for: a repair with a customer's words in it, a case of another procedure, entries, an account, a job, an absence. */
import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { addEntry } from '../../../db/entries.ts';
import { openAudit } from '../../../db/audits.ts';
import { startSession } from '../../../db/sessions.ts';
import { loadChecklist } from '../../../packs/audit/load.ts';
import { loadPack } from '../../../packs/load.ts';
import { loadRegisters } from '../../../packs/registers/load.ts';
import type { Office } from '../../store/support/office.ts';
import type { Api } from '../support/api.ts';
import { sendFile } from '../support/multipart.ts';
import { signUp } from '../support/people.ts';

export interface Things {
  readonly number: string;
  /** Of the case of the other procedure. */
  readonly other: string;
  readonly absent: string;
  /** The customer's, as nobody else is called. */
  readonly name: string;
  /** What of the repair and of the other case nobody finds whom they do not concern. */
  readonly words: readonly string[];
  readonly otherWords: readonly string[];
  readonly document: string;
  readonly print: string;
  readonly attachment: string;
  readonly notice: string;
  readonly file: string;
  /** By which the repair was opened. */
  readonly key: string;
  readonly customer: string;
  readonly contact: string;
  readonly outlet: string;
  readonly version: string;
  readonly job: string;
  readonly absence: string;
  readonly delegation: string;
  /** Asked for, never granted, and over. */
  readonly emergency: string;
  readonly audit: string;
  /** An act of administrators that nobody has confirmed in time. */
  readonly joint: string;
  /** Of somebody who asks for nothing. */
  readonly session: string;
  readonly token: string;
}

const NAME = '欧阳秘甲';
const WORDS = [NAME, '13911112222', '厨房漏水暗语甲'];
const OTHER_WORDS = ['诸葛秘乙', '送货迟到暗语乙'];

export async function seed(api: Api, office: Office): Promise<Things> {
  const { db, owner } = office;
  const key = `opening-${randomBytes(8).toString('hex')}`;
  // Opens it as a clerk; what they hold afterwards has nothing to do with it.
  const opener = await api.withPacks('opener', { 's3-cs19': ['recordsClerk'] });
  await signUp(db, 'holder', { 's3-cs19': ['customerService'] });
  const form = { channel: 'hotline', summary: WORDS[2], customerName: NAME, telephone: WORDS[1] };
  const opened = await opener.post('/api/cases', { pack: 's3-cs19', kind: 'repair', form }, { 'idempotency-key': key });
  const number = String(opened.body['number']);
  const routing = await api.as('customerService');
  await right(routing.post(`/api/cases/${number}/steps/route`, { form: { department: 'design' } }));
  await right(routing.post(`/api/cases/${number}/assign`, { form: { task: 'survey#1', person: 'holder' } }));
  const photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#335' } })
    .png()
    .toBuffer();
  const file = await sendFile(opener, photo, 'photo.png');
  const attachment = String((await right(opener.post(`/api/cases/${number}/attachments`, { file }))).body['id']);
  await right(opener.put(`/api/cases/${number}/drafts/registerNote`, { form: { note: '草稿' } }));
  await right(opener.put('/api/drafts/s3-cs19/repair', { form: { summary: '草稿' } }));
  const { items } = (await right(opener.get(`/api/cases/${number}/prints`))).body as { items: { print: string }[] };
  const [event] = (await right(opener.get(`/api/cases/${number}/events`))).body['items'] as { data: { documentHash: string } }[];
  const quality = await api.withPacks('cement-quality', { 's2-cement': ['quality'] });
  const [complainant, content] = OTHER_WORDS;
  const other = await right(quality.post('/api/cases', { pack: 's2-cement', kind: 'other', form: { complainant, content } }));
  await owner.deleteFrom('person_role').where('person', 'in', ['opener', 'holder']).execute();

  const registers = loadRegisters();
  const put = (register: string, body: Record<string, unknown>) =>
    db
      .transaction()
      .execute((trx) => addEntry(trx, { def: registers.get(register)!, body: body as never, person: 'setup', at: Date.now() }));
  const customer = await put('customers', { code: 'KH-1', name: '某客户', kind: 'owner' });
  const contact = await put('contacts', { at: '2026-11-01T09:00:00+08:00', channel: 'call', customer: '某客户', content: '询问' });
  const outlet = await put('outlets', { code: 'WD-1', name: '某网点' });

  const finance = await api.withPacks('account-keeper', { 's3-cs19': ['finance'] });
  const decision = { reference: 'D-1', by: '总经理', at: '2026-01-02 09:00', reason: '设立' };
  await right(finance.post('/api/accounts', { kind: 'fund', fund: 'customerService', decision }));
  const drawn = { account: 'fund:customerService', amount: -100, case_number: number, effect: 'drawn', kind: 'draw', reason: WORDS[2] };
  await owner
    .insertInto('ledger_entry')
    .values({ ...drawn, decision: 'event:1' })
    .execute();
  const [job, audit] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')];
  const asked_at = new Date();
  await owner
    .insertInto('bulk_job')
    .values({ id: job, kind: 'rebase', status: 'done', pack_id: 's3-cs19', person: 'x', roles: [], confirmed: true, asked_at })
    .execute();
  await owner.insertInto('bulk_item').values({ job, case_number: number, status: 'refused', code: 'case-closed', changes: '[]' }).execute();
  await openAudit(db, audit, loadChecklist(), { from: Date.UTC(2026, 0), to: Date.UTC(2026, 5) }, { person: 'x', at: Date.now() });

  for (const person of ['somebody-away', 'the-absent', 'sub-of-another']) await signUp(db, person, { 's3-cs19': [] });
  await signUp(db, 'the-absent', { 's3-cs19': ['generalManager'] });
  await signUp(db, 'substitute', {});
  const away = (person: string, substitute: string) => ({
    ...{ person, substitute, starts_at: new Date(Date.now() - 3_600_000), ends_at: new Date(Date.now() + 86_400_000) },
    ...{ pack_id: 's3-cs19', entered_by: person, entered_at: new Date(), key: `away-${person}` },
  });
  await owner.insertInto('absence').values(away('the-absent', 'substitute')).execute();
  const { id: absence } = await owner
    .insertInto('absence')
    .values(away('somebody-away', 'sub-of-another'))
    .returning('id')
    .executeTakeFirstOrThrow();
  const span = { starts_at: new Date(Date.now() - 3_600_000), ends_at: new Date(Date.now() + 86_400_000), entered_at: new Date() };
  const { id: delegation } = await owner
    .insertInto('delegation')
    .values({ principal: 'somebody-away', delegate: 'sub-of-another', pack_id: 's3-cs19', reason: '出差', key: 'delegated', ...span })
    .returning('id')
    .executeTakeFirstOrThrow();
  const step = { task_id: 'estimate.approve#1', step: 'estimate.approve', role: 'serviceManager', person: 'holder', asked_by: 'holder' };
  const { id: emergency } = await owner
    .insertInto('emergency_ask')
    .values({
      case_number: number,
      pack_id: 's3-cs19',
      ...step,
      reason: '试',
      eligible: [],
      key: 'urgent',
      at: new Date(Date.now() - 7_200_000),
      ends_at: span.starts_at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { id: joint } = await owner
    .insertInto('joint_act')
    .values({
      kind: 'roles',
      person: 'whom-it-benefits',
      pack_id: 's3-cs19',
      body: '',
      asked_by: 'holder',
      key: 'joint',
      at: new Date(Date.now() - 7_200_000),
      ends_at: span.starts_at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const bystander = await signUp(db, 'bystander', {});
  const session = await startSession(db, {
    hash: randomBytes(32).toString('hex'),
    person: bystander.person,
    how: 'password',
    agent: '',
    at: Date.now(),
  });
  const token = await db.selectFrom('api_token').select('id').where('person', '=', 'bystander').executeTakeFirstOrThrow();
  const notice = await owner.selectFrom('outbox').select('id').where('case_number', '=', number).executeTakeFirst();
  return {
    ...{
      number,
      other: String(other.body['number']),
      absent: `${number.slice(0, -1)}X`,
      name: NAME,
      words: WORDS,
      otherWords: OTHER_WORDS,
    },
    ...{ document: event!.data.documentHash, print: items[0]!.print, attachment, notice: notice?.id ?? '0', file, key },
    ...{ customer: customer.id, contact: contact.id, outlet: outlet.id, version: loadPack('s3-cs19').version },
    ...{ job, absence, delegation, emergency, audit, joint, session: session.id, token: token.id },
  };
}

async function right<T extends { status: number; text: string }>(asked: Promise<T>): Promise<T> {
  const answer = await asked;
  if (answer.status >= 300) throw new Error(answer.text);
  return answer;
}
