/** Checks that a register may name. Each looks at what is entered and at what is there already; pure. */
import type { EntryBody } from '../read-entry.ts';
import type { RegisterDef } from '../definition.ts';
import { overlap } from './overlap.ts';
import { promise } from './promise.ts';
import { similar } from './similar.ts';
import { surveyScope } from './survey-scope.ts';
import { warranty } from './warranty.ts';

export interface Existing {
  readonly id: string;
  readonly body: EntryBody;
}

/** Something worth knowing; the entry is taken all the same. */
export interface Warning {
  readonly check: string;
  /** Entries it is about. */
  readonly entries: string[];
  readonly zh: string;
  readonly en: string;
}

/** @param others living entries that share a word or a filter value with it: never all of them */
export type Check = (def: RegisterDef, body: EntryBody, others: readonly Existing[]) => readonly Warning[];

export const CHECKS: Readonly<Record<string, Check>> = { overlap, promise, similar, surveyScope, warranty };
