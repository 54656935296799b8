/**
 * From a POST until a second connection has read the decision in the store, against the round trip of a bare update; one
 * at a time, slices interleaved floor, system, system, floor. Nothing is subtracted.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../../api/app.ts';
import { hashSecret } from '../../api/sign-in/secret.ts';
import { fileKeys } from '../../db/personal.ts';
import { diskStore } from '../../files/disk.ts';
import { connect, type Db } from '../../db/database.ts';
import { runBare } from './cases.ts';
import { median } from './legs.ts';
import { ruleBook } from '../../runtime/packs.ts';
import { benchPack, benchRules } from './pack.ts';
import type { Stage } from './stage.ts';
import { DECISIONS } from './workflows.ts';
import { testVault } from '../support/vault.ts';

const CASES_A_SLICE = 4;

export async function compareDecision(stage: Stage, pairs: number) {
  const { databaseUrl, db, desk } = stage;
  const token = await signUp(db);
  const app = await buildApp({
    db,
    desk,
    engineHealth: async () => true,
    files: diskStore(join(tmpdir(), `redress-bench-${randomUUID()}`), fileKeys(db)), // none is sent, so no folder is made
    rules: benchRules(ruleBook(db)),
    config: { databaseUrl, publicUrl: 'http://127.0.0.1', erasureLog: '/dev/null', logLevel: 'silent', requestsPerMinute: 1_000_000 },
  });
  const reader = connect({ url: databaseUrl, poolSize: 1, vault: testVault });
  try {
    const base = await app.listen({ host: '127.0.0.1', port: 0 });
    const own = (times: number[]): Promise<void> => overHttp(base, token, reader, times);
    const bare = async (times: number[]): Promise<void> => void (await runBare(stage, (ms) => times.push(ms)));
    const slice = async (run: (times: number[]) => Promise<void>): Promise<number> => {
      const times: number[] = [];
      for (let n = 0; n < CASES_A_SLICE; n += 1) await run(times);
      return median(times);
    };
    await slice(bare);
    await slice(own);
    const ratios: number[] = [];
    for (let n = 0; n < pairs; n += 1) {
      const [bareA, ownA] = [await slice(bare), await slice(own)];
      const [ownB, bareB] = [await slice(own), await slice(bare)];
      ratios.push((ownA + ownB) / (bareA + bareB));
    }
    return { decisionRatioP50: median(ratios), decisionRatios: ratios };
  } finally {
    await app.close();
    await reader.destroy();
  }
}

async function overHttp(base: string, token: string, reader: Db, times: number[]): Promise<void> {
  const post = async (path: string, body: unknown): Promise<{ number: string; seq: number }> => {
    const answer = await fetch(`${base}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as { number: string; seq: number };
  };
  const { number } = await post('/api/cases', { pack: benchPack.id, kind: 'reference', form: {} });
  for (let n = 0; n < DECISIONS; n += 1) {
    const began = performance.now();
    const { seq } = await post(`/api/cases/${number}/steps/decision`, { form: { decision: 'approve' } });
    await reader.selectFrom('event').select('seq').where('case_number', '=', number).where('seq', '=', seq).executeTakeFirstOrThrow();
    times.push(performance.now() - began);
  }
}

async function signUp(db: Db): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await db.insertInto('person').values({ id: 'p1', name: 'Clerk' }).execute();
  await db.insertInto('person_role').values({ person: 'p1', pack_id: benchPack.id, role: 'clerk' }).execute();
  await db
    .insertInto('api_token')
    .values({ hash: hashSecret(token), person: 'p1' })
    .execute();
  return token;
}
