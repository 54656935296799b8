/** Switches: one of the pack's own options, and of those that code reads a value that code understands. */
import { START_EVENTS } from '../domain/pack.ts';
import type { Problem } from './problem.ts';
import type { RawPack } from './schema.ts';

type RawSwitch = RawPack['switches'][string];

/**
 * What kit and procedures make of a switch; whatever else a pack writes would be read as something that nobody meant: a limit
 * that never starts, a bound that nothing exceeds. A switch that code reads has its line here.
 */
const UNDERSTOOD: Readonly<Record<string, readonly string[] | 'amount' | 'role' | 'days' | 'above zero' | 'yes or no'>> = {
  roll: ['next-working-day', 'none'],
  repairClockStartsAt: START_EVENTS,
  builderHandOver: ['continue', 'restart'],
  extension: ['complex-with-consent', 'none'],
  decisionsPastDesk: ['allowed', 'refused'],
  promiseBeforeDecision: ['allowed', 'forbidden'],
  validityTest: 'yes or no',
  freshSignInAbove: 'amount',
  auditBound: 'amount',
  builderNotNeededUpTo: 'amount',
  auditBelow: 'role',
  auditFrom: 'role',
  auditBoundGoesTo: 'role',
  occurredAtSupervisor: 'role',
  occurredAtBackDays: 'days',
  emergencyHours: 'above zero',
  emergencyReviewDays: 'above zero',
};

export function checkSwitches(pack: RawPack): Problem[] {
  return Object.entries(pack.switches).flatMap(([name, given]) => {
    const path = ['switches', name];
    const chosen = given.value ?? given.role;
    if (given.options !== undefined && chosen !== undefined && !given.options.includes(String(chosen)))
      return [{ path, wrong: `is "${chosen}"`, right: `one of: ${given.options.join(', ')}` }];
    const right = remedyOfSwitch(name, given);
    return right === undefined ? [] : [{ path, wrong: `is ${said(given)}, which nothing understands`, right }];
  });
}

/** What would be right where code reads the switch and does not understand this; undefined when it does. */
export function remedyOfSwitch(name: string, given: Pick<RawSwitch, 'value' | 'money' | 'role'>): string | undefined {
  return Object.hasOwn(UNDERSTOOD, name) ? remedy(given, UNDERSTOOD[name]!) : undefined;
}

function remedy(
  { value, money, role }: Pick<RawSwitch, 'value' | 'money' | 'role'>,
  understood: (typeof UNDERSTOOD)[string],
): string | undefined {
  switch (understood) {
    case 'amount':
      return money === undefined ? 'an amount in yuan: { money: 20000.00 }' : undefined;
    case 'role':
      return role === undefined ? 'a role of the pack: { role: <role> }' : undefined;
    case 'days':
      return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? undefined : 'a whole number of days, 0 for no bound';
    case 'above zero':
      return typeof value === 'number' && Number.isInteger(value) && value > 0 ? undefined : 'a whole number above zero';
    case 'yes or no':
      return typeof value === 'boolean' ? undefined : 'true or false';
    default:
      return understood.includes(String(value)) ? undefined : `one of: ${understood.join(', ')}`;
  }
}

function said({ value, money, role }: RawSwitch): string {
  return money === undefined ? `"${value ?? role}"` : 'an amount';
}
