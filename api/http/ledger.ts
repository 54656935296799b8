/** Who may do what with an account, and amounts as people write them. */
import type { Db } from '../../db/database.ts';
import type { Identity } from '../../db/read/identity.ts';
import { findAccount, type AccountRow } from '../../db/read/ledger.ts';
import type { RuleBook } from '../../desk/index.ts';
import { MOST } from '../../domain/ledger/entry.ts';
import { formatYuan, MoneyError, parseYuan, type Fen } from '../../domain/money.ts';
import type { Instant } from '../../domain/time.ts';
import { accountSights, heldFor } from '../../domain/ledger/sight.ts';
import { holdsAt } from '../../domain/place.ts';
import type { EntryKindId } from '../../domain/ledger/entry.ts';
import type { Ledger } from '../../packs/ledger.ts';
import { Problem } from '../problems/problem.ts';

/** An account of a kind, where it belongs. */
type Placed = Pick<AccountRow, 'kind' | 'places'>;

const holds = (who: Identity, pack: string, roles: readonly string[], places: readonly string[]): boolean =>
  heldFor(who, pack, roles).some((one) => holdsAt(one, places));

export const mayRead = (who: Identity, { kind, places }: Placed, { kinds }: Ledger): boolean =>
  accountSights(who, kinds).some((one) => one.kind === kind && holdsAt(one, places));

/** @throws Problem not-allowed that says who may */
export function mustOpen(who: Identity, { kind, places }: Placed, { kinds }: Ledger): void {
  if (!holds(who, kinds[kind].pack, kinds[kind].open, places)) throw reservedFor(kinds[kind].open);
}

/** @throws Problem not-allowed that says who may, bad-ledger for an entry that such accounts do not have */
export function mustEnter(who: Identity, { kind: account, places }: Placed, entry: EntryKindId, { kinds }: Ledger): void {
  const by = kinds[account].enter[entry];
  if (by === undefined) {
    const can = Object.keys(kinds[account].enter).join(', ');
    throw badLedger(
      'kind',
      `此账户没有此类分录;可用:${can || '无'}`,
      `this account takes no such entry by hand; it takes: ${can || 'none'}`,
    );
  }
  if (!holds(who, kinds[account].pack, by, places)) throw reservedFor(by);
}

const reservedFor = (roles: readonly string[]): Problem =>
  new Problem('not-allowed', {
    zh: `仅限岗位:${roles.join('、')},且其范围包括该账户所属的楼栋或网点`,
    en: `Only for: ${roles.join(', ')}, held for the place of the account`,
  });

/** @throws Problem not-found, the same whether it is absent or not theirs to see */
export async function accountFor(db: Db, who: Identity, id: string, ledger: Ledger): Promise<AccountRow> {
  const row = await findAccount(db, id);
  if (row === undefined || !mayRead(who, row, ledger)) throw new Problem('not-found');
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
