/** Steps 2 and 3 for one inbox row. Idempotent by key and by (case, seq): any process may do it, again and again. */
import type { Client } from '@temporalio/client';
import type { Db } from '../db/database.ts';
import type { Received } from '../db/inbox.ts';
import { settleInbox } from '../db/record.ts';
import type { Verdict } from '../domain/case/event.ts';
import { refuse, type RefusalCode } from '../domain/errors.ts';
import type { Message, OpenCase } from '../workflows/kit/messages.ts';
import { withContent } from './change.ts';
import { decideMessage, decideOpening, signalMessage, type Decision, type Engine } from './decide.ts';
import { recordInOrder } from './record.ts';
import { noteRefusals } from './refusals.ts';
import { storedRules, type RuleBook } from './rule-book.ts';
import type { Reply } from './types.ts';
import { forgeriesIn } from './vouch.ts';

/** Where a process may die between two steps; tests stop it there. */
export type Point = 'received' | 'decided' | 'recorded';

export interface Carrier {
  /** Called between the steps; nothing in production. */
  readonly between?: (point: Point) => Promise<void>;
  readonly db: Db;
  readonly engine: Engine & { readonly client: Client };
  /** The desk's seals, of which the first is the present one. */
  readonly sealKeys: readonly Buffer[];
  /** Says what the versions say that a message names; default: the store. */
  readonly rules?: Pick<RuleBook, 'pinned' | 'calendar'>;
}

/** What an opening's inbox row holds. */
export interface Opening {
  readonly workflow: string;
  readonly input: OpenCase;
}

export const isOpening = (row: Pick<Received, 'step'>): boolean => row.step === 'open';

export async function carry(carrier: Carrier, row: Received): Promise<Reply> {
  if (row.outcome !== undefined) return replyOf(row.number, row.outcome);
  await carrier.between?.('received');
  if (row.mode === 'signal') return carrySignal(carrier, row);
  return finish(carrier, row, await decide(carrier, row));
}

async function decide(carrier: Carrier, row: Received): Promise<Decision> {
  const { engine } = carrier;
  if (!isOpening(row)) return decideMessage(engine, row.number, await messageOf(carrier, row));
  const { workflow, input } = row.command as Opening;
  return decideOpening(engine, workflow, input);
}

function messageOf({ db, rules = storedRules({ db, stock: async () => undefined }) }: Carrier, row: Received): Promise<Message> {
  return withContent(rules, row.command as Message);
}

async function carrySignal(carrier: Carrier, row: Received): Promise<Reply> {
  const sent = await signalMessage(carrier.engine, row.number, await messageOf(carrier, row));
  return sent === 'no-run' ? finish(carrier, row, { status: 'no-run' }) : { status: 'received', number: row.number, key: row.key };
}

async function finish(carrier: Carrier, row: Received, decision: Decision): Promise<Reply> {
  const { db, engine, sealKeys } = carrier;
  switch (decision.status) {
    case 'answered': {
      const { events, verdict } = decision.answer;
      await carrier.between?.('decided');
      const batch = { number: row.number, events, outcomes: [{ key: row.key, verdict }] };
      await recordInOrder(db, engine.client, batch, (b) => forgeriesIn(db, sealKeys, b.number, b.events, row));
      await carrier.between?.('recorded');
      return replyOf(row.number, verdict);
    }
    case 'refused':
      return refused(carrier, row, decision.verdict);
    case 'no-run':
      return withoutRun(carrier, row);
    case 'unknown':
      return { status: 'received', number: row.number, key: row.key };
  }
}

/** A case without a run is closed, never was, or has an opening that is still to be carried on. */
async function withoutRun(carrier: Carrier, row: Received): Promise<Reply> {
  const file = await carrier.db.selectFrom('case_file').select('status').where('number', '=', row.number).executeTakeFirst();
  if (file !== undefined) return refused(carrier, row, refusal('case-closed'));
  const opening = await carrier.db
    .selectFrom('inbox')
    .select('key')
    .where('case_number', '=', row.number)
    .where('step', '=', 'open')
    .executeTakeFirst();
  if (opening === undefined) return refused(carrier, row, refusal('case-not-found'));
  return { status: 'received', number: row.number, key: row.key };
}

async function refused({ db }: Carrier, row: Received, verdict: Verdict): Promise<Reply> {
  const outcomes = [{ key: row.key, verdict }];
  await noteRefusals(db, outcomes);
  await settleInbox(db, { number: row.number, events: [], outcomes });
  return replyOf(row.number, verdict);
}

const refusal = (code: RefusalCode): Verdict => ({ outcome: 'refused', ...refuse(code) });

export function replyOf(number: string, verdict: Verdict): Reply {
  if (verdict.outcome === 'accepted') return { status: 'decided', number, seq: verdict.lastSeq, verdict };
  const { code, detail } = verdict;
  return { status: 'refused', number, code, ...(detail === undefined ? {} : { detail }) };
}
