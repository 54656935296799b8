/** People at work while processes die: each request is repeated with its own key until it is answered for good. */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { hashSecret } from '../../api/sign-in/secret.ts';
import type { Db } from '../../db/database.ts';

const PACKS = ['s3-cs19', 's3-cs19-demo'];
const ROLES = ['recordsClerk', 'customerService', 'serviceManager', 'teamLeader', 'deputyChiefEngineer', 'finance'];
const GIVE_UP_MS = 120_000;

/** An answer that promised something: what was decided, under which key. */
export interface Acked {
  readonly key: string;
  readonly number: string;
  readonly seq: number;
  readonly step: string;
}

export interface Load {
  readonly acked: Acked[];
  readonly refused: string[];
  /** Runs `cases` cases to their end, `atOnce` at a time. */
  run(cases: number, atOnce: number): Promise<void>;
}

export async function loadOn(db: Db, apiUrl: string): Promise<Load> {
  const tokens = new Map<string, string>();
  for (const role of ROLES) {
    const token = randomBytes(32).toString('base64url');
    await db.insertInto('person').values({ id: role, name: role }).execute();
    await db
      .insertInto('person_role')
      .values(PACKS.map((pack_id) => ({ person: role, pack_id, role })))
      .execute();
    await db
      .insertInto('api_token')
      .values({ hash: hashSecret(token), person: role })
      .execute();
    tokens.set(role, token);
  }
  const acked: Acked[] = [];
  const refused: string[] = [];

  async function say(role: string, path: string, step: string, body: object): Promise<string> {
    const key = randomUUID();
    for (const until = Date.now() + GIVE_UP_MS; Date.now() < until; await pause(150)) {
      const answer = await fetch(`${apiUrl}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${tokens.get(role)}`, 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(20_000),
      }).catch(() => undefined);
      if (answer === undefined || answer.status === 202 || answer.status === 429 || answer.status >= 500) continue;
      const said = (await answer.json().catch(() => undefined)) as { number: string; seq: number; type?: string } | undefined;
      if (said === undefined) continue;
      if (!answer.ok) refused.push(`${step}: ${answer.status} ${said.type ?? ''}`);
      else acked.push({ key, number: said.number, seq: said.seq, step });
      return said.number;
    }
    throw new Error(`${step} was not answered for good within ${GIVE_UP_MS / 1_000} s`);
  }

  async function repairCase(n: number): Promise<void> {
    // Every third case breaks a promise while others are at work: its survey falls due some seconds after it is opened.
    const late = n % 3 === 0;
    const occurredAt = new Date(Date.now() - 24 * 3_600_000 + 3_000 + (n % 10) * 1_000).toISOString();
    const number = await say('recordsClerk', '/api/cases', 'open', {
      pack: late ? 's3-cs19-demo' : 's3-cs19',
      kind: 'repair',
      form: { channel: 'hotline', provisionalEstimate: '400.00' },
      ...(late ? { occurredAt } : {}),
    });
    if (late) await pause(14_000);
    const accepted = ['customerService', 'property', 'teamLeader'];
    const steps: [string, string, object][] = [
      ['customerService', 'survey', { trades: 'single', responsible: 'company', signedBy: accepted }],
      ['serviceManager', 'estimate.approve', { decision: 'approve', version: 1 }],
      ['customerService', 'completion', { acceptedBy: accepted, customerSigned: true }],
      ['recordsClerk', 'followUp', { satisfied: true }],
      ['teamLeader', 'finalAccount', { amount: '400.00' }],
      ['customerService', 'audit', { auditedAmount: '400.00' }],
      ['customerService', 'settlement', {}],
      ['deputyChiefEngineer', 'determination', { decision: 'approve', version: 1 }],
      ['finance', 'payment', { paid: '400.00' }],
    ];
    for (const [role, step, form] of steps) await say(role, `/api/cases/${number}/steps/${step}`, step, { form });
  }

  return {
    acked,
    refused,
    async run(cases, atOnce) {
      let next = 0;
      await Promise.all(
        Array.from({ length: atOnce }, async () => {
          while (next < cases) {
            next += 1;
            await repairCase(next);
          }
        }),
      );
    },
  };
}
