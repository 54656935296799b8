/** Deciding in somebody's place though nobody is absent, and in an emergency: who may, up to what, and what the record says of it. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { sql } from 'kysely';
import { isoBeijing } from '../../domain/time.ts';
import { useApi, type Answer, type Caller } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { openRepair, step, surveyForm } from './support/stories.ts';

const office = useEngine();
const api = useApi(office);
const HOUR = 3_600_000;
const yes = { form: { decision: 'approve', version: 1 } };
const span = (from = -1, until = 48) => ({ from: isoBeijing(Date.now() + from * HOUR), until: isoBeijing(Date.now() + until * HOUR) });
const called = (name: string, ...roles: string[]): Promise<Caller> => api.withPacks(name, { 's3-cs19': roles.length === 0 ? ['recordsClerk'] : roles }); // prettier-ignore
const manager = (): Promise<Caller> => api.as('serviceManager');

/** A repair of 800.00 whose estimate waits for the service manager. */
async function estimated(by = 'customerService'): Promise<string> {
  const number = await openRepair(api, {}, { provisionalEstimate: '800.00' });
  await step(api, number, by, 'survey', surveyForm);
  return number;
}
const decide = (who: Caller, number: string) => who.post(`/api/cases/${number}/steps/estimate.approve`, yes);
async function delegated(who: Caller, delegate: string, more: object = {}): Promise<string> {
  const answer = await who.post('/api/delegations', { delegate, pack: 's3-cs19', ...span(), reason: '出差', ...more });
  expect(answer.status, answer.text).toBe(201);
  return String(answer.body['id']);
}
const ended = async (who: Caller, id: string): Promise<void> => expect((await who.post(`/api/delegations/${id}/end`, {})).status).toBe(200);
const estimate = (next: { body: Record<string, any> }) =>
  (next.body['items'] as { step: string; mine: boolean }[]).find((one) => one.step === 'estimate.approve');

test('a delegate decides in the principal’s role, both names and the delegation stand in the record, and it ends at once', async () => {
  const zhao = await called('zhao');
  const number = await estimated();
  expect((await decide(zhao, number)).body['code']).toBe('wrong-role');
  const id = await delegated(await manager(), 'zhao');
  expect((await zhao.get('/api/tasks')).body['items']).toMatchObject([{ case: number, step: 'estimate.approve' }]);
  const view = (await (await manager()).get(`/api/cases/${number}`)).body;
  expect(view['tasks'].find((t: { step: string }) => t.step === 'estimate.approve').deciders).toContainEqual({
    person: 'zhao',
    name: 'Name of zhao',
    role: 'serviceManager',
    for: 'serviceManager',
    delegation: id,
  });
  expect(estimate(await zhao.get(`/api/cases/${number}/next`))).toMatchObject({ mine: true });
  // The principal is there and may decide as well.
  expect(estimate(await (await manager()).get(`/api/cases/${number}/next`))).toMatchObject({ mine: true });
  expect((await decide(zhao, number)).status).toBe(200);
  const actor = { person: 'zhao', role: 'serviceManager', for: 'serviceManager', delegation: id };
  const events = (await (await manager()).get(`/api/cases/${number}/events`)).body['items'] as { kind: string; actor: unknown }[];
  expect(events.find((e) => e.kind === 'decided')).toMatchObject({ actor });
  const after = (await (await manager()).get(`/api/cases/${number}`)).body;
  expect(after['proposals'][0].decisions[0].actor).toEqual(actor);
  expect(after['decisions'].find((d: { meaning: string }) => d.meaning === 'approved')).toMatchObject({
    person: 'zhao',
    for: { person: 'serviceManager', printedName: 'Name of serviceManager' },
    delegation: id,
    emergency: null,
  });
  const second = await estimated();
  await ended(zhao, id);
  expect((await decide(zhao, second)).body['code']).toBe('wrong-role');
  expect((await zhao.get('/api/delegations')).body['items']).toMatchObject([{ id, endedBy: 'zhao', principal: 'serviceManager' }]);
});

test('above the ceiling it is refused with the ceiling, to the fen; outside the named decisions it is nothing', async () => {
  const qian = await called('qian');
  const number = await estimated();
  const low = await delegated(await manager(), 'qian', { ceiling: '799.99' });
  expect(await decide(qian, number)).toMatchObject({
    status: 403,
    body: { code: 'beyond-delegation', detail: expect.stringContaining('799.99') },
  });
  expect(estimate(await qian.get(`/api/cases/${number}/next`))).toMatchObject({ mine: false });
  const other = await delegated(await manager(), 'qian', { steps: ['determination'] });
  expect((await decide(qian, number)).body['code']).toBe('beyond-delegation');
  await ended(await manager(), low);
  expect((await decide(qian, number)).body['code']).toBe('wrong-role');
  await ended(await manager(), other);
  const enough = await delegated(await manager(), 'qian', { ceiling: '800.00', steps: ['estimate.approve'], roles: ['serviceManager'] });
  expect((await decide(qian, number)).status).toBe(200);
  await ended(await manager(), enough);
});

test('by a delegation somebody sees what waits for a decision that it covers, up to their own clearance, and no more', async () => {
  const open = await openRepair(api, {}, { provisionalEstimate: '800.00' });
  const [waits, secret] = [await estimated(), await estimated()];
  const head = await api.as('generalManager');
  expect((await head.post(`/api/cases/${secret}/labels`, { label: 'secret' })).status).toBe(200);
  expect((await head.get(`/api/cases/${secret}`)).status).toBe(200);
  const tan = await called('tan', 'finance');
  const listed = async (): Promise<string[]> =>
    ((await tan.get('/api/cases?limit=100&sort=opened')).body['items'] as { number: string }[]).map(({ number }) => number);
  const seen = async (): Promise<number[]> => {
    const list = await listed();
    const statuses: number[] = [];
    for (const number of [open, waits, secret]) {
      const { status } = await tan.get(`/api/cases/${number}`);
      expect(list.includes(number)).toBe(status === 200);
      statuses.push(status);
    }
    return statuses;
  };
  expect(await seen()).toEqual([404, 404, 404]);
  const byHead = await delegated(head, 'tan');
  expect(await seen()).toEqual([404, 404, 404]);
  await ended(head, byHead);
  const byManager = await delegated(await manager(), 'tan');
  expect(await seen()).toEqual([404, 200, 404]);
  expect((await tan.get('/api/tasks')).body['items'].map((one: { case: string }) => one.case)).toContain(waits);
  await ended(tan, byManager);
  const other = await delegated(await manager(), 'tan', { steps: ['determination'] });
  expect(await seen()).toEqual([404, 404, 404]);
  await ended(tan, other);
  await api.withPacks('elsewhere', { 's1-eval': ['manager'] });
  const none = await head.post('/api/delegations', { delegate: 'elsewhere', pack: 's3-cs19', ...span(), reason: 'r' });
  expect(none).toMatchObject({ status: 422, body: { code: 'bad-delegation', errors: [{ path: 'delegate' }] } });
});

test('never through a contributor, be it the delegate or the principal', async () => {
  const drawsUp = await api.as('customerService');
  const id = await delegated(await manager(), 'customerService');
  expect((await decide(drawsUp, await estimated())).body['code']).toBe('contributor-cannot-approve');
  await ended(drawsUp, id);
  const both = await api.as('customerService', 'serviceManager');
  const sun = await called('sun');
  const theirs = await delegated(both, 'sun');
  const surveyed = await openRepair(api, {}, { provisionalEstimate: '800.00' });
  expect((await both.post(`/api/cases/${surveyed}/steps/survey`, { form: surveyForm })).status).toBe(200);
  expect((await decide(sun, surveyed)).body['code']).toBe('contributor-cannot-approve');
  expect((await decide(sun, await estimated())).status).toBe(200);
  await ended(both, theirs);
});

test('what was delegated is not passed on, by delegation or by absence; not begun and over are nothing', async () => {
  const li = await called('li');
  const zhou = await called('zhou');
  const id = await delegated(await manager(), 'li');
  const passed = await li.post('/api/delegations', {
    delegate: 'zhou',
    pack: 's3-cs19',
    roles: ['serviceManager'],
    ...span(),
    reason: 'r',
  });
  expect(passed).toMatchObject({ status: 422, body: { code: 'bad-delegation', errors: [{ path: 'roles' }] } });
  const all = await delegated(li, 'zhou');
  const away = await li.post('/api/absences', { substitute: 'zhou', ...span() });
  expect(away.status).toBe(201);
  const number = await estimated();
  expect((await decide(zhou, number)).body['code']).toBe('wrong-role');
  await ended(li, id);
  await ended(li, all);
  const later = await delegated(await manager(), 'zhou', span(1, 2));
  expect((await decide(zhou, number)).body['code']).toBe('wrong-role');
  await ended(await manager(), later);
  await sql`insert into delegation (principal, delegate, pack_id, starts_at, ends_at, reason, key, entered_at)
    values ('serviceManager', 'zhou', 's3-cs19', now() - interval '2 hours', now(), 'r', 'over', now())`.execute(office.db);
  expect((await decide(zhou, number)).body['code']).toBe('wrong-role');
});

test('what is not right in a delegation is said at its field; the same key is the same one', async () => {
  const who = await manager();
  await called('wu');
  const right = { delegate: 'wu', pack: 's3-cs19', ...span(1, 2), reason: 'r' };
  for (const [body, path] of [
    [{ delegate: 'serviceManager' }, 'delegate'],
    [{ delegate: 'nobody' }, 'delegate'],
    [{ pack: 's1-eval' }, 'pack'],
    [{ roles: ['generalManager'] }, 'roles'],
    [{ steps: ['noSuchStep'] }, 'steps'],
    [span(5, 4), 'until'],
    [span(-5, -4), 'until'],
  ] as const)
    expect(await who.post('/api/delegations', { ...right, ...body })).toMatchObject({ status: 422, body: { code: 'bad-delegation', errors: [{ path }] } }); // prettier-ignore
  const key = { 'idempotency-key': 'delegation-of-wu' };
  const first = await who.post('/api/delegations', right, key);
  expect(first.status).toBe(201);
  expect((await who.post('/api/delegations', right, key)).body).toEqual(first.body);
  expect((await who.post('/api/delegations', { ...right, reason: 'other' }, key)).body['code']).toBe('key-reused');
  const { id } = first.body;
  expect((await (await called('feng', 'finance')).post(`/api/delegations/${id}/end`, {})).status).toBe(403);
  expect((await (await api.withPacks('far', { 's1-eval': ['manager'] })).post(`/api/delegations/${id}/end`, {})).status).toBe(404);
});

test('the end of a delegation races a decision: what is decided was received before the end, whoever wins', async () => {
  const zheng = await called('zheng');
  for (let round = 0; round < 8; round++) {
    const number = await estimated();
    const id = await delegated(await manager(), 'zheng');
    const [made, end] = await Promise.all([decide(zheng, number), zheng.post(`/api/delegations/${id}/end`, {})]);
    const endedAt = Date.parse(String(end.body['endedAt']));
    if (made.status === 200) {
      const events = (await (await manager()).get(`/api/cases/${number}/events`)).body['items'] as { kind: string; recordedAt: string }[];
      expect(Date.parse(events.find((e) => e.kind === 'decided')!.recordedAt)).toBeLessThanOrEqual(endedAt);
    } else expect(['delegation-over', 'wrong-role']).toContain(made.body['code']);
    // Whatever came of it, nothing more comes of it.
    expect((await decide(zheng, await estimated())).body['code']).toBe('wrong-role');
  }
});

const overseer = (name: string): Promise<Caller> => called(name, 'customerService', 'recordsClerk');
async function asked(by: Caller, number: string, more: object = {}): Promise<string> {
  const body = {
    case: number,
    task: 'estimate.approve#1',
    until: isoBeijing(Date.now() + 2 * HOUR),
    reason: '主管均不在,水管爆裂',
    ...more,
  };
  const answer = await by.post('/api/emergency-grants', body);
  expect(answer.status, answer.text).toBe(201);
  return String(answer.body['id']);
}

test('break-glass: asked for by one, granted by another, used once marked, told, reviewed by a third', async () => {
  const [an, bo, ci] = [await overseer('an'), await overseer('bo'), await overseer('ci')];
  const number = await estimated();
  const id = await asked(an, number);
  // Asked for is not granted.
  expect((await decide(an, number)).body['code']).toBe('wrong-role');
  for (const who of [an, await called('outsider')]) expect((await grantOf(who, id)).status).toBe(403);
  expect((await grantOf(an, id)).body['code']).toBe('two-others-needed');
  const granted = await grantOf(bo, id);
  expect(granted, granted.text).toMatchObject({
    status: 200,
    body: { grantedBy: 'bo', eligible: expect.arrayContaining(['serviceManager']) as string[], used: [] },
  });
  // Of this case alone.
  expect((await decide(an, await estimated())).body['code']).toBe('wrong-role');
  expect(estimate(await an.get(`/api/cases/${number}/next`))).toMatchObject({ mine: true });
  expect((await decide(an, number)).status).toBe(200);
  const actor = { person: 'an', role: 'serviceManager', emergency: id };
  const events = (await bo.get(`/api/cases/${number}/events?limit=100`)).body['items'] as { seq: number; kind: string; actor: object; data: Record<string, unknown> }[]; // prettier-ignore
  expect(events.find((e) => e.kind === 'decided')).toMatchObject({ actor });
  expect(events.filter((e) => e.kind === 'told' && e.data['what'] === 'emergency-used').map((e) => e.data['role'])).toContain(
    'generalManager',
  );
  const told = await office.db
    .selectFrom('outbox')
    .select('recipient')
    .where('case_number', '=', number)
    .where('kind', '=', 'told')
    .execute();
  expect(told.map((t) => t.recipient)).toContain('generalManager');
  expect((await bo.get(`/api/cases/${number}`)).body['decisions'].at(-1)).toMatchObject({ person: 'an', emergency: id, for: null });

  const mine = async (who: Caller) =>
    ((await who.get('/api/emergency-grants')).body['items'] as { id: string }[]).find((one) => one.id === id);
  expect(await mine(ci)).toMatchObject({ reviewedAt: null, reviewOverdue: false, reviewDueAt: expect.any(String) as string });
  expect(((await mine(ci)) as unknown as { used: number[] }).used.length).toBeGreaterThan(0);
  const review = (who: Caller) => who.post(`/api/emergency-grants/${id}/review`, { rightDone: true, finding: '处置得当' });
  for (const who of [an, bo]) expect((await review(who)).body['code']).toBe('two-others-needed');
  expect(await review(ci)).toMatchObject({ status: 200, body: { reviewedBy: 'ci', rightDone: true } });
  expect((await review(await overseer('du'))).body['code']).toBe('emergency-done');
});

/** By a session in which the person has just signed in. */
async function grantOf(who: Caller, id: string): Promise<Answer> {
  const { person } = (await who.get('/api/me')).body;
  return (await api.bySession(String(person))).post(`/api/emergency-grants/${id}/grant`, { reason: 'r' });
}

test('a grant is good for one task and one decision: a new version of what it was for is another task', async () => {
  const [an, bo] = [await overseer('an'), await overseer('bo')];
  const number = await estimated();
  const id = await asked(an, number);
  expect((await grantOf(bo, id)).status).toBe(200);
  const reject = { form: { decision: 'reject', version: 1, reason: '偏高' } };
  expect((await an.post(`/api/cases/${number}/steps/estimate.approve`, reject)).status).toBe(200);
  await step(api, number, 'customerService', 'estimate', { amount: '700.00', explanation: '减项' });
  const task = (((await bo.get(`/api/cases/${number}`)).body['tasks'] as { id: string; step: string; status: string }[])).find((t) => t.step === 'estimate.approve' && t.status === 'open'); // prettier-ignore
  expect(task?.id).not.toBe('estimate.approve#1');
  expect(estimate(await an.get(`/api/cases/${number}/next`))).toMatchObject({ mine: false });
  const again = await an.post(`/api/cases/${number}/steps/estimate.approve`, { form: { decision: 'approve', version: 2 } });
  expect(again).toMatchObject({ status: 403, body: { code: 'wrong-role' } });
});

test('a grant is taken back by an overseer, once and for all; it is granted within minutes of a sign-in, and by no token', async () => {
  const [an, bo, ci] = [await overseer('an'), await overseer('bo'), await overseer('ci')];
  const number = await estimated();
  const id = await asked(an, number);
  const grant = (who: Caller) => who.post(`/api/emergency-grants/${id}/grant`, { reason: 'r' });
  for (const one of [bo, await api.bySession('bo', Date.now() - 6 * 60_000)])
    expect(await grant(one)).toMatchObject({ status: 403, body: { code: 'fresh-sign-in' } });
  expect((await grant(await api.bySession('bo'))).status).toBe(200);
  expect(estimate(await an.get(`/api/cases/${number}/next`))).toMatchObject({ mine: true });
  const back = (who: Caller) => who.post(`/api/emergency-grants/${id}/end`, { reason: '主管已到' });
  expect((await back(await called('outsider'))).status).toBe(403);
  expect(await back(ci)).toMatchObject({ status: 200, body: { endedBy: 'ci', endReason: '主管已到' } });
  expect(await back(bo)).toMatchObject({ status: 200, body: { endedBy: 'ci' } });
  expect((await decide(an, number)).body['code']).toBe('wrong-role');
  const never = await asked(an, number);
  expect((await bo.post(`/api/emergency-grants/${never}/end`, { reason: 'r' })).status).toBe(200);
  expect((await grantOf(bo, never)).body['code']).toBe('bad-emergency');
});

test('nobody asks, grants or decides in an emergency on what they drew up', async () => {
  const [an, bo] = [await overseer('an'), await overseer('bo')];
  const drew = await api.as('customerService');
  const number = await estimated();
  const until = isoBeijing(Date.now() + HOUR);
  const body = { case: number, task: 'estimate.approve#1', until, reason: 'r' };
  expect((await drew.post('/api/emergency-grants', body)).body['code']).toBe('contributor-cannot-approve');
  expect((await an.post('/api/emergency-grants', { ...body, person: 'customerService' })).body['code']).toBe('contributor-cannot-approve');
  const id = await asked(an, number);
  expect((await grantOf(drew, id)).body['code']).toBe('contributor-cannot-approve');
  // Past the API: a row that names the author as who granted it. The case judges it all the same.
  await sql`insert into emergency_grant (ask, person, reason, at, key, review_due_at) values (${id}, 'customerService', 'r', now() - interval '1 minute', ${`raw:${id}`}, now())`.execute(office.db); // prettier-ignore
  expect(await decide(an, number)).toMatchObject({ status: 403, body: { code: 'contributor-cannot-approve' } });
  void bo;
});

const inbox = async (who: Caller, id: string): Promise<string | undefined> =>
  ((await who.get('/api/tasks')).body['emergencies'] as { id: string; waitsFor: string }[]).find((one) => one.id === id)?.waitsFor;

test('what waits to be granted or reviewed stands in the inbox of whoever may, and in nobody else’s; the decision names the grant', async () => {
  const [an, bo, ci, other] = [await overseer('an'), await overseer('bo'), await overseer('ci'), await called('outsider')];
  const number = await estimated();
  const drew = await api.as('customerService');
  const id = await asked(an, number, { person: 'an' });
  const all = async () => Promise.all([an, bo, ci, other, drew].map((who) => inbox(who, id)));
  expect(await all()).toEqual([undefined, 'grant', 'grant', undefined, undefined]);
  expect((await grantOf(bo, id)).status).toBe(200);
  expect(await all()).toEqual([undefined, undefined, 'review', undefined, 'review']);
  expect((await decide(an, number)).status).toBe(200);
  expect(await all()).toEqual([undefined, undefined, 'review', undefined, 'review']);
  const decided = async () =>
    ((await ci.get(`/api/cases/${number}/decisions`)).body['items'] as { emergencyGrant: object | null }[]).map(
      (one) => one.emergencyGrant,
    );
  expect(await decided()).toEqual([null, expect.objectContaining({ id, askedBy: 'an', grantedBy: 'bo', reviewedBy: null, reason: '主管均不在,水管爆裂' })]); // prettier-ignore
  const review = { rightDone: true, finding: '处置得当' };
  expect((await ci.post(`/api/emergency-grants/${id}/review`, review)).status).toBe(200);
  expect(await all()).toEqual([undefined, undefined, undefined, undefined, undefined]);
  expect((await decided()).at(-1)).toMatchObject({ reviewedBy: 'ci', rightDone: true });
  const never = await asked(an, await estimated());
  expect(await inbox(bo, never)).toBe('grant');
  expect((await bo.post(`/api/emergency-grants/${never}/end`, { reason: 'r' })).status).toBe(200);
  expect(await inbox(bo, never)).toBeUndefined();
});

test('of taking a grant back and deciding by it one stands: 50 pairs', { timeout: 600_000 }, async () => {
  const [an, bo, ci] = [await overseer('an'), await overseer('bo'), await overseer('ci')];
  const stood = { decided: 0, ended: 0 };
  const pair = async (n: number): Promise<void> => {
    const number = await estimated();
    const id = await asked(an, number);
    expect((await grantOf(bo, id)).status).toBe(200);
    const back = async () => ci.post(`/api/emergency-grants/${id}/end`, { reason: 'r' });
    const later = <T>(ms: number, act: () => Promise<T>): Promise<T> => pause(ms).then(act);
    const [made, ended] = await Promise.all([later(n % 3 === 1 ? 15 : 0, () => decide(an, number)), later(n % 3 === 2 ? 15 : 0, back)]);
    expect([made.status, ended.status].toSorted((a, b) => a - b)[0], `${made.text} ${ended.text}`).toBe(200);
    if (made.status === 200) {
      expect(ended).toMatchObject({ status: 409, body: { code: 'emergency-done' } });
      stood.decided += 1;
    } else {
      expect(['emergency-over', 'wrong-role']).toContain(made.body['code']);
      expect((await decide(an, number)).body['code']).toBe('wrong-role');
      stood.ended += 1;
    }
  };
  for (let n = 0; n < 50; n += 5) await Promise.all([0, 1, 2, 3, 4].map((k) => pair(n + k)));
  expect(stood.decided + stood.ended).toBe(50);
  expect(Math.min(stood.decided, stood.ended), JSON.stringify(stood)).toBeGreaterThan(0);
});

test('two who grant at once: one of them stands, the other is told who', async () => {
  const people = [await overseer('bo'), await overseer('ci'), await overseer('du')];
  for (let round = 0; round < 3; round++) {
    const id = await asked(await overseer('an'), await estimated());
    const answers = await Promise.all(people.map((who) => grantOf(who, id)));
    expect(answers.map((a) => a.status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
    const by = String(answers.find((a) => a.status === 200)!.body['grantedBy']);
    for (const lost of answers.filter((a) => a.status === 409)) expect(lost.body).toMatchObject({ code: 'emergency-done', detail: expect.stringContaining(by) }); // prettier-ignore
  }
});

test('it is over when its time is, and what is not right is said', async () => {
  const an = await overseer('an');
  const number = await estimated();
  const raw = async (ends: string): Promise<void> => {
    await sql`with a as (insert into emergency_ask (case_number, pack_id, task_id, step, role, person, asked_by, reason, eligible, ends_at, at, key)
      values (${number}, 's3-cs19', 'estimate.approve#1', 'estimate.approve', 'serviceManager', 'an', 'an', 'r', '{}',
        now() + ${ends}::interval, now() - interval '2 hours', ${`raw:${ends}:${number}`}) returning id)
      insert into emergency_grant (ask, person, reason, at, key, review_due_at) select id, 'bo', 'r', now() - interval '1 hour', ${`g:${ends}:${number}`}, now() - interval '1 minute' from a`.execute(office.db); // prettier-ignore
  };
  await overseer('bo');
  await raw('-1 second');
  expect((await decide(an, number)).body['code']).toBe('wrong-role');
  const listed = (await an.get('/api/emergency-grants')).body['items'] as { case: string; reviewOverdue: boolean }[];
  expect(listed.find((one) => one.case === number)).toMatchObject({ reviewOverdue: true });
  await raw('1 hour');
  expect((await decide(an, number)).status).toBe(200);

  const open = await estimated();
  const right = { case: open, task: 'estimate.approve#1', until: isoBeijing(Date.now() + HOUR), reason: 'r' };
  await called('blind', 'finance');
  for (const [body, status, code] of [
    [{ until: isoBeijing(Date.now() + 25 * HOUR) }, 422, 'bad-emergency'],
    [{ until: isoBeijing(Date.now() - HOUR) }, 422, 'bad-emergency'],
    [{ person: 'blind' }, 422, 'bad-emergency'],
    [{ task: 'severity#1' }, 422, 'bad-emergency'],
    [{ task: 'survey#1' }, 409, 'task-not-open'],
    [{ case: 'CS19-2026-000000' }, 404, 'not-found'],
  ] as const)
    expect(await an.post('/api/emergency-grants', { ...right, ...body }), code).toMatchObject({ status, body: { code } });
  expect((await (await called('outsider')).post('/api/emergency-grants', right)).body['code']).toBe('not-allowed');
});
