/** Why money goes the way it goes in a case: tier, auditor, order class, what is left, what would be deducted. In words, with exact amounts. */
import { tierFor } from './approval.ts';
import type { CaseState, ProposalState } from './case/state.ts';
import type { Lang } from './explain.ts';
import { EN, ZH, type MoneyWords } from './explain-money-words.ts';
import { deduction } from './ledger/cover.ts';
import { formatYuan, type Fen } from './money.ts';
import type { PackRules, RoleId, TierTable } from './pack.ts';
import { auditorOf } from './property-repair/account.ts';
import { dateOf, dayOf } from './time.ts';

export interface MoneyReason {
  readonly what: 'tier' | 'auditor' | 'orderClass' | 'fund' | 'retention';
  readonly lines: readonly string[];
}

export interface MoneyKnown {
  readonly state: CaseState;
  readonly rules: PackRules;
  readonly role: (id: RoleId) => string;
  /** Who may act in a role now; `for`: whom they stand in for. */
  readonly people: readonly { readonly role: RoleId; readonly name: string; readonly for: string | null }[];
  /** Name and what is left, where the reader may see it. */
  readonly funds: readonly { readonly name: string; readonly left: Fen }[];
  readonly retention?: { readonly name: string; readonly left: Fen } | undefined;
}

/** Nothing for what a case has not come to. Amounts are exact; bounds name their clause. */
export function explainMoney(known: MoneyKnown, lang: Lang): MoneyReason[] {
  const words = lang === 'zh' ? ZH : EN;
  return [
    ...Object.values(known.state.proposals).map((one) => ({ what: 'tier' as const, lines: tierLines(one, known, words) })),
    { what: 'auditor' as const, lines: auditorLines(known, words) },
    { what: 'orderClass' as const, lines: classLines(known, words) },
    { what: 'fund' as const, lines: known.funds.map(({ name, left }) => words.left(name, formatYuan(left))) },
    { what: 'retention' as const, lines: retentionLines(known, words) },
  ].filter(({ lines }) => lines.length > 0);
}

function tierLines(proposal: ProposalState, { rules, role, people }: MoneyKnown, words: MoneyWords): string[] {
  const { name, version, amount, sum, tier: id, chain, mode } = proposal;
  if (sum === undefined) return [];
  const table = Object.values(rules.tiers).find(({ rows }) => rows.some((row) => row.id === id));
  const act = (link: (typeof chain)[number]): string => {
    const who = people
      .filter((one) => one.role === link.role)
      .map((one) => (one.for === null ? one.name : words.standsIn(one.name, one.for)));
    return words.link(link.act, role(link.role), who.join(words.and) || words.nobody);
  };
  return [
    words.proposal(name, version, formatYuan(amount ?? sum), formatYuan(sum), table?.sum ?? 'item'),
    ...(table === undefined ? [] : [rowLine(table, sum, words)]),
    words.chain(chain.map(act), mode === 'all'),
  ];
}

/** The row that holds the amount, by its bounds: both as the pack writes them. */
function rowLine(table: TierTable, sum: Fen, words: MoneyWords): string {
  const row = tierFor(table, sum);
  const before = table.rows[table.rows.indexOf(row) - 1];
  const low = before?.upTo ?? before?.below;
  const from = low === undefined ? undefined : words.above(formatYuan(low), before?.upTo === undefined);
  const high = row.upTo ?? row.below;
  const to = high === undefined ? undefined : words.upTo(formatYuan(high), row.upTo !== undefined);
  return words.row([from, to].filter((one) => one !== undefined).join(words.and) || words.anyAmount, row.clause, sum === row.upTo);
}

function auditorLines({ state, rules, role }: MoneyKnown, words: MoneyWords): string[] {
  const amount = state.known['finalAccount'];
  const bound = rules.switches['auditBound'];
  if (typeof amount !== 'number' || typeof bound !== 'number') return [];
  const side = amount === bound ? 'on' : amount < bound ? 'below' : 'above';
  return [words.auditor(formatYuan(amount), formatYuan(bound), side, role(auditorOf(amount, rules)))];
}

function classLines({ state: { known, answers, openedAt } }: MoneyKnown, words: MoneyWords): string[] {
  const survey = answers['survey'];
  const orderClass = known['orderClass'];
  if (survey === undefined || (orderClass !== 'A' && orderClass !== 'B')) return [];
  const until = known['warrantyUntil'];
  const opened = dateOf(dayOf(openedAt));
  const stated = survey['orderClass'] === 'A' || survey['orderClass'] === 'B';
  return [
    words.orderClass(orderClass),
    answers['reclass'] === undefined ? words.survey(String(survey['responsible']), stated) : words.reclassed,
    ...(typeof until === 'string' ? [words.warranty(until, opened, opened <= until)] : []),
  ];
}

/** What a settlement has taken or would take now: of the settled amount, else the final account, else the approved estimate. */
function retentionLines({ state: { known }, retention }: MoneyKnown, words: MoneyWords): string[] {
  if (retention === undefined) return [];
  const left = words.left(retention.name, formatYuan(retention.left));
  if (known['orderClass'] !== 'A') return [left, words.notDeducted];
  const { deducted: done, shortfall: lacked } = known;
  if (typeof done === 'number' && typeof lacked === 'number') return [left, words.deducted(formatYuan(done), formatYuan(lacked), true)];
  const amount = known['settlement'] ?? known['finalAccount'] ?? known['approvedEstimate'];
  if (typeof amount !== 'number') return [left];
  const { deducted, shortfall } = deduction(amount, retention.left);
  return [left, words.deducted(formatYuan(deducted), formatYuan(shortfall), false)];
}
