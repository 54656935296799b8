/** A pack that sets `freshSignInAbove` has larger amounts decided by somebody who has just entered their password. */
import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { setPassword } from '../../db/accounts.ts';
import { startSession } from '../../db/sessions.ts';
import { hashPassword } from '../../api/sign-in/password.ts';
import { hashSecret, newSecret } from '../../api/sign-in/secret.ts';
import { createDesk, type Desk, type RuleBook } from '../../desk/index.ts';
import { amountDecided } from '../../domain/authority/fresh.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { Pack } from '../../domain/pack.ts';
import { ruleBook } from '../../runtime/packs.ts';
import { useApi } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { signUp } from './support/people.ts';
import { testSealKey } from '../support/seal.ts';
import { openRepair, step, surveyForm } from './support/stories.ts';

const ORIGIN = 'http://127.0.0.1:8080';
const PASSWORD = 'tQ8#mLw2vR-9';
const office = useEngine();
/** A later version without the bound is in force. */
let unbounded = false;
/** The shipped pack, with a bound of 800.00 yuan. */
const bounded = (pack: Pack): Pack => ({
  ...pack,
  rules: { ...pack.rules, switches: { ...pack.rules.switches, freshSignInAbove: 80_000 } },
});
let book: RuleBook | undefined;
const rules: RuleBook = {
  active: (...asked) => read().active(...asked),
  approved: (...asked) => read().approved(...asked),
  calendar: (...asked) => read().calendar(...asked),
  pinned: async (hash) => bounded(await read().pinned(hash)),
  latest: async (...asked) => {
    const pack = await read().latest(...asked);
    return pack && !unbounded ? bounded(pack) : pack;
  },
};
const read = (): RuleBook => (book ??= ruleBook(office.db));
let desk: Desk;
const api = useApi(
  {
    get db() {
      return office.db;
    },
    get url() {
      return office.url;
    },
    get desk() {
      return (desk ??= createDesk({
        db: office.db,
        engine: { client: office.client, taskQueue: office.queue },
        rules,
        sealKey: testSealKey,
      }));
    },
  },
  { rules },
);

let person: string;
beforeAll(async () => {
  ({ person } = await signUp(office.db, `boss-${randomUUID().slice(0, 6)}`, { 's3-cs19': ['serviceManager'] }));
  await setPassword(office.db, { person, passwordHash: await hashPassword(PASSWORD), at: Date.now() });
});

async function ask(url: string, body: unknown, cookie?: string, key: string = randomUUID()) {
  const answer = await api.app.inject({
    method: 'POST',
    url,
    headers: { origin: ORIGIN, 'idempotency-key': key, ...(cookie === undefined ? {} : { cookie }) },
    payload: body as object,
  });
  return {
    status: answer.statusCode,
    body: JSON.parse(answer.body) as Record<string, unknown>,
    cookie: /^[^;]+/.exec(String(answer.headers['set-cookie']))?.[0],
  };
}

/** A case whose estimate waits for approval. */
async function estimated(estimate: string): Promise<string> {
  const number = await openRepair(api);
  expect((await step(api, number, 'customerService', 'survey', { ...surveyForm, estimate })).status).toBe(200);
  return number;
}
const approve = (number: string, cookie: string | undefined, { version = 1, key = randomUUID() as string } = {}) =>
  ask(`/api/cases/${number}/steps/estimate.approve`, { form: { decision: 'approve', version } }, cookie, key);
/** Six minutes ago the password was entered. */
const grownOld = () =>
  office.owner
    .updateTable('session')
    .set({ fresh_at: new Date(Date.now() - 6 * 60_000) })
    .where('person', '=', person)
    .execute();

test('above the bound an older sign-in does not do, a fresh password does; on the bound it is not asked for', async () => {
  const { cookie } = await ask('/api/sessions', { person, password: PASSWORD });
  const [above, more, on] = [await estimated('800.01'), await estimated('900.00'), await estimated('800.00')];
  expect((await approve(above, cookie)).status).toBe(200); // has just signed in
  await grownOld();
  expect(await approve(more, cookie)).toMatchObject({
    status: 403,
    body: { code: 'fresh-sign-in', detail: expect.stringContaining('900.00') },
  });
  expect((await approve(on, cookie)).status).toBe(200);
  expect((await ask('/api/sessions/fresh', { password: 'wrong-one-9' }, cookie)).status).toBe(401);
  const fresh = await ask('/api/sessions/fresh', { password: PASSWORD }, cookie);
  expect(fresh.status).toBe(200);
  expect((await approve(more, cookie)).status).toBe(401); // under its new cookie alone
  expect((await approve(more, fresh.cookie)).status).toBe(200);
});

test('whoever came by the provider is sent there again, and fresh there it does', async () => {
  const number = await estimated('900.00');
  expect(await approve(number, await sessionBy('oidc', 0))).toMatchObject({
    status: 403,
    body: { code: 'fresh-sign-in', detail: expect.stringContaining('GET /api/oidc/login?fresh=true') },
  });
  expect((await approve(number, await sessionBy('oidc', Date.now()))).status).toBe(200);
});

test('a token has nobody behind it who could enter a password', async () => {
  const number = await estimated('850.00');
  const manager = await api.as('serviceManager');
  const refused = await manager.post(`/api/cases/${number}/steps/estimate.approve`, { form: { decision: 'approve', version: 1 } });
  expect(refused).toMatchObject({ status: 403, body: { code: 'fresh-sign-in' } });
});

async function sessionBy(how: 'oidc' | 'link', freshAt?: number): Promise<string> {
  const secret = newSecret();
  await startSession(office.db, { hash: hashSecret(secret), person, how, agent: '', at: Date.now(), freshAt });
  return `redress=${secret}`;
}

test('a later version without the bound takes it from no running case', async () => {
  const number = await estimated('900.00');
  unbounded = true;
  expect(await approve(number, await sessionBy('oidc', 0))).toMatchObject({ status: 403, body: { code: 'fresh-sign-in' } });
  unbounded = false;
});

test('a session by a one-time link is never fresh; a password entered in it makes it so', async () => {
  const number = await estimated('900.00');
  const cookie = await sessionBy('link');
  expect(await approve(number, cookie)).toMatchObject({ status: 403, body: { code: 'fresh-sign-in' } });
  expect(await approve(number, await sessionBy('link', Date.now()))).toMatchObject({ status: 403, body: { code: 'fresh-sign-in' } });
  const fresh = await ask('/api/sessions/fresh', { password: PASSWORD }, cookie);
  expect((await approve(number, fresh.cookie)).status).toBe(200);
});

test('of a version that the record does not show yet the amount is not known: a decision sent just as its task opens is no way around', async () => {
  const stale = await sessionBy('oidc', 0);
  const refused = { status: 403, body: { code: 'fresh-sign-in', detail: expect.stringContaining('记录') } };
  const number = await openRepair(api);
  expect(await approve(number, stale)).toMatchObject(refused); // its task opens with the survey
  expect((await step(api, number, 'customerService', 'survey', { ...surveyForm, estimate: '700.00' })).status).toBe(200);
  expect(await approve(number, stale, { version: 2 })).toMatchObject(refused); // of a new version, that may be dearer
  expect((await approve(number, await sessionBy('oidc', Date.now()), { version: 2 })).body).toMatchObject({ code: 'stale-version' });
  expect((await approve(number, stale)).status).toBe(200); // of the one that is there it is known to be less
});

test('the same key again gets its first outcome, however long ago the password was entered', async () => {
  const number = await estimated('900.00');
  const { cookie } = await ask('/api/sessions', { person, password: PASSWORD });
  const key = randomUUID();
  const first = await approve(number, cookie, { key });
  expect(first.status).toBe(200);
  await grownOld();
  expect(await approve(number, cookie, { key })).toMatchObject({ status: 200, body: first.body });
  expect(await approve(number, cookie, { key, version: 2 })).toMatchObject({ status: 422, body: { code: 'key-reused' } });
  expect(await approve(number, cookie)).toMatchObject({ status: 403, body: { code: 'fresh-sign-in' } });
});

test('what is decided on is the open task of the version that is named', () => {
  const task = (id: string, version: number, amount: number | undefined, status = 'open') => [
    id,
    {
      id,
      step: 'estimate.approve',
      status,
      proposal: { name: 'estimate', version, hash: `h${version}`, ...(amount === undefined ? {} : { amount }) },
    },
  ];
  const tasks = Object.fromEntries([task('a#1', 1, 900, 'done'), task('a#2', 2, 100), task('a#3', 2, 500), task('a#4', 3, undefined)]) as CaseState['tasks']; // prettier-ignore
  const of = (facts: object, named?: string) => amountDecided(tasks, { step: 'estimate.approve', task: named, facts: { ...facts } });
  expect([of({ version: 1 }), of({ version: 2 }), of({ version: 2 }, 'a#2'), of({ version: 3 })]).toEqual(['unknown', 500, 100, undefined]);
  expect([of({ proposalHash: 'h2' }), of({ proposalHash: 'h9' }), of({ version: 2, proposalHash: 'h3' })]).toEqual([
    500,
    'unknown',
    'unknown',
  ]);
  expect(of({ decision: 'approve' })).toBeUndefined(); // the case refuses it
});
