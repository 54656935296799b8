/** Who has to decide in a recorded case under other tier tables and chains (3.6.1, X5; by severity TS.T1, CEM.T2). */
import { tierAmount, tierFor } from '../approval.ts';
import { canonicalJson } from '../canonical.ts';
import type { AnyEvent, EventData } from '../case/event.ts';
import { emptyCase } from '../case/state.ts';
import type { Fen } from '../money.ts';
import type { PackRules, TierTable } from '../pack.ts';
import { overrunChangesTier } from '../property-repair/account.ts';
import type { JudgedApproval } from './judged.ts';

/** The table that decides a final account, and what that account is called. */
const ACCOUNT = 'finalAccount';
const ACCOUNT_TABLE = 'estimate';

/**
 * The approvals that amounts and severities ask for, version by version. A proposal that neither a table nor the chain of
 * the severity it was made in decides (a settlement's determination, a class) is taken as recorded.
 * `pinned` (the rules the case ran under) tell which table a proposal went by.
 */
export function approvalsUnder(events: readonly AnyEvent[], rules: PackRules, pinned?: PackRules): JudgedApproval[] {
  const approved = new Map<string, Fen[]>();
  const open = new Map<string, Fen>();
  const found: JudgedApproval[] = [];
  let severity = emptyCase.severity;
  for (const event of events) {
    if (event.kind === 'proposal-settled' && event.data.outcome === 'approved') {
      const { name } = event.data;
      approved.set(name, [...(approved.get(name) ?? []), open.get(name) ?? 0]);
    }
    if (event.kind === 'severity-set') severity = event.data.severity;
    if (event.kind === 'proposed' && event.data.amount === undefined) found.push(bySeverity(event.data, severity, rules, pinned));
    if (event.kind === 'proposed' && event.data.amount !== undefined) {
      const { name, version, amount } = event.data;
      open.set(name, amount);
      const table = tableOf(event.data, rules, pinned);
      if (table === undefined) found.push(asRecorded(event.data));
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

/** As it stands in the record. */
export function asRecorded({ name, version, amount, sum = amount, tier, chain }: EventData['proposed']): JudgedApproval {
  return { proposal: name, version, amount: amount ?? null, sum: sum ?? null, tier, chain };
}

/** Decided by severity if the chain asked was that of the severity; the candidate's chain of it is asked instead. */
function bySeverity(proposed: EventData['proposed'], severity: string, rules: PackRules, pinned: PackRules = rules): JudgedApproval {
  const recorded = asRecorded(proposed);
  const was = pinned.chains?.[severity]?.chain;
  const is = rules.chains?.[severity]?.chain;
  if (was === undefined || is === undefined || canonicalJson(was) !== canonicalJson(recorded.chain)) return recorded;
  return { ...recorded, chain: is };
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
