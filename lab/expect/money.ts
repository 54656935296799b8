/** Proposals, decisions and money. Amounts are yuan in the file and fen in the record. */
import { z } from 'zod';
import { formatYuan, parseYuan } from '../../domain/money.ts';
import type { FactValue } from '../../domain/form.ts';
import { yuan } from '../file/words.ts';
import { each, expectation, same } from './expectation.ts';
import type { Look } from './look.ts';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const known = each(
  'free',
  "What the procedure holds for true; numbers are amounts in yuan, a number as text ('3') is a count, null means it knows nothing of it.",
  scalar,
  (name, value, look) => {
    const found = look.state.known[name];
    if (value === null) return same('unknown', found === undefined ? 'unknown' : say(found));
    if (typeof value === 'string' && typeof found === 'number') return same(value, String(found));
    return same(typeof value === 'number' ? formatYuan(parseYuan(value)) : String(value), found === undefined ? 'unknown' : say(found));
  },
);

const say = (value: FactValue): string => (typeof value === 'number' ? formatYuan(value) : String(value));

const outcome = z.enum(['open', 'approved', 'rejected', 'superseded']);

export const proposal = each(
  'free',
  'What is decided on: version, outcome so far, tier, amount.',
  z.strictObject({ version: z.int().min(1), outcome, tier: z.string(), amount: yuan }).partial(),
  (name, value, look) => {
    const found = look.state.proposals[name];
    if (found === undefined) return { expected: Object.values(value).join(', '), found: 'never proposed', held: false };
    const pick = Object.keys(value) as (keyof typeof value)[];
    const shown = {
      version: String(found.version),
      outcome: found.outcome ?? 'open',
      tier: found.tier,
      amount: found.amount === undefined ? 'none' : formatYuan(found.amount),
    };
    const wanted = (key: keyof typeof value): string => (key === 'amount' ? formatYuan(parseYuan(value.amount ?? 0)) : String(value[key]));
    return same(pick.map((key) => `${key} ${wanted(key)}`).join(', '), pick.map((key) => `${key} ${shown[key]}`).join(', '));
  },
);

export const decisions = each(
  'free',
  'All decisions on a proposal, voided ones too: their number, or each as "<role> <approve or reject> v<version>".',
  z.union([z.int().min(0), z.array(z.string())]),
  (name, value, look) => {
    const made = look.state.proposals[name]?.decisions ?? [];
    if (typeof value === 'number') return same(String(value), String(made.length));
    return same(value.join('; '), made.map((d) => `${d.actor.role} ${d.decision} v${d.version}`).join('; '));
  },
);

export const orders = expectation('Classes of the work orders issued so far, in order.', z.array(z.enum(['A', 'B'])), (value, look) => [
  { what: 'orders', ...same(value.join(', ') || 'none', look.orders.join(', ') || 'none') },
]);

export const ledger = expectation(
  'Balances: what is left of the retention, what has gone from repair cost.',
  z.strictObject({ retention: yuan, repairCost: yuan }).partial(),
  (value, look) =>
    Object.entries(value).map(([account, amount]) => ({
      what: `ledger.${account}`,
      ...same(formatYuan(parseYuan(amount ?? 0)), balance(look, account)),
    })),
);

const balance = ({ ledger: { retention, repairCost } }: Look, account: string): string =>
  formatYuan(account === 'retention' ? retention : -repairCost);
