/** A pack that sets `freshSignInAbove` has larger amounts decided by somebody who has just entered their password. */
import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { setPassword } from '../../db/accounts.ts';
import { startSession } from '../../db/sessions.ts';
import { amountDecided } from '../../api/sign-in/fresh.ts';
import { hashPassword } from '../../api/sign-in/password.ts';
import { hashSecret, newSecret } from '../../api/sign-in/secret.ts';
import type { RuleBook } from '../../desk/index.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { Pack } from '../../domain/pack.ts';
import { ruleBook } from '../../runtime/packs.ts';
import { useApi } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { signUp } from './support/people.ts';
import { openRepair, step, surveyForm } from './support/stories.ts';

const ORIGIN = 'http://127.0.0.1:8080';
const PASSWORD = 'tQ8#mLw2vR-9';
const office = useEngine();
let later = 0;
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
const api = useApi(office, { rules, clock: () => Date.now() + later });

let person: string;
beforeAll(async () => {
  ({ person } = await signUp(office.db, `boss-${randomUUID().slice(0, 6)}`, { 's3-cs19': ['serviceManager'] }));
  await setPassword(office.db, { person, passwordHash: await hashPassword(PASSWORD), at: Date.now() });
});

async function ask(url: string, body: unknown, cookie?: string) {
  const answer = await api.app.inject({
    method: 'POST',
    url,
    headers: { origin: ORIGIN, 'idempotency-key': randomUUID(), ...(cookie === undefined ? {} : { cookie }) },
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
const approve = (number: string, cookie: string | undefined) =>
  ask(`/api/cases/${number}/steps/estimate.approve`, { form: { decision: 'approve', version: 1 } }, cookie);

test('above the bound an older sign-in does not do, a fresh password does; on the bound it is not asked for', async () => {
  const { cookie } = await ask('/api/sessions', { person, password: PASSWORD });
  const [above, more, on] = [await estimated('800.01'), await estimated('900.00'), await estimated('800.00')];
  expect((await approve(above, cookie)).status).toBe(200); // has just signed in
  later = 6 * 60_000;
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
  later = 0;
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

test('of several tasks of one step it is the named one’s amount; of none named the most', () => {
  const task = (id: string, amount: number | undefined, status = 'open') => [
    id,
    {
      id,
      step: 'estimate.approve',
      status,
      ...(amount === undefined ? {} : { proposal: { name: 'estimate', version: 1, hash: 'h', amount } }),
    },
  ];
  const tasks = Object.fromEntries([
    task('a#1', 900, 'done'),
    task('a#2', 100),
    task('a#3', 500),
    task('a#4', undefined),
  ]) as CaseState['tasks'];
  const of = (named?: string) => amountDecided(tasks, 'estimate.approve', named);
  expect([of('a#1'), of('a#2'), of('a#3'), of('a#4'), of()]).toEqual([undefined, 100, 500, undefined, 500]);
  expect(amountDecided(tasks, 'another.step')).toBeUndefined();
});
