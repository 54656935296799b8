/** Every kind of case that customers follow, by a link: whatever the public routes answer is in their words, and ends with the link. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { AnyEvent } from '../../domain/case/event.ts';
import { loadCustomerSides } from '../../packs/customer/load.ts';
import { loadPack } from '../../packs/load.ts';
import { cementStories } from '../histories/cement-stories.ts';
import { feedbackStories } from '../histories/feedback-stories.ts';
import { serviceControlStories } from '../histories/service-control-stories.ts';
import { standardStories } from '../histories/standard-stories.ts';
import { faultOf, textsOf } from '../support/customer-words.ts';
import { administrator } from './support/administrators.ts';
import { useApi, type Answer, type Caller } from './support/api.ts';
import { useEngine } from './support/engine.ts';

const engine = useEngine();
const api = useApi(engine, { trustedProxies: ['127.0.0.1'] });

const openings = [
  ...['repair', 'other'].map((kind) => ({ pack: 's3-cs19', kind, by: 'recordsClerk', form: { channel: 'hotline', summary: '漏水' } })),
  { pack: 's3-cs19', kind: 'finalPayment', by: 'customerService', form: { builder: 'builder-a' } },
  {
    pack: 's3-cs19',
    kind: 'bonusEvaluation',
    by: 'customerService',
    form: { worker: 'teamLeader', from: '2026-01-01 00:00', to: '2026-03-31 23:59' },
  },
  ...[...cementStories, ...serviceControlStories, ...standardStories, ...feedbackStories].flatMap(({ opening }) => opening ?? []),
];
const followed = [...loadCustomerSides()]
  .filter(([id]) => id !== 's3-cs19-demo')
  .flatMap(([pack, side]) => side.kinds.map((kind) => ({ pack, kind, side })));

const GRADES = { quality: 4, attitude: 5, speed: 2 };
const REQUEST = '00000000-0000-4000-8000-000000000000';
/** What a customer can send, right and wrong, with what it may come to. */
const ASKED: readonly (readonly [path: string, body: Record<string, unknown>, statuses: readonly number[]])[] = [
  ['', {}, [200]],
  ['/nudge', { words: '请尽快' }, [200, 409]],
  ['/nudge', {}, [409, 429]],
  ['/opinion', { solved: false }, [422]],
  ['/opinion', { solved: true, degree: 'nonsense', words: '好' }, [200, 422]],
  ['/opinion', { solved: true, words: '好' }, [200]],
  ['/messages', { words: '请下午来' }, [200]],
  ['/survey', GRADES, [200]],
  ['/consent', { request: REQUEST, consent: true }, [404]],
  ['/survey', { ...GRADES, speed: 6 }, [400]],
  ['/messages', {}, [400]],
  ['', { tail: '0000' }, [404]],
];

const caller = (pack: string, role: string): Promise<Caller> => api.withPacks(`${role}-of-${pack}`, { [pack]: [role] });

async function opened({ pack, kind }: { pack: string; kind: string }): Promise<{ number: string; by: string }> {
  const opening = openings.find((one) => one.pack === pack && one.kind === kind) ?? expect.fail(`no story opens ${pack} ${kind}`);
  const answer = await (await caller(pack, opening.by)).post('/api/cases', { pack, kind, form: opening.form });
  if (answer.status !== 201) throw new Error(answer.text);
  return { number: String(answer.body['number']), by: opening.by };
}

let address = 0;

async function linkOf(pack: string, { number, by }: { number: string; by: string }): Promise<Answer> {
  return (await caller(pack, by)).post(`/api/cases/${number}/tracking-link`, { telephone: '138 0000 4321' });
}

describe.each(followed)('$pack $kind', ({ pack: id, kind, side }) => {
  test.each(['zh', 'en'] as const)('is told in the customer’s words: %s', async (lang) => {
    const mine = await opened({ pack: id, kind });
    const link = await linkOf(id, mine);
    expect(link.status, link.text).toBe(201);
    const door = { secret: link.body['secret'], tail: '4321' };
    const rows = await engine.db.selectFrom('event').select('body').where('case_number', '=', mine.number).execute();
    const inside = { side, pack: loadPack(id), events: rows.map(({ body }) => body as AnyEvent) };
    // Another address each: what one of them may ask in a minute is bounded.
    const from = (address += 1);
    const headers = { 'accept-language': lang, 'x-forwarded-for': `192.0.2.${from}` };
    const faults: string[] = [];
    for (const [path, body, statuses] of ASKED) {
      const answer = await api.anybody.post(`/api/public/tracking${path}`, { ...door, ...body }, headers);
      expect(statuses, `${path} ${answer.text}`).toContain(answer.status);
      faults.push(...textsOf(answer.body).flatMap((one) => faultOf(one, inside, lang) ?? []).map((fault) => `${path} ${fault}`)); // prettier-ignore
    }
    expect(faults).toEqual([]);
  });
});

test('what may be reported is asked for in words, in either language', async () => {
  const { items } = (await api.anybody.get('/api/public/intake')).body as { items: { pack: string }[] };
  expect(items.length).toBeGreaterThan(4);
  const faults = items.flatMap((item) => {
    const inside = { side: loadCustomerSides().get(item.pack)!, pack: loadPack(item.pack), events: [] };
    return textsOf(item).filter(({ name }) => name === 'zh' || name === 'en').flatMap((one) => faultOf(one, inside) ?? []); // prettier-ignore
  });
  // A kind may bear the plain word for what it is: a repair, a complaint.
  expect(faults.filter((fault) => !/: the code [a-z]+$/.test(fault))).toEqual([]);
});

test.each([
  ['s3-cs19', 'finalPayment'],
  ['s3-cs19', 'bonusEvaluation'],
  ['s4-feedback', 'capa'],
  ['s4-feedback', 'recall'],
])('nobody outside follows a case that has no customer: %s %s', async (pack, kind) => {
  expect(loadCustomerSides().get(pack)!.kinds).not.toContain(kind);
  expect((await linkOf(pack, await opened({ pack, kind }))).status).toBe(404);
});

describe('a link of a customer who is erased', () => {
  let number = '';
  let door: Record<string, unknown>;
  beforeAll(async () => {
    const made = await opened({ pack: 's3-cs19', kind: 'repair' });
    ({ number } = made);
    door = { secret: (await linkOf('s3-cs19', made)).body['secret'], tail: '4321' };
    expect((await api.anybody.post('/api/public/tracking', door)).status).toBe(200);
    const service = await api.as('customerService');
    const ended = await service.post(`/api/cases/${number}/withdraw`, { form: { reason: '已修', evidence: '来电' } });
    expect(ended.status, ended.text).toBe(200);
    const boss = await administrator(api, engine.db, 'erasing-admin');
    const erased = await boss.post('/api/erasures', { of: `case:${number}`, subjects: 1, reason: '本人要求' });
    expect(erased.status, erased.text).toBe(200);
  });

  test('opens nothing and takes nothing any more', async () => {
    for (const [path, body] of ASKED.filter(([, , statuses]) => !statuses.includes(400) && !statuses.includes(422)))
      expect((await api.anybody.post(`/api/public/tracking${path}`, { ...door, ...body })).status, path).toBe(404);
    const clerk = await api.as('recordsClerk');
    const { items } = (await clerk.get(`/api/cases/${number}/tracking-links`)).body;
    expect(items).toMatchObject([{ endedBy: 'erasing-admin', endedAt: expect.any(String) }]);
  });

  test('cannot be made anew', async () => {
    expect(await linkOf('s3-cs19', { number, by: 'recordsClerk' })).toMatchObject({ status: 410, body: { code: 'erased' } });
  });
});
