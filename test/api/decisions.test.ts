/** A decision shows printed name, time, meaning and the exact text approved; all of it is compared with the record when shown. */
import { sealer } from '../../db/personal.ts';
import { textOf as keptText } from '../../db/read/documents.ts';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { setPassword } from '../../db/accounts.ts';
import { startSession } from '../../db/sessions.ts';
import { hashPassword } from '../../api/sign-in/password.ts';
import { hashSecret, newSecret } from '../../api/sign-in/secret.ts';
import { decisionView } from '../../api/view/decision.ts';
import type { SignedDecision } from '../../db/read/decisions.ts';
import { printCase } from '../../print/print-case.ts';
import { textOf } from '../support/pdf-text.ts';
import { administrator } from './support/administrators.ts';
import { useApi } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { openRepair, step, surveyForm } from './support/stories.ts';
import { signUp } from './support/people.ts';

const office = useEngine();
const api = useApi(office);
const ORIGIN = 'http://127.0.0.1:8080';
const PASSWORD = 'tQ8#mLw2vR-9';
let boss: string;
beforeAll(async () => {
  ({ person: boss } = await signUp(office.db, `boss-${randomUUID().slice(0, 6)}`, { 's3-cs19': ['serviceManager'] }));
  await setPassword(office.db, { person: boss, passwordHash: await hashPassword(PASSWORD), at: Date.now() });
});

async function browser(url: string, body: object, cookie?: string) {
  const headers = { origin: ORIGIN, 'idempotency-key': randomUUID(), ...(cookie === undefined ? {} : { cookie }) };
  const answer = await api.app.inject({ method: 'POST', url, headers, payload: body });
  return { status: answer.statusCode, cookie: /^[^;]+/.exec(String(answer.headers['set-cookie']))?.[0] };
}
const signIn = () => browser('/api/sessions', { person: boss, password: PASSWORD });
const approve = (number: string, cookie: string | undefined, form: object = { decision: 'approve', version: 1, reason: '按定额核价' }) =>
  browser(`/api/cases/${number}/steps/estimate.approve`, { form }, cookie);

async function surveyed(): Promise<string> {
  const number = await openRepair(api);
  await step(api, number, 'customerService', 'survey', surveyForm);
  return number;
}
const decisionsOf = async (number: string) =>
  (await (await api.as('customerService')).get(`/api/cases/${number}/decisions`)).body['items'] as Record<string, any>[];

test('the printed name is that of the signing, the text that which was decided on, and both are compared again', async () => {
  const number = await surveyed();
  const { cookie } = await signIn();
  expect((await approve(number, cookie)).status).toBe(200);
  const keeper = await administrator(api, office.db, 'keeper');
  expect((await keeper.post(`/api/people/${boss}/name`, { name: '改名之后' })).status).toBe(200);

  const [signed, approved, ...more] = await decisionsOf(number);
  expect(more).toEqual([]);
  expect(signed).toMatchObject({
    meaning: 'signed',
    meaningLabel: { zh: '会签', en: 'signed' },
    on: 'survey',
    signers: expect.arrayContaining(['customerService', 'builder']),
    signIn: { how: 'token', fresh: false },
    text: { matches: true, form: { findings: 'a pipe behind the wall' } },
  });
  const timeline = (await (await api.as('customerService')).get(`/api/cases/${number}/events?limit=100`)).body['items'];
  const event = timeline.find(({ kind }: { kind: string }) => kind === 'decided');
  expect(approved).toMatchObject({
    meaning: 'approved',
    printedName: `Name of ${boss}`,
    person: boss,
    role: 'serviceManager',
    roleLabel: { zh: expect.stringMatching(/\p{Script=Han}/u) },
    at: expect.stringMatching(/\+08:00$/),
    proposal: { name: 'estimate', version: 1, amount: '800.00', hash: signed!['text'].hash },
    text: { hash: signed!['text'].hash, matches: true, form: { estimate: '800.00', findings: 'a pipe behind the wall' } },
    said: { matches: true, form: { decision: 'approve', reason: '按定额核价' } },
    lapsed: null,
    desk: 'sealed',
    sent: 'update',
    signIn: { how: 'password', fresh: true },
    record: { hash: event.hash, matches: true },
    seq: event.seq,
  });
  expect(event.actor.name).toBe(`Name of ${boss}`);
  const shown = (await (await api.as('customerService')).get(`/api/cases/${number}`)).body['decisions'];
  expect(shown.at(-1)).toMatchObject({ meaning: 'approved', printedName: `Name of ${boss}`, record: { matches: true } });

  const paper = await textOf((await printCase(office.db, number, 'dossier'))!.bytes);
  for (const said of [`Name of ${boss}`, '批准：按定额核价', '核对相符', '所决定或会签的文本', 'a pipe behind the wall'])
    expect(paper).toContain(said);
  expect(paper).not.toContain('改名之后');

  // What is signed from now on bears the new name.
  const next = await surveyed();
  expect((await approve(next, cookie)).status).toBe(200);
  expect((await decisionsOf(next)).at(-1)).toMatchObject({ printedName: '改名之后' });
});

test('what a newer version voids is still shown; a sign-in of some time ago is not fresh; a signal is said to be one', async () => {
  const number = await surveyed();
  const secret = newSecret();
  const at = Date.now();
  await startSession(office.db, { hash: hashSecret(secret), person: boss, how: 'oidc', agent: '', at, freshAt: at - 6 * 60_000 });
  const cookie = `redress=${secret}`;
  expect((await approve(number, cookie)).status).toBe(200);
  expect((await decisionsOf(number)).at(-1)).toMatchObject({
    meaning: 'approved',
    signIn: { how: 'oidc', fresh: false },
    lapsed: null,
  });

  const second = await surveyed();
  expect((await approve(second, cookie, { decision: 'reject', version: 1, reason: '工程量不符' })).status).toBe(200);
  await step(api, second, 'customerService', 'estimate', { amount: '700.00', explanation: '减项' });
  const manager = await api.as('serviceManager');
  const sent = await manager.post(
    `/api/cases/${second}/steps/estimate.approve`,
    { form: { decision: 'approve', version: 2 } },
    { prefer: 'respond-async' },
  );
  expect(sent.status).toBe(202);
  await expect.poll(async () => (await decisionsOf(second)).length).toBe(3);
  const made = await decisionsOf(second);
  expect(made.map(({ meaning, lapsed, sent: how }) => [meaning, lapsed?.why, how])).toEqual([
    ['signed', undefined, 'update'],
    ['rejected', 'newer-version', 'update'],
    ['approved', undefined, 'signal'],
  ]);
  expect(made.at(-1)).toMatchObject({
    proposal: { version: 2, amount: '700.00' },
    text: { matches: true, form: { amount: '700.00', explanation: '减项' } },
  });
  const first = (await (await api.as('customerService')).get(`/api/cases/${second}/decisions?limit=1`)).body;
  expect([first['items'].length, typeof first['next']]).toEqual([1, 'string']);
});

test('a text that was exchanged behind the record is seen, and whom the case does not concern sees none', async () => {
  const number = await surveyed();
  expect((await approve(number, (await signIn()).cookie)).status).toBe(200);
  const hash = (await decisionsOf(number)).at(-1)!['text'].hash as string;
  const { owner } = office;
  const kept = await owner.selectFrom('document').select(['body', 'subject']).where('hash', '=', hash).executeTakeFirstOrThrow();
  const text = await keptText(owner, kept);
  const exchange = (body: string) =>
    owner.connection().execute(async (one) => {
      await sql`alter table document disable trigger all`.execute(one);
      await one.updateTable('document').set({ body }).where('hash', '=', hash).execute();
      await sql`alter table document enable trigger all`.execute(one);
    });
  // By whoever has no key, by whoever has one, and one character of what is sealed.
  const sealed = (await sealer(owner, kept.subject!)).text(text!.replace('800.00', '100.00'));
  const flipped = `${kept.body.slice(0, 20)}${kept.body[20] === 'A' ? 'B' : 'A'}${kept.body.slice(21)}`;
  for (const body of [text!.replace('800.00', '100.00'), sealed, flipped]) {
    await exchange(body);
    expect((await decisionsOf(number)).at(-1)).toMatchObject({ text: { matches: false }, record: { matches: true } });
  }
  expect((await (await api.as('design')).get(`/api/cases/${number}/decisions`)).status).toBe(404);
});

test('what came past the desk, or claims it falsely, is never shown as sealed', () => {
  const event = { seq: 1, kind: 'decided', occurredAt: 0, recordedAt: 0, outside: true, actor: { person: 'p', role: 'r' }, data: {} };
  const made = {
    event,
    meaning: 'approved',
    on: 'plan',
    name: null,
    forName: null,
    forged: null,
    sent: null,
    signedIn: null,
    hash: 'h',
    chained: true,
  };
  const shown = (more: object) => decisionView({ ...made, ...more } as unknown as SignedDecision, undefined).desk;
  expect([shown({}), shown({ forged: 'no such message' }), shown({ event: { ...event, outside: undefined } })]).toEqual([
    'past',
    'forged',
    'sealed',
  ]);
});
