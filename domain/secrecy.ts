/** Secrecy labels (密级): what a record carries, and up to which label somebody reads. Pure. */
import type { Label, RoleId } from './pack.ts';

export interface Secrecy {
  /** Lowest first. */
  readonly labels: readonly (Label & { readonly id: string })[];
  /** Label of a record of which nothing else is said. */
  readonly records: string;
  /** Up to which label a role reads of which nothing else is said. */
  readonly clearance: string;
  /** From this label on a notice says the number and that there is something. */
  readonly veiled: string;
  readonly packs: Readonly<Record<string, PackSecrecy>>;
  /** Label of the entries of a register, where it is another than that of records. */
  readonly registers: Readonly<Record<string, string>>;
}

export interface PackSecrecy {
  /** Label of cases by kind, where it is another than that of records. */
  readonly kinds: Readonly<Record<string, string>>;
  /** Up to which label a role reads. */
  readonly clearance: Readonly<Record<RoleId, string>>;
}

const rank = ({ labels }: Secrecy, label: string): number => labels.findIndex(({ id }) => id === label);

export const isLabel = (secrecy: Secrecy, label: string): boolean => rank(secrecy, label) >= 0;

/** The higher of two; a label that is not known (any more) is the highest. */
export function higher(secrecy: Secrecy, a: string, b: string): string {
  const [first, second] = [rank(secrecy, a), rank(secrecy, b)];
  if (first < 0) return a;
  if (second < 0) return b;
  return first >= second ? a : b;
}

export const isLower = (secrecy: Secrecy, label: string, than: string): boolean => label !== than && higher(secrecy, label, than) === than;

/** Labels that whoever is cleared up to one reads. */
export const upTo = (secrecy: Secrecy, label: string): string[] => secrecy.labels.slice(0, rank(secrecy, label) + 1).map(({ id }) => id);

/** Of a role, or a person's own if that is higher. @param family the pack and what it extends: the first that names the role */
export function clearanceOf(secrecy: Secrecy, family: readonly string[], role: RoleId, own: string | undefined): string {
  const ofRole = named(secrecy, family, 'clearance', role) ?? secrecy.clearance;
  return own === undefined || !isLabel(secrecy, own) ? ofRole : higher(secrecy, ofRole, own);
}

/** Label of a case that has none of its own. @param family its pack and what that extends: the first that names the kind */
export const usualOfKind = (secrecy: Secrecy, family: readonly string[], kind: string): string =>
  named(secrecy, family, 'kinds', kind) ?? secrecy.records;

function named({ packs }: Secrecy, family: readonly string[], what: keyof PackSecrecy, name: string): string | undefined {
  const by = family.flatMap((pack) => (Object.hasOwn(packs, pack) ? [packs[pack]![what]] : []));
  return by.find((each) => Object.hasOwn(each, name))?.[name];
}

/** Label of an entry that has none of its own. */
export const usualOfRegister = (secrecy: Secrecy, register: string): string =>
  Object.hasOwn(secrecy.registers, register) ? secrecy.registers[register]! : secrecy.records;

/** What something carries: its own, or that of what it belongs to, whichever is higher. */
export const carried = (secrecy: Secrecy, own: readonly (string | null | undefined)[], above: string): string =>
  own.reduce<string>((label, one) => (one == null ? label : higher(secrecy, label, one)), above);

/** As people read it, the Chinese one at the head of a paper. */
export const labelIn = ({ labels }: Secrecy, id: string): Label => labels.find((one) => one.id === id) ?? { zh: id, en: id };

/** What a notice is about, as far as its secrecy goes. */
export interface About {
  readonly label: string | null;
  readonly register: string | null;
  readonly pack: string | null;
  readonly caseKind: string | null;
}

/** A notice about it says the number and that there is something. */
export function isVeiled(secrecy: Secrecy, { label, register, pack, caseKind }: About): boolean {
  const carried = label ?? (register === null ? usualOfKind(secrecy, [pack ?? ''], caseKind ?? '') : usualOfRegister(secrecy, register));
  return !isLower(secrecy, carried, secrecy.veiled);
}
