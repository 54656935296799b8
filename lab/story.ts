/** One story as it is played: names resolved to ids, instants to numbers, steps in the order of recording. */
import type { CalendarDays } from '../domain/calendar.ts';
import type { RefusalCode } from '../domain/errors.ts';
import type { Fen } from '../domain/money.ts';
import type { Pack, RoleId } from '../domain/pack.ts';
import type { Instant } from '../domain/time.ts';
import type { OutageSpan } from './engine/outage.ts';
import type { Expected } from './expect/all.ts';

export interface Unit {
  readonly id: string;
  readonly estate: string;
  readonly building: string;
  readonly builder: string;
  /** Last day of the warranty, `YYYY-MM-DD`. */
  readonly warrantyUntil?: string;
}

/** Who is away, and who stands in. */
export interface Absent {
  readonly person: string;
  readonly substitute: string;
  readonly from: Instant;
  readonly until: Instant;
  /** For this role of the story's pack only. */
  readonly role?: RoleId;
}

/** What is so before the story begins. */
export interface Given {
  readonly units: readonly Unit[];
  /** Left of the builder's retention for each of the units. */
  readonly retention?: Fen;
  /** Person → roles. Beside them the lab has one person for each role. */
  readonly people: Readonly<Record<string, readonly RoleId[]>>;
  readonly absences: readonly Absent[];
}

export interface Act {
  /** A step of the pack; `open` opens the case. */
  readonly submit: string;
  readonly kind?: string;
  readonly person: string;
  readonly roles: readonly RoleId[];
  readonly form: Readonly<Record<string, unknown>>;
  readonly task?: string;
  readonly occurredAt?: Instant;
  readonly key?: string;
  /** By signal: nobody waits for the verdict. */
  readonly async?: true;
  /** The story wants it refused with this code. */
  readonly refused?: RefusalCode;
}

/** The worker goes away, or is back; other rules come into force, or a year of the calendar. */
export interface StoryEvent {
  readonly kind: 'outage-begins' | 'outage-ends' | 'pack-active' | 'calendar-loaded';
}

/** Rules that new cases are opened under from an instant on; an open case keeps its own until it is told to go on by newer ones. */
export interface Version {
  readonly from: Instant;
  readonly pack: Pack;
  readonly calendar: CalendarDays;
}

export interface StoryStep {
  /** When it is received, or looked at. */
  readonly at: Instant;
  /** Which case of the story. */
  readonly case: string;
  readonly act?: Act;
  /** Acts of one `atOnce` share it: they are sent one after the other without waiting for the verdict. */
  readonly atOnce?: string;
  /** Something that befalls all cases of the story. */
  readonly event?: StoryEvent;
  readonly expect?: Expected;
  readonly note?: string;
}

export interface Story {
  readonly file: string;
  readonly title: string;
  readonly variant?: string;
  /** The version at its beginning. */
  readonly pack: Pack;
  /** One after the other, at least the first. */
  readonly versions: readonly Version[];
  readonly given: Given;
  /** When nobody works. */
  readonly outages: readonly OutageSpan[];
  readonly steps: readonly StoryStep[];
}

/** The person that the lab's company has for a role. */
export const personOf = (role: RoleId): string => `lab.${role}`;

/** The rules in force at an instant. */
export const versionAt = ({ versions }: Pick<Story, 'versions'>, at: Instant): Version =>
  versions.findLast((version) => version.from <= at) ?? (versions[0] as Version);
