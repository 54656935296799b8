/** Who has to decide on the amounts of a recorded case under other tier tables (3.6.1, X5). */
import { tierAmount, tierFor } from '../approval.ts';
import type { AnyEvent, EventData } from '../case/event.ts';
import type { Fen } from '../money.ts';
import type { PackRules, TierTable } from '../pack.ts';
import { overrunChangesTier } from '../property-repair/account.ts';
import type { JudgedApproval } from './judged.ts';

/** The table that decides a final account, and what that account is called. */
const ACCOUNT = 'finalAccount';
const ACCOUNT_TABLE = 'estimate';

/**
 * The approvals the amounts ask for, version by version. A proposal without an amount is left out; one that no table
 * decides (a settlement's determination) is taken as recorded.
 * `pinned` (the rules the case ran under) tell which table a proposal went by.
 */
export function approvalsUnder(events: readonly AnyEvent[], rules: PackRules, pinned?: PackRules): JudgedApproval[] {
  const approved = new Map<string, Fen[]>();
  const open = new Map<string, Fen>();
  const found: JudgedApproval[] = [];
  for (const event of events) {
    if (event.kind === 'proposal-settled' && event.data.outcome === 'approved') {
      const { name } = event.data;
      approved.set(name, [...(approved.get(name) ?? []), open.get(name) ?? 0]);
    }
    if (event.kind === 'proposed' && event.data.amount !== undefined) {
      const { name, version, amount } = event.data;
      open.set(name, amount);
      const table = tableOf(event.data, rules, pinned);
      if (table === undefined) found.push(asRecorded(event.data, amount));
      else if (name === ACCOUNT) found.push(account(table, version, amount, total(approved)));
      else found.push(byAmount(table, name, version, amount, approved));
    }
    if (event.kind === 'known' && typeof event.data[ACCOUNT] === 'number') {
      const amount = event.data[ACCOUNT];
      const table = rules.tiers[ACCOUNT_TABLE];
      // The account that stands was decided on, or stayed within what was approved: then no version was proposed.
      if (table !== undefined && open.get(ACCOUNT) !== amount) found.push(account(table, 0, amount, total(approved)));
    }
  }
  return found;
}

const total = (approved: ReadonlyMap<string, readonly Fen[]>): Fen =>
  (approved.get(ACCOUNT_TABLE) ?? []).reduce((sum, amount) => sum + amount, 0);

function byAmount(
  table: TierTable,
  proposal: string,
  version: number,
  amount: Fen,
  approved: ReadonlyMap<string, readonly Fen[]>,
): JudgedApproval {
  const sum = tierAmount(table, amount, approved.get(proposal) ?? []);
  const { id, chain } = tierFor(table, sum);
  return { proposal, version, amount, sum, tier: id, chain };
}

function asRecorded({ name, version, sum, tier, chain }: EventData['proposed'], amount: Fen): JudgedApproval {
  return { proposal: name, version, amount, sum: sum ?? amount, tier, chain };
}

/** Only what reaches a higher tier than was approved is decided again, by the whole chain of that tier (readings 8, 11). */
function account(table: TierTable, version: number, amount: Fen, approved: Fen): JudgedApproval {
  const { id, chain } = tierFor(table, amount);
  const asked = overrunChangesTier(table, amount, approved);
  return { proposal: ACCOUNT, version, amount, sum: amount, tier: asked ? id : null, chain: asked ? chain : [] };
}

function tableOf(proposed: { name: string; tier: string }, rules: PackRules, pinned: PackRules = rules): TierTable | undefined {
  const { name, tier } = proposed;
  if (rules.tiers[name] !== undefined) return rules.tiers[name];
  const holder = Object.keys(pinned.tiers).find((table) => pinned.tiers[table]?.rows.some(({ id }) => id === tier));
  return holder === undefined ? undefined : rules.tiers[holder];
}
