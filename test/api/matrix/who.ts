/** Everybody who asks: each role of the packs that the seeded things are of, those from outside among them, and all other kinds of caller. */
import { loadPack } from '../../../packs/load.ts';

export interface Who {
  readonly name: string;
  /** Roles by pack, as they are held. */
  readonly packs: Readonly<Record<string, readonly string[]>>;
  /** Of a token; absent: all. */
  readonly scopes?: readonly string[];
  /** How they are signed in; `none`: nobody, or what was good once. */
  readonly by: 'token' | 'session' | 'none';
  /** Signed out: what they show all the same. */
  readonly shows?: 'ended-token' | 'ended-session' | 'locked';
  /** Of a session: the password was entered a while ago. */
  readonly stale?: true;
  readonly fromHere?: true;
}

/** Packs of which every role asks. */
const WHOLE = ['s3-cs19', 's1-eval', 's1-outlet', 's0-ts16949'];
/** Others: of each its first coordinator, the customer where it has one, and in the pack of the other case everybody. */
const PARTLY = ['s2-cement', 's3-cs19-demo', 's3-std', 's4-feedback', 's3-13485-contract'];

const token = (name: string, packs: Who['packs'], scopes?: readonly string[]): Who => ({
  ...{ name, packs, by: 'token' as const },
  ...(scopes === undefined ? {} : { scopes }),
});

const ofPack = (pack: string, roles: readonly string[]): Who[] => roles.map((role) => token(`${pack}.${role}`, { [pack]: [role] }));

export const whole: readonly Who[] = WHOLE.flatMap((id) =>
  ofPack(
    id,
    loadPack(id).roles.map((role) => role.id),
  ),
);

const partly: readonly Who[] = PARTLY.flatMap((id) => {
  const { rules, roles } = loadPack(id);
  const outside = roles.map((role) => role.id).filter((role) => ['customer', 'builder', 'complainant'].includes(role));
  return ofPack(id, [...rules.coordinator.slice(0, 1), ...outside]);
});

const cs19 = (...roles: readonly string[]): Who['packs'] => ({ 's3-cs19': roles });

export const everybody: readonly Who[] = [
  { name: 'nobody', packs: {}, by: 'none' },
  { name: 'nobody on this machine', packs: {}, by: 'none', fromHere: true },
  { name: 'a token that has ended', packs: cs19('generalManager'), by: 'none', shows: 'ended-token' },
  { name: 'a session that has ended', packs: cs19('generalManager'), by: 'none', shows: 'ended-session' },
  { name: 'a person whose account is locked', packs: cs19('generalManager'), by: 'none', shows: 'locked' },
  token('without-roles', {}),
  // Opened the case, and holds a role now that has nothing to do with it.
  token('opener', cs19('humanResources')),
  // A task of the case was assigned to them.
  token('holder', cs19('externalRelations')),
  // Stands in for the general manager, who is absent.
  token('substitute', cs19('finance')),
  token('administrator', { redress: ['administrator'] }),
  { name: 'administrator-by-session', packs: { redress: ['administrator'] }, by: 'session' },
  { name: 'administrator-by-an-old-session', packs: { redress: ['administrator'] }, by: 'session', stale: true },
  token('administrator-who-reads', { redress: ['administrator'] }, ['read']),
  token('reads-only', cs19('generalManager'), ['read']),
  token('acts-only', cs19('generalManager'), ['act']),
  { name: 'by-session', packs: cs19('serviceManager'), by: 'session' },
  token('other-place', cs19('customerService')),
  ...whole,
  ...partly,
];

/** One of these roles is theirs. */
export function holds({ packs }: Who, wanted: Readonly<Record<string, readonly string[]>>): boolean {
  return Object.entries(wanted).some(([pack, roles]) => packs[pack]?.some((role) => roles.includes(role)) === true);
}

/** The same of registers and accounts, which a pack that extends another shares with it; cases it does not share. */
export function holdsInFamily({ packs, ...who }: Who, wanted: Readonly<Record<string, readonly string[]>>): boolean {
  const { 's3-cs19-demo': demo = [], ...own } = packs;
  return holds({ ...who, packs: { ...own, 's3-cs19': [...(own['s3-cs19'] ?? []), ...demo] } }, wanted);
}

export const isAdministrator = (who: Who): boolean => holds(who, { redress: ['administrator'] });
