/** What a repair brings about outside its record: work order, settlement, dossier. Each once, however often it is tried. */
import { sql } from 'kysely';
import type { Db, Trx } from '../db/database.ts';
import { findEntry } from '../db/read/entries.ts';
import { type Entry, listShortfall, lockAccount, post, takeWhatIsLeft } from '../db/ledger.ts';
import { drawnByCase, findAccount, movedByCase } from '../db/read/ledger.ts';
import { accounts } from '../domain/ledger/account.ts';
import type { Fen } from '../domain/money.ts';
import { deduction } from '../domain/ledger/cover.ts';
import type { EffectPorts, LookUpPorts, Settlement, WorkOrder } from '../workflows/kit/ports.ts';
import { once } from './once.ts';
import { recordedCall } from './recorded-call.ts';

/** The fund that work orders draw from: the repair team carries them out (3.5.1, 3.5.2). */
const REPAIR_TEAM_FUND = 'repairTeam';

export function createEffects(db: Db): EffectPorts & Pick<LookUpPorts, 'lookUpUnit'> {
  return {
    /** 3.5.1 《工程派工单》 of class A or B [CS19.F3]; its number is the case's with a running letter. */
    async issueWorkOrder(order) {
      const { number, ordinal, orderClass, trades, amount, dueAt } = order;
      await once(db, 'issueWorkOrder', order, async (trx) => {
        const workOrder = `${number}-W${ordinal}`;
        await trx
          .insertInto('work_order')
          .values({ number: workOrder, case_number: number, order_class: orderClass, trades, amount, due_at: new Date(dueAt) })
          .execute();
        await drawForOrder(trx, order);
        return { workOrder };
      });
    },

    /** 3.5.9: pays the property company; class A is deducted from the builder's retention as far as it reaches. */
    async postSettlement(settlement) {
      return once(db, 'postSettlement', settlement, async (trx) => {
        const { number, ordinal, amount, orderClass } = settlement;
        const entry = {
          amount,
          effect: `${number}/settlement/${ordinal}`,
          decision: `effect:postSettlement#${ordinal}`,
          caseNumber: number,
        };
        if (amount > 0) await post(trx, { ...entry, account: accounts.repairCost, kind: 'payment' });
        const split = orderClass === 'B' ? { deducted: 0, shortfall: 0 } : await deduct(trx, settlement, entry);
        await returnToFund(trx, number, entry);
        return { paid: amount, ...split };
      });
    },

    /** The case's documents with their hashes and the head of its record, as they were when filing was asked for. */
    async fileDossier(call) {
      const asked = await recordedCall(db, 'fileDossier', call);
      await once(db, 'fileDossier', call, async (trx) => {
        const events = await trx
          .selectFrom('event')
          .select(['seq', 'kind', 'hash', sql<string | null>`body->'data'->>'documentHash'`.as('document')])
          .where('case_number', '=', call.number)
          .where('seq', '<=', asked)
          .orderBy('seq')
          .execute();
        const documents = events.flatMap((e) => (e.document === null ? [] : [{ seq: e.seq, kind: e.kind, hash: e.document }]));
        const content = { documents, recordedTo: asked, head: events.at(-1)?.hash ?? null };
        await trx
          .insertInto('dossier')
          .values({ case_number: call.number, content: JSON.stringify(content) })
          .execute();
        return { documents: documents.length };
      });
    },

    async lookUpUnit(unit) {
      const home = await homeOf(db, unit);
      return home === undefined ? { unitKnown: false } : { unitKnown: true, ...home };
    },
  };
}

/** What a settlement takes from the builder's retention; what is short the company bears, and finance's list says so. */
async function deduct(
  trx: Trx,
  { number, unit, amount }: Settlement,
  entry: Omit<Entry, 'account' | 'kind'> & { readonly caseNumber: string },
): Promise<{ deducted: number; shortfall: number }> {
  const home = await homeOf(trx, unit);
  if (home === undefined) {
    const { effect } = entry;
    await listShortfall(trx, { account: accounts.retention('', ''), amount, borneBy: 'company', caseNumber: number, effect });
    return deduction(amount, 0);
  }
  const account = accounts.retention(home.builder, home.building);
  const { covered, short } = await takeWhatIsLeft(trx, { ...entry, account, kind: 'deduction' }, 'company');
  return { deducted: covered, shortfall: short };
}

/** What the register of units holds of one; undefined when it is not there. */
async function homeOf(
  db: Db | Trx,
  unit: string,
): Promise<{ estate: string; building: string; builder: string; warrantyUntil?: string } | undefined> {
  const body = (await findEntry(db, 'units', unit))?.body;
  if (body === undefined) return undefined;
  const { estate, building, builder, warrantyUntil } = body as Record<string, string | undefined>;
  return {
    estate: estate ?? '',
    building: building ?? '',
    builder: builder ?? '',
    ...(warrantyUntil === undefined ? {} : { warrantyUntil }),
  };
}

/**
 * The repair team works from its working fund (3.6): as much of the approved amount as it still holds is drawn with the order, and
 * what it lacks is listed for finance to replenish. What somebody has drawn by hand for the case is not drawn again. An approved
 * repair never waits for the fund [CS19.F21].
 */
async function drawForOrder(trx: Trx, { number, ordinal, amount }: WorkOrder): Promise<void> {
  const account = accounts.fund(REPAIR_TEAM_FUND);
  if (amount === 0 || (await findAccount(trx, account)) === undefined) return;
  await lockAccount(trx, `case:${number}`);
  const due = Math.min(amount, Math.max((await orderedOf(trx, number)) - (await drawnByCase(trx, number)), 0));
  if (due === 0) return;
  const effect = `${number}/order/${ordinal}`;
  const decision = `effect:issueWorkOrder#${ordinal}`;
  await takeWhatIsLeft(trx, { account, kind: 'draw', amount: due, effect, decision, caseNumber: number }, 'replenishment');
}

/** What the work orders of a case come to, the one that is being issued among them. */
async function orderedOf(trx: Trx, number: string): Promise<Fen> {
  const orders = await trx.selectFrom('work_order').select('amount').where('case_number', '=', number).execute();
  return orders.reduce((sum, { amount }) => sum + Number(amount), 0);
}

/** With the payment the fund gets back what the case had drawn from it. */
async function returnToFund(trx: Trx, number: string, entry: Omit<Entry, 'account' | 'kind' | 'amount'>): Promise<void> {
  const account = accounts.fund(REPAIR_TEAM_FUND);
  const moved = (await movedByCase(trx, number)).get(account) ?? 0;
  if (moved < 0) await post(trx, { ...entry, account, kind: 'return', amount: -moved });
}
