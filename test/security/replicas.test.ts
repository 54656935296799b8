/** Approve through one replica and reject through the other at the same moment: one holds, and both replicas say the same ever after. */
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { connect, type Db } from '../../db/database.ts';
import { createDesk, type Desk } from '../../desk/index.ts';
import { ruleBook } from '../../runtime/packs.ts';
import { useApi, type Answer, type Caller } from '../api/support/api.ts';
import { useEngine } from '../api/support/engine.ts';
import { openRepair, step, surveyForm } from '../api/support/stories.ts';
import { testSealKey } from '../support/seal.ts';
import { testVault } from '../support/vault.ts';

const PROPOSALS = process.env['REDRESS_FULL'] === '1' ? 1_000 : 200;
const AT_ONCE = 20;

const engine = useEngine();
const one = useApi(engine);
let db: Db;
let desk: Desk;
let connection: Connection;
// Its own pool, its own connection to the engine, its own desk: nothing is shared but the two servers and the seal.
beforeAll(async () => {
  db = connect({ url: engine.url, poolSize: 8, vault: testVault });
  connection = await Connection.connect({ address: inject('temporalAddress') });
  desk = createDesk({
    db,
    engine: { client: new Client({ connection }), taskQueue: engine.queue },
    rules: ruleBook(db),
    sealKey: testSealKey,
  });
});
const other = useApi({
  get db() {
    return db;
  },
  get url() {
    return engine.url;
  },
  get desk() {
    return desk;
  },
});
afterAll(async () => {
  await db.destroy();
  await connection.close();
});

const wording = { approve: { zh: '批准', en: 'approved' }, reject: { zh: '不同意', en: 'rejected' } } as const;

interface Racer {
  readonly decision: 'approve' | 'reject';
  readonly person: string;
  readonly caller: Caller;
  readonly lang: 'zh' | 'en';
}

/** Sends one side of the race; where the answer is not there yet, asks until it is. */
async function decide({ caller, decision, lang }: Racer, number: string): Promise<Answer> {
  const form = { decision, version: 1, ...(decision === 'reject' ? { reason: '估价偏高' } : {}) };
  const answer = await caller.post(`/api/cases/${number}/steps/estimate.approve`, { form }, { 'accept-language': lang });
  for (let now = answer; ;) {
    if (now.status !== 202 && now.body['status'] !== 'received') return now;
    await new Promise((again) => setTimeout(again, 200));
    now = await caller.get(String(answer.headers['location']), { 'accept-language': lang });
  }
}

const decisionsOn = async (caller: Caller, number: string): Promise<unknown[]> =>
  (await caller.get(`/api/cases/${number}`)).body['proposals'];

async function race(racers: readonly [Racer, Racer]): Promise<'approve' | 'reject'> {
  const number = await openRepair(one);
  await step(other, number, 'customerService', 'survey', surveyForm);
  const answers = await Promise.all(racers.map((racer) => decide(racer, number)));
  const won = answers.findIndex(({ body: { status } }) => status === 'decided');
  const [winner, loser] = [racers[won]!, racers[1 - won]!];
  const lost = answers[1 - won]!;
  expect(lost.body, lost.text).toMatchObject({ code: 'task-closed', detail: expect.stringContaining(`Name of ${winner.person}`) });
  expect(lost.body['detail']).toContain(wording[winner.decision][loser.lang]);

  for (const { caller } of racers)
    expect(await decisionsOn(caller, number)).toMatchObject([
      { name: 'estimate', version: 1, decisions: [{ decision: winner.decision, actor: { person: winner.person } }] },
    ]);
  const kinds = (await loser.caller.get(`/api/cases/${number}/events?limit=100`)).body['items'] as { kind: string; data: unknown }[];
  expect(kinds.filter(({ kind }) => kind === 'decided')).toMatchObject([{ data: { decision: winner.decision } }]);
  return winner.decision;
}

test(`${PROPOSALS} races through two replicas: one decision each, the loser is told whose`, { timeout: PROPOSALS * 1_500 }, async () => {
  const racer = async (decision: Racer['decision'], replica: typeof one, lang: Racer['lang']): Promise<Racer> => {
    const person = `${decision}s-it`;
    return { decision, person, lang, caller: await replica.withPacks(person, { 's3-cs19': ['serviceManager'] }) };
  };
  const here = [await racer('approve', one, 'zh'), await racer('reject', other, 'en')] as const;
  const there = [await racer('reject', one, 'zh'), await racer('approve', other, 'en')] as const;
  const won = { approve: 0, reject: 0 };
  let left = PROPOSALS;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      won[await race(left % 2 === 0 ? here : there)] += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  expect(won.approve + won.reject).toBe(PROPOSALS);
  expect(Math.min(won.approve, won.reject)).toBeGreaterThan(0);
});
