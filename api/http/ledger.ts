/** Who may do what with an account, and amounts as people write them. */
import type { Db } from '../../db/database.ts';
import type { Identity } from '../../db/read/identity.ts';
import { findAccount, type AccountRow } from '../../db/read/ledger.ts';
import type { RuleBook } from '../../desk/index.ts';
import { MOST } from '../../domain/ledger/entry.ts';
import { formatYuan, MoneyError, parseYuan, type Fen } from '../../domain/money.ts';
import type { Instant } from '../../domain/time.ts';
import type { AccountKind } from '../../domain/ledger/account.ts';
import type { EntryKindId } from '../../domain/ledger/entry.ts';
import type { Ledger } from '../../packs/ledger.ts';
import { Problem } from '../problems/problem.ts';

const holds = ({ inFamilies: packs }: Identity, pack: string, roles: readonly string[]): boolean =>
  Object.hasOwn(packs, pack) && (packs[pack] ?? []).some((role) => roles.includes(role));

export function mayRead(who: Identity, kind: AccountKind, { kinds }: Ledger): boolean {
  const { pack, open, enter, read } = kinds[kind];
  return holds(who, pack, [...open, ...Object.values(enter).flat(), ...read]);
}

/** @throws Problem not-allowed that says who may */
export function mustOpen(who: Identity, kind: AccountKind, { kinds }: Ledger): void {
  if (!holds(who, kinds[kind].pack, kinds[kind].open)) throw reservedFor(kinds[kind].open);
}

/** @throws Problem not-allowed that says who may, bad-ledger for an entry that such accounts do not have */
export function mustEnter(who: Identity, account: AccountKind, entry: EntryKindId, { kinds }: Ledger): void {
  const by = kinds[account].enter[entry];
  if (by === undefined) {
    const can = Object.keys(kinds[account].enter).join(', ');
    throw badLedger(
      'kind',
      `此账户没有此类分录;可用:${can || '无'}`,
      `this account takes no such entry by hand; it takes: ${can || 'none'}`,
    );
  }
  if (!holds(who, kinds[account].pack, by)) throw reservedFor(by);
}

const reservedFor = (roles: readonly string[]): Problem =>
  new Problem('not-allowed', { zh: `仅限岗位:${roles.join('、')}`, en: `Only for: ${roles.join(', ')}` });

/** @throws Problem not-found, the same whether it is absent or not theirs to see */
export async function accountFor(db: Db, who: Identity, id: string, ledger: Ledger): Promise<AccountRow> {
  const row = await findAccount(db, id);
  if (row === undefined || !mayRead(who, row.kind, ledger)) throw new Problem('not-found');
  return row;
}

/** Of a working fund: what the pack in force says that it holds. Undefined: it is no such fund. */
export async function fundAmount(rules: RuleBook, { funds }: Ledger, account: string, at: Instant): Promise<Fen | undefined> {
  const id = account.startsWith('fund:') ? account.slice('fund:'.length) : '';
  const fund = Object.hasOwn(funds, id) ? funds[id] : undefined;
  if (fund === undefined) return undefined;
  const amount = (await rules.latest(fund.pack, at))?.rules.switches[fund.amount];
  return typeof amount === 'number' ? amount : undefined;
}

/** Above zero, two decimals, in yuan. @throws Problem bad-amount with what is wrong and how it is written */
export function amountIn(written: string | number): Fen {
  try {
    const fen = parseYuan(written, { positive: true });
    if (fen > MOST) throw new MoneyError('too-large', String(written));
    return fen;
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error;
    const most = formatYuan(MOST);
    throw new Problem('bad-amount', {
      errors: [
        {
          path: 'amount',
          zh: `${error.zh};请填人民币元,如 12300.50,至多 ${most}`,
          en: `${error.message}; write yuan such as 12300.50, at most ${most}`,
        },
      ],
    });
  }
}

export const badLedger = (path: string, zh: string, en: string): Problem => new Problem('bad-ledger', { errors: [{ path, zh, en }] });
