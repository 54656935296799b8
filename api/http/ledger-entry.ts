/** An entry that a person makes on an account: what it rests on is looked up, and what the case allows is held. */
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { enter, LedgerKeyReused, Overdraft, OwnDecision, type Basis } from '../../db/ledger.ts';
import type { Db, Trx } from '../../db/database.ts';
import { everyEventOf } from '../../db/read/events.ts';
import { movedByCase, type AccountRow } from '../../db/read/ledger.ts';
import type { AnyEvent } from '../../domain/case/event.ts';
import { boundOf } from '../../domain/ledger/case-bound.ts';
import { ruleOf } from '../../domain/ledger/entry.ts';
import { formatYuan, type Fen } from '../../domain/money.ts';
import type { Instant } from '../../domain/time.ts';
import { me } from '../plugins/auth.ts';
import { Problem } from '../problems/problem.ts';
import type { entryBody } from '../schemas/accounts.ts';
import { caseFor, type ShownCase } from './find.ts';
import { amountIn, badLedger } from './ledger.ts';

type Body = z.output<typeof entryBody>;
type Deps = { readonly db: Db; readonly clock: () => Instant };

/** Returns the id of the entry; the same key again that of the first. @throws Problem bad-amount, bad-ledger, overdraft, key-reused, not-found */
export async function enterOnAccount(deps: Deps, request: FastifyRequest, account: AccountRow, body: Body, key: string): Promise<string> {
  const { kind } = body;
  const amount = amountIn(body.amount);
  const { basis, held } = await basisOf(deps, request, body);
  if (held !== undefined && kind === 'funds' && held.state.answers['open']?.['outlet'] !== account.owner)
    throw badLedger('case', '案件不是本网点的设点申请', 'the case is no application of this outlet');
  const within = held === undefined ? undefined : (trx: Trx) => holdBound(trx, account.id, held, kind, amount);
  const entered = { ...basis, enteredBy: me(request).person };
  return enter(deps.db, { ...entered, account: account.id, kind, amount, effect: `key:${key}` }, account.floor, within).catch(said);
}

/** @throws Problem bad-ledger at the field that is missing, wrong or too many */
async function basisOf({ db, clock }: Deps, request: FastifyRequest, body: Body): Promise<{ basis: Basis; held?: Held }> {
  const { kind, decision, case: number, event, proposal, note } = body;
  const { rests } = ruleOf(kind);
  if (number !== undefined && decision !== undefined)
    throw badLedger('decision', '已注明案件的,决定在案件记录中', 'of a case the decision stands in its record; leave this out');
  if (number === undefined) {
    if (rests === 'case') throw badLedger('case', '须注明案件编号', 'the case must be named');
    if (decision === undefined)
      throw badLedger('decision', '须注明决定文件:文号、决定人、时间、理由', 'name the decision document: reference, by, at, reason');
    const { reference, by, at, reason } = decision;
    if (at > clock()) throw badLedger('decision.at', '决定时间不得晚于现在', 'it cannot have been decided later than now');
    return { basis: { decision: `document:${reference}`, decidedBy: by, decidedAt: at, reason } };
  }
  if (rests === 'document') throw badLedger('case', '此类分录不记案件', 'such an entry is of no case');
  const { recorded: state, veil } = await caseFor(db, request, number);
  const held = { state, veil };
  if (proposal !== undefined) {
    const found = Object.values(state.proposals).find(({ hash, outcome }) => hash === proposal && outcome === 'approved');
    if (found === undefined) throw badLedger('proposal', '案件中没有此已批准的方案', 'the case has no approved proposal of this hash');
    const last = found.decisions.at(-1);
    return {
      held,
      basis: { decision: `proposal:${proposal}`, caseNumber: number, decidedBy: last?.actor.person, decidedAt: last?.at, reason: note },
    };
  }
  const events = await everyEventOf(db, number);
  const decided = events.find(({ seq }) => seq === event);
  if (decided === undefined || !decides(decided))
    throw badLedger(
      'event',
      '须为案件记录中批准的决定,或拨付经费的环节',
      'name an approval in the record by its seq, or the step that supplied the funds',
    );
  return {
    held,
    basis: {
      decision: `event:${decided.seq}`,
      caseNumber: number,
      ...decidedIn(events, decided),
      reason: note,
    },
  };
}

/** An approval; or the step by which an outlet's funds are supplied as they were decided (OUT.P6). */
const decides = (event: AnyEvent): boolean =>
  event.kind === 'decided' ? event.data.decision === 'approve' : event.kind === 'submitted' && event.data.step === 'funds';

/** Supplying the funds carries out what was approved before it: decided by whoever approved. */
function decidedIn(events: readonly AnyEvent[], basis: AnyEvent): Pick<Basis, 'decidedBy' | 'decidedAt'> {
  const approval =
    basis.kind === 'submitted' ? events.findLast((one) => one.seq < basis.seq && one.kind === 'decided' && decides(one)) : basis;
  return { decidedBy: (approval ?? basis).actor?.person, decidedAt: (approval ?? basis).occurredAt };
}

/** What an entry is held against: the case as it is, and what of it is withheld from who enters. */
type Held = Pick<ShownCase, 'state' | 'veil'>;

/** @throws Problem bad-ledger when the case allows less, with how much it does, where that is theirs to read */
async function holdBound(trx: Trx, account: string, { state, veil }: Held, kind: Body['kind'], amount: Fen): Promise<void> {
  const moved = await movedByCase(trx, state.number);
  const drawn = [...moved].filter(([id]) => id.startsWith('fund:')).reduce((sum, [, fen]) => sum + fen, 0);
  const bound = boundOf(kind, state, moved.get(account) ?? 0, drawn);
  if (bound === undefined || amount <= bound) return;
  if (veil !== undefined) throw badLedger('amount', `超出案件 ${state.number} 允许的金额`, `case ${state.number} does not allow as much`);
  const most = formatYuan(bound);
  throw badLedger('amount', `按案件 ${state.number} 至多 ${most} 元`, `case ${state.number} allows ${most} yuan at most`);
}

function said(error: unknown): never {
  if (error instanceof OwnDecision) throw new Problem(error.duty.code);
  if (error instanceof LedgerKeyReused) throw new Problem('key-reused');
  if (!(error instanceof Overdraft)) throw error;
  const [left, asked, missing] = [error.left, error.asked, error.asked - error.left].map(formatYuan);
  throw new Problem('overdraft', {
    zh: `账户尚余 ${left} 元,拟支 ${asked} 元,尚缺 ${missing} 元;请先补足,或减少金额。`,
    en: `The account has ${left} yuan left, ${asked} asked, ${missing} short; replenish it first, or take less.`,
  });
}
