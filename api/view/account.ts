/** Accounts and entries as they go out: money as yuan, kinds by name. */
import type { AccountRow, EntryRow } from '../../db/read/ledger.ts';
import { leftOf } from '../../domain/ledger/balance.ts';
import { entryKinds, kindOf } from '../../domain/ledger/entry.ts';
import { plainYuan, type Fen } from '../../domain/money.ts';
import type { Ledger } from '../../packs/ledger.ts';
import { iso, isoOfDate } from './instants.ts';

export const ACCOUNT_KIND_NAMES = {
  fund: { zh: '周转金', en: 'working fund' },
  retention: { zh: '工程质量保证金', en: 'retention' },
  settlement: { zh: '维修付款', en: 'repair payments' },
  outlet: { zh: '网点资金', en: 'funds of the outlet' },
} as const;

/** @param amount of a working fund: what the pack says that it holds */
export function accountView(row: AccountRow, { funds, kinds }: Ledger, amount?: Fen) {
  const fund = row.kind === 'fund' ? funds[row.id.slice('fund:'.length)] : undefined;
  const of = row.id.split(':').slice(1).join(' ');
  const { zh, en } = fund ?? {
    zh: `${ACCOUNT_KIND_NAMES[row.kind].zh} ${of}`.trim(),
    en: `${ACCOUNT_KIND_NAMES[row.kind].en} ${of}`.trim(),
  };
  return {
    ...{ id: row.id, kind: row.kind, name: { zh, en }, owner: row.owner, clause: fund?.clause ?? kinds[row.kind].clause },
    balance: plainYuan(row.balance),
    floor: row.floor === undefined ? null : plainYuan(row.floor),
    left: row.floor === undefined ? null : plainYuan(leftOf(row.balance, row.floor)),
    amount: amount === undefined ? null : plainYuan(amount),
    toReplenish: amount === undefined ? null : plainYuan(Math.max(amount - row.balance, 0)),
    shortfall: plainYuan(row.shortfall),
    openedAt: iso(row.openedAt),
    openedBy: row.openedBy,
  };
}

/** @param named whether the reader may know of which case it is: else it bears its amount and no more of the case */
export function entryView(row: EntryRow, named = true) {
  const kind = kindOf(row.kind, row.account, row.case_number);
  const { zh, en } = entryKinds[kind];
  return {
    ...{ id: row.id, account: row.account, kind, name: { zh, en }, amount: plainYuan(Number(row.amount)) },
    ...(named
      ? {
          case: row.case_number,
          decision: row.decision,
          decidedBy: row.decided_by,
          decidedAt: isoOfDate(row.decided_at),
          reason: row.reason,
        }
      : { case: null, decision: null, decidedBy: null, decidedAt: null, reason: null }),
    ...{ enteredBy: row.entered_by, enteredAt: iso(row.entered_at.getTime()) },
  };
}
