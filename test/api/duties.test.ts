/** The table of duties through API and case, row by row: by the same person, by their substitute, their delegate, by somebody else. */
import { afterEach, describe, expect, test } from 'vitest';
import { setPassword } from '../../db/accounts.ts';
import { setRoles } from '../../db/people.ts';
import { duties, type Duty } from '../../domain/authority/duties.ts';
import { isoBeijing } from '../../domain/time.ts';
import { useApi, type Answer, type Caller } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { surveyForm } from './support/stories.ts';

const office = useEngine();
const api = useApi(office);
const HOUR = 3_600_000;

/** Something that `zhao` has done `done` to, and how anybody tries `then` on it. */
interface Stage {
  readonly number?: string;
  readonly step?: string;
  attempt(who: Caller): Promise<Answer>;
}

// Each row has people of its own, so that what one row leaves behind is nothing to the next.
const people = async (name: string) => {
  const cs19 = (person: string, ...roles: string[]) => api.withPacks(`${person}-${name}`, { 's3-cs19': roles, 's4-feedback': ['quality'], 's3-13485-contract': ['business', 'pmc', 'quality', 'development', 'production', 'purchasing', 'generalManager'], 's1-eval': ['serviceDepartment', 'manager', 'generalManager'] }); // prettier-ignore
  const all = ['customerService', 'serviceManager', 'deputyChiefEngineer', 'deputyGeneralManager', 'teamLeader', 'finance', 'recordsClerk'];
  return {
    zhao: await cs19('zhao', ...all),
    qian: await cs19('qian', ...all),
    // Has no part in anything but as the substitute of zhao.
    li: await api.withPacks(`li-${name}`, { 's3-cs19': ['recordsClerk'], 's4-feedback': ['salesperson'], 's3-13485-contract': ['salesperson'], 's1-eval': ['serviceDepartment'] }), // prettier-ignore
  };
};
/** Somebody who did what is neither of the two acts. */
const third = async (): Promise<Caller> => (await people('third')).qian;
type People = Awaited<ReturnType<typeof people>>;

async function did(who: Caller, number: string, step: string, form: object): Promise<void> {
  const answer = await who.post(`/api/cases/${number}/steps/${step}`, { form });
  expect(answer.status, answer.text).toBe(200);
}
async function opened(who: Caller, pack: string, kind: string, form: object): Promise<string> {
  const answer = await who.post('/api/cases', { pack, kind, form });
  expect(answer.status, answer.text).toBe(201);
  return String(answer.body['number']);
}
const ofCase = (number: string, step: string, form: object): Stage => ({
  number,
  step,
  attempt: (who) => who.post(`/api/cases/${number}/steps/${step}`, { form }),
});

const yes = { decision: 'approve', version: 1 };
/** A repair of so much, drawn up by somebody. */
async function estimated(by: Caller, estimate: string): Promise<string> {
  const number = await opened(by, 's3-cs19', 'repair', { channel: 'hotline', summary: 'water', provisionalEstimate: estimate });
  await did(by, number, 'survey', { ...surveyForm, estimate });
  return number;
}

const stages: Readonly<Record<string, (who: People) => Promise<Stage>>> = {
  'proposal draw-up review': async ({ zhao }) => ofCase(await estimated(zhao, '8600.00'), 'estimate.review', yes),
  'proposal draw-up approve': async ({ zhao }) => ofCase(await estimated(zhao, '800.00'), 'estimate.approve', yes),
  'proposal review approve': async ({ zhao }) => {
    const drawer = await third();
    const number = await estimated(drawer, '8600.00');
    await did(zhao, number, 'estimate.review', yes);
    return ofCase(number, 'estimate.approve', yes);
  },
  'account draw-up audit': async ({ zhao, qian }) => {
    const number = await estimated(zhao, '800.00');
    await did(qian, number, 'estimate.approve', yes);
    await did(zhao, number, 'completion', { acceptedBy: ['客户服务部', '物业公司', '维修队长'], customerSigned: true });
    await did(qian, number, 'followUp', { satisfied: true });
    await did(zhao, number, 'finalAccount', { amount: '800.00' });
    return ofCase(number, 'audit', { auditedAmount: '800.00' });
  },
  'action carry-out verify': async ({ zhao }) => {
    const dueAt = isoBeijing(Date.now() + 48 * HOUR);
    const number = await opened(zhao, 's4-feedback', 'capa', { finding: 'f', owner: 'quality', dueAt });
    await did(zhao, number, 'correctiveAction', { cause: 'c', corrective: 'c', preventive: 'p', evidence: 'e' });
    return ofCase(number, 'verification', { carriedOut: true, finding: 'f', effectCheckAt: isoBeijing(Date.now() + 96 * HOUR) });
  },
  'contract draw-up sign': async ({ zhao }) => contract(zhao, await third()),
  'contract review sign': async ({ zhao, li }) => contract(li, zhao),
  'entry write review': async ({ zhao }) => entry(zhao, 'review', ['submit', zhao]),
  'entry write approve': async ({ zhao }) => entry(zhao, 'approve', ['submit', zhao], ['review', await third()]),
  'entry write reject': async ({ zhao }) => entry(zhao, 'reject', ['submit', zhao]),
  'entry write withdraw': async ({ zhao, qian }) => {
    return entry(zhao, 'withdraw', ['submit', zhao], ['review', qian], ['approve', await third()]);
  },
  'entry review approve': async ({ zhao, li }) => entry(li, 'approve', ['submit', li], ['review', zhao]),
  'emergency ask grant': async ({ zhao }) => asked(zhao, await third(), 'grant'),
  'emergency use grant': async ({ zhao }) => asked(await third(), zhao, 'grant'),
  'emergency ask review': async ({ zhao }) => asked(zhao, await third(), 'review', await fourth()),
  'emergency grant review': async ({ zhao }) => asked(await third(), await fourth(), 'review', zhao),
  'emergency use review': async ({ zhao }) => asked(await third(), zhao, 'review', await fourth()),
  'joint-act ask confirm': async ({ zhao, qian }) => jointAct(zhao, await third(), qian),
  'joint-act benefit confirm': async ({ zhao, qian }) => jointAct(await third(), zhao, qian),
  'ledger decide enter': async ({ zhao, qian }) => {
    const drawer = await third();
    const number = await estimated(drawer, '800.00');
    await did(zhao, number, 'estimate.approve', yes);
    const { proposals } = (await zhao.get(`/api/cases/${number}`)).body;
    const decision = { reference: 'D-1', by: 'board', at: '2026-01-05 09:00', reason: 'r' };
    const fund = await qian.post('/api/accounts', { kind: 'fund', fund: 'customerService', decision }, { 'idempotency-key': 'duty-fund' });
    expect([201, 403]).toContain(fund.status);
    const at = `/api/accounts/${encodeURIComponent('fund:customerService')}/entries`;
    return { attempt: (who) => who.post(at, { kind: 'draw', amount: '1.00', case: number, proposal: proposals[0].hash }) };
  },
};

const fourth = async (): Promise<Caller> => (await people('fourth')).qian;

const personOf = async (who: Caller): Promise<string> => String((await who.get('/api/me')).body['person']);

/** The same person by a session: no token grants. */
const justSignedIn = async (who: Caller): Promise<Caller> => api.bySession(await personOf(who));

/** A role for `whom`, asked for by one administrator; all three are. */
async function jointAct(asker: Caller, whom: Caller, other: Caller): Promise<Stage> {
  for (const person of await Promise.all([asker, whom, other].map(personOf))) {
    await setRoles(office.db, person, 'redress', ['administrator']);
    await setPassword(office.db, { person, passwordHash: 'none', at: Date.now(), keepTokens: true });
  }
  const roles = { pack: 's3-cs19', roles: ['generalManager'] };
  const made = await (await justSignedIn(asker)).post(`/api/people/${await personOf(whom)}/roles`, roles);
  expect(made.status, made.text).toBe(202);
  return { attempt: async (who) => (await justSignedIn(who)).post(`/api/joint-acts/${String(made.body['id'])}/confirm`, undefined) };
}

/** Asked for a person by another, and with `by` granted by a third. */
async function asked(asker: Caller, user: Caller, then: 'grant' | 'review', by?: Caller): Promise<Stage> {
  const drawer = await api.withPacks('drawer', { 's3-cs19': ['customerService', 'recordsClerk'] });
  const number = await estimated(drawer, '800.00');
  const person = await personOf(user);
  const body = { case: number, task: 'estimate.approve#1', person, until: isoBeijing(Date.now() + HOUR), reason: 'nobody there' };
  const made = await asker.post('/api/emergency-grants', body);
  expect(made.status, made.text).toBe(201);
  const at = `/api/emergency-grants/${String(made.body['id'])}`;
  const grant = async (who: Caller) => (await justSignedIn(who)).post(`${at}/grant`, { reason: 'r' });
  if (by !== undefined) expect((await grant(by)).status).toBe(200);
  return { attempt: then === 'grant' ? grant : (who) => who.post(`${at}/review`, { rightDone: true, finding: 'f' }) };
}

async function contract(author: Caller, reviewer: Caller): Promise<Stage> {
  const form = { requirement: 'order', buyer: 'endCustomer', medicalDevice: true, stated: 's', legal: 'l', warrantyMonths: 24 };
  const number = await opened(author, 's3-13485-contract', 'contractReview', form);
  for (const subject of ['business', 'capacity', 'acceptance', 'technical', 'production', 'purchasing'])
    await did(reviewer, number, `${subject}Opinion`, { fit: true, opinion: 'o' });
  return ofCase(number, 'sign', { signed: true });
}

async function entry(author: Caller, then: string, ...acts: readonly (readonly [string, Caller])[]): Promise<Stage> {
  const base = '/api/registers/serviceRules/entries';
  const added = await author.post(base, {
    body: {
      title: `t-${Math.random()}`,
      edition: 'A',
      scope: 's',
      functions: 'f',
      organisation: 'o',
      operation: 'o',
      inForceFrom: '2026-01-01',
    },
  });
  expect(added.status, added.text).toBe(201);
  const url = `${base}/${String(added.body['id'])}`;
  const headers = { 'if-match': '"1"' };
  for (const [act, who] of acts) {
    const answer = await who.post(`${url}/${act}`, {}, headers);
    expect(answer.status, answer.text).toBe(200);
  }
  return { attempt: (who) => who.post(`${url}/${then}`, { reason: 'r' }, headers) };
}

afterEach(async () => {
  await office.db.updateTable('absence').set({ ended_at: new Date() }).where('ended_at', 'is', null).execute();
});

const nameOf = ({ thing, done, never }: Duty): string => `${thing} ${done} ${never}`;

test('every row is played', () => {
  expect(Object.keys(stages).toSorted()).toEqual(duties.map(nameOf).toSorted());
});

describe.each(duties.map((duty) => ({ name: nameOf(duty), duty })))('$name', ({ name, duty }) => {
  test('not by the same person, nor by their substitute; by somebody else', async () => {
    const who = await people(name.replaceAll(' ', '-'));
    const stage = await stages[name]!(who);
    const span = { from: isoBeijing(Date.now() - HOUR), until: isoBeijing(Date.now() + HOUR) };
    expect(await stage.attempt(who.zhao)).toMatchObject({ status: 403, body: { code: duty.code } });
    if (stage.step !== undefined) {
      const next = (await who.zhao.get(`/api/cases/${stage.number}/next`)).body['items'] as {
        step: string;
        mine: boolean;
        barred: object;
      }[];
      expect(next.find(({ step }) => step === stage.step)).toMatchObject({
        mine: false,
        barred: { code: duty.code, zh: expect.stringContaining('不得') as string },
      });
    }
    const away = await who.zhao.post('/api/absences', { substitute: `li-${name.replaceAll(' ', '-')}`, ...span });
    expect(away.status, away.text).toBe(201);
    expect([403, 404]).toContain((await stage.attempt(who.li)).status);
    await office.db.updateTable('absence').set({ ended_at: new Date() }).where('ended_at', 'is', null).execute();
    const pack = duty.thing === 'contract' ? 's3-13485-contract' : duty.thing === 'action' ? 's4-feedback' : 's3-cs19';
    const { from, until } = span;
    const given = await who.zhao.post('/api/delegations', { delegate: `li-${name.replaceAll(' ', '-')}`, pack, from, until, reason: 'r' });
    expect(given.status, given.text).toBe(201);
    expect([403, 404]).toContain((await stage.attempt(who.li)).status);
    const other = await stage.attempt(who.qian);
    expect([200, 201], other.text).toContain(other.status);
  });
});
