/** A pack with other settings: what a scenario tries out. The result has a hash of its own. */
import { MoneyError, parseYuan } from '../domain/money.ts';
import type { Pack, PackLimit, PackRules, Switch } from '../domain/pack.ts';
import { resolveRole, START_EVENTS } from '../domain/pack.ts';
import { seal, unseal } from './build.ts';
import { remedyOfCount } from './limit-schema.ts';
import { PackError } from './problem.ts';
import { remedyOfSwitch } from './switch-check.ts';

/** Names to values, nested or dotted: `{ roll: 'none', 'limits.survey.n': 2, tiers: { estimate: { sum: 'item' } } }`. */
export interface Settings {
  readonly [name: string]: Switch | Settings;
}

type Rules = Omit<PackRules, 'hash'>;

/** What else of a limit may be set, and to what. */
const CHOICES = {
  arms: ['receipt', 'judged'],
  startsAt: START_EVENTS,
  onHandOver: ['continue', 'restart'],
} as const satisfies Partial<Record<keyof PackLimit, readonly string[]>>;

/**
 * The pack with switches (by name, or below `switches`), `limits.<name>.n`, `.roll`, `.arms`, `.startsAt`,
 * `.onHandOver`, or `tiers.<table>.sum` changed. Money is in yuan, as in the file. Throws PackError that names what may be set.
 */
export function withSettings(pack: Pack, settings: Settings): Pack {
  const changes = flatten(settings);
  if (changes.length === 0) return pack;
  const content = unseal(pack);
  return seal({ ...content, rules: changes.reduce((rules, [name, value]) => change(pack, rules, name, value), content.rules) });
}

function flatten(settings: Settings, prefix = ''): [string, Switch][] {
  return Object.entries(settings).flatMap(([key, value]): [string, Switch][] =>
    typeof value === 'object' ? flatten(value, `${prefix}${key}.`) : [[`${prefix}${key}`.replace(/^switches\./, ''), value]],
  );
}

function change(pack: Pack, rules: Rules, name: string, value: Switch): Rules {
  const [group, key, leaf] = name.split('.');
  if (group === 'limits' && key !== undefined) return changeLimit(pack, rules, key, leaf, value);
  if (group === 'tiers' && key !== undefined && leaf === 'sum') {
    const table = rules.tiers[key];
    if (table === undefined) throw wrong(pack, name, `there is no tier table "${key}"`, oneOf(rules.tiers));
    if (value !== 'case' && value !== 'item') throw wrong(pack, name, `is ${value}`, 'case or item');
    return { ...rules, tiers: { ...rules.tiers, [key]: { ...table, sum: value } } };
  }
  const changed = { ...rules, switches: { ...rules.switches, [name]: readSwitch(pack, name, value) } };
  return name === 'roll' ? roll(pack, changed, String(value)) : changed;
}

function changeLimit(pack: Pack, rules: Rules, key: string, leaf: string | undefined, value: Switch): Rules {
  const path = `limits.${key}.${leaf}`;
  const limit = rules.limits[key];
  if (limit === undefined) throw wrong(pack, path, `there is no limit "${key}"`, oneOf(rules.limits));
  const set = (changed: PackLimit): Rules => ({ ...rules, limits: { ...rules.limits, [key]: changed } });
  if (leaf === 'n' && 'n' in limit) {
    const right = remedyOfCount(limit.kind, value);
    if (right !== undefined) throw wrong(pack, path, `is ${value}`, right);
    return set({ ...limit, n: Number(value) });
  }
  if (leaf === 'roll' && 'roll' in limit) {
    if (typeof value !== 'boolean') throw wrong(pack, path, `is ${value}`, 'true or false');
    return set({ ...limit, roll: value });
  }
  const choices = leaf !== undefined && Object.hasOwn(CHOICES, leaf) ? CHOICES[leaf as keyof typeof CHOICES] : undefined;
  if (choices !== undefined) {
    if (!choices.some((choice) => choice === value)) throw wrong(pack, path, `is ${value}`, `one of: ${choices.join(', ')}`);
    return set({ ...limit, [leaf!]: value });
  }
  const own = 'roll' in limit ? 'n, roll' : 'n, where the limit has one';
  throw wrong(pack, path, 'cannot be set', `${own}, ${Object.keys(CHOICES).join(', ')}`);
}

/** `roll: none` takes the roll from every limit that has one. */
function roll(pack: Pack, rules: Rules, value: string): Rules {
  if (value === pack.rules.switches['roll']) return rules;
  if (value !== 'none')
    throw wrong(pack, 'roll', `is ${value} where the pack has none`, 'limits.<name>.roll: true for each limit that is to roll');
  const limits = Object.fromEntries(
    Object.entries(rules.limits).map(([name, limit]) => [name, 'roll' in limit ? { ...limit, roll: false } : limit]),
  );
  return { ...rules, limits };
}

function readSwitch(pack: Pack, name: string, value: Switch): Switch {
  const about = Object.hasOwn(pack.switchLabels, name) ? pack.switchLabels[name] : undefined;
  if (about === undefined)
    throw wrong(pack, name, 'is no setting', `${oneOf(pack.switchLabels)}; limits.<name>.n, limits.<name>.roll, tiers.<table>.sum`);
  const read =
    about.type === 'money' ? readMoney(pack, name, value) : about.type === 'role' ? (resolveRole(pack, String(value)) ?? value) : value;
  if (about.options !== undefined && !about.options.includes(String(read)))
    throw wrong(pack, name, `is ${value}`, `one of: ${about.options.join(', ')}`);
  if (about.type === 'role' && resolveRole(pack, String(read)) === undefined) throw wrong(pack, name, `is ${value}`, 'a role of the pack');
  if (typeof read !== typeof pack.rules.switches[name]) throw wrong(pack, name, `is ${value}`, `a ${about.type}`);
  const right = remedyOfSwitch(name, { [about.type === 'money' || about.type === 'role' ? about.type : 'value']: read });
  if (right !== undefined) throw wrong(pack, name, `is ${value}`, right);
  return read;
}

function readMoney(pack: Pack, name: string, value: Switch): number {
  try {
    return parseYuan(typeof value === 'boolean' ? String(value) : value, { positive: true });
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error;
    throw wrong(pack, name, `is ${value}`, 'an amount in yuan with at most two decimals');
  }
}

function wrong(pack: Pack, path: string, what: string, right: string): PackError {
  return new PackError([{ file: `settings of ${pack.id}`, path, wrong: what, right }]);
}

function oneOf(table: Readonly<Record<string, unknown>>): string {
  return `one of: ${Object.keys(table).join(', ')}`;
}
