/** Looks up what an explanation of money needs: who may decide, what is left where the reader may see it. */
import type { Db } from '../../db/database.ts';
import { actingIn } from '../../db/read/absences.ts';
import type { Identity } from '../../db/read/identity.ts';
import { balanceIn, findAccount } from '../../db/read/ledger.ts';
import { familyOf } from '../../domain/family.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { Lang } from '../../domain/explain.ts';
import { explainMoney, type MoneyReason } from '../../domain/explain-money.ts';
import { accounts } from '../../domain/ledger/account.ts';
import { leftOf } from '../../domain/ledger/balance.ts';
import type { Fen } from '../../domain/money.ts';
import type { Instant } from '../../domain/time.ts';
import type { Ledger } from '../../packs/ledger.ts';
import { mayRead } from '../http/ledger.ts';
import { accountView } from './account.ts';
import type { Under } from './why.ts';

interface Asked {
  readonly who: Identity;
  readonly ledger: Ledger;
  /** As the case was at that instant, with what was left then. */
  readonly state: CaseState;
  readonly places: readonly string[];
  readonly at: Instant;
  readonly lang: Lang;
}

/** Nothing where the pack of the case is not known any more. */
export async function whyMoney(db: Db, { who, ledger, state, places, at, lang }: Asked, { byThen, pack }: Under): Promise<MoneyReason[]> {
  const rules = byThen(state.seq)?.rules;
  if (rules === undefined) return [];
  const left = async (id: string): Promise<{ name: string; left: Fen } | undefined> => {
    const row = await findAccount(db, id);
    if (row === undefined || !mayRead(who, row, ledger)) return undefined;
    return { name: accountView(row, ledger).name[lang], left: leftOf(await balanceIn(db, id, at), row.floor) };
  };
  const roles = Object.values(state.proposals).flatMap(({ chain }) => chain.map(({ role }) => role));
  const { builder, building } = state.known;
  const family = familyOf(pack ?? state.pack);
  const ofPack = Object.entries(ledger.funds).filter(([, fund]) => family.includes(fund.pack) && state.answers['survey'] !== undefined);
  const funds = await Promise.all(ofPack.map(([id]) => left(accounts.fund(id))));
  return explainMoney(
    {
      state,
      rules,
      role: (id) => pack?.roles.find((role) => role.id === id)?.[lang] ?? id,
      people: await actingIn(db, { pack: state.pack.id, places }, [...new Set(roles)], at),
      funds: funds.filter((one) => one !== undefined),
      retention:
        builder === undefined || building === undefined ? undefined : await left(accounts.retention(String(builder), String(building))),
    },
    lang,
  );
}
