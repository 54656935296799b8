/** What a repair brings about outside its record: work order, settlement, dossier. Each once, however often it is tried. */
import { sql } from 'kysely';
import type { Db, Trx } from '../db/database.ts';
import { findEntry } from '../db/read/entries.ts';
import { deduction } from '../domain/property-repair/account.ts';
import type { EffectPorts, LookUpPorts, Settlement } from '../workflows/kit/ports.ts';
import { once } from './once.ts';
import { recordedCall } from './recorded-call.ts';

/** Account that the property company is paid from and into; amounts are fen. */
export const accounts = {
  repairCost: 'repair-cost',
  retention: (builder: string, building: string): string => `retention:${builder}:${building}`,
};

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
        return { workOrder };
      });
    },

    /** 3.5.9: pays the property company; class A is deducted from the builder's retention as far as it reaches. */
    async postSettlement(settlement) {
      return once(db, 'postSettlement', settlement, async (trx) => {
        const entry = `${settlement.number}/settlement/${settlement.ordinal}`;
        await post(trx, accounts.repairCost, -settlement.amount, settlement.number, entry);
        if (settlement.orderClass === 'B') return { paid: settlement.amount, deducted: 0, shortfall: 0 };
        return { paid: settlement.amount, ...(await deduct(trx, settlement, entry)) };
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

/** The account is locked for the transaction, so that two settlements cannot spend the same retention. */
async function deduct(trx: Trx, { number, unit, amount }: Settlement, entry: string): Promise<{ deducted: number; shortfall: number }> {
  const home = await homeOf(trx, unit);
  if (home === undefined) return deduction(amount, 0);
  const account = accounts.retention(home.builder, home.building);
  await sql`select pg_advisory_xact_lock(hashtextextended(${account}, 0))`.execute(trx);
  const { left } = await trx
    .selectFrom('ledger_entry')
    .select(sql<string>`coalesce(sum(amount), 0)`.as('left'))
    .where('account', '=', account)
    .executeTakeFirstOrThrow();
  const split = deduction(amount, Number(left));
  if (split.deducted > 0) await post(trx, account, -split.deducted, number, entry);
  return split;
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

async function post(trx: Trx, account: string, amount: number, number: string, effect: string): Promise<void> {
  await trx.insertInto('ledger_entry').values({ account, amount, case_number: number, effect }).execute();
}
