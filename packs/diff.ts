/** What two versions of a pack say differently, place by place. */
import type { Pack } from '../domain/pack.ts';
import { describePack } from './describe.ts';

export interface Difference {
  /** `limits.survey.n`; entries of a list by their name: `steps.survey.by`. */
  readonly path: string;
  /** Absent: the place is new. */
  readonly from?: unknown;
  /** Absent: the place is gone. */
  readonly to?: unknown;
}

/** Every place that is not the same, in the order of the description; version and hash are named, too. */
export function diffPacks(from: Pack, to: Pack): Difference[] {
  return compare('', describePack(from), describePack(to));
}

const GROUPS = ['limits', 'ladders', 'tiers', 'chains', 'roles', 'steps', 'forms', 'switches', 'other'] as const;
export type Group = (typeof GROUPS)[number];

/** The differences by what they are about; a form stands at its steps. Groups without any are left out. */
export function groupDifferences(differences: readonly Difference[]): [Group, Difference[]][] {
  return GROUPS.flatMap((group): [Group, Difference[]][] => {
    const own = differences.filter((one) => groupOf(one) === group);
    return own.length === 0 ? [] : [[group, own]];
  });
}

function groupOf({ path }: Difference): Group {
  if (/^steps\..+\.fields(\.|$)/.test(path)) return 'forms';
  const [top] = path.split('.');
  return GROUPS.find((group) => group === top) ?? 'other';
}

/** `limits.survey.n: 1 → 2` */
export function sayDifference({ path, from, to }: Difference): string {
  const show = (value: unknown): string => (value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value));
  return `${path}: ${show(from)} → ${show(to)}`;
}

function compare(path: string, from: unknown, to: unknown): Difference[] {
  const [a, b] = [named(from), named(to)];
  if (a === undefined || b === undefined) return JSON.stringify(from) === JSON.stringify(to) ? [] : [difference(path, from, to)];
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return keys.flatMap((key) => {
    const at = path === '' ? key : `${path}.${key}`;
    if (a[key] === undefined || b[key] === undefined) return a[key] === b[key] ? [] : [difference(at, a[key], b[key])];
    return compare(at, a[key], b[key]);
  });
}

function difference(path: string, from: unknown, to: unknown): Difference {
  return { path, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

const NAMES = ['id', 'kind', 'step', 'name', 'ladder', 'table', 'severity', 'of'] as const;

/** A map as it is, a list of named things as a map by their names; everything else is compared as a whole. */
function named(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) return value as Record<string, unknown>;
  const entries = value.map((item: unknown) => [nameOf(item), item] as const);
  return entries.length > 0 && entries.every(([name]) => name !== undefined) ? Object.fromEntries(entries) : undefined;
}

function nameOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const key = NAMES.find((name) => typeof (item as Record<string, unknown>)[name] === 'string' && unique(name, item));
  return key === undefined ? undefined : String((item as Record<string, unknown>)[key]);
}

/** A limit has a kind, too, but is called by its name; a rung has none of these. */
const unique = (name: (typeof NAMES)[number], item: object): boolean => name !== 'kind' || !('name' in item);
