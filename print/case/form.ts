/** What a print of a case is: data that says which steps it shows, under which heading, signed as what. */
import type { StepId } from '../../domain/pack.ts';
import type { Block } from '../kit/sheet.ts';
import type { CaseFile } from './case-file.ts';

export type Part =
  /** The form of a step as it was filled last; `each`: every time it was filled; `blank`: also when it was not, to be written in. */
  | {
      readonly step: StepId;
      readonly heading?: string;
      /** As what whoever filled it has signed. */
      readonly signed?: string;
      readonly each?: true;
      readonly blank?: true;
    }
  /** What was decided on the versions of a proposal. */
  | { readonly decisions: string; readonly heading: string }
  | { readonly blocks: (file: CaseFile) => readonly Block[] };

export interface CasePrint {
  /** In addresses and commands: `survey-sheet`. */
  readonly id: string;
  /** As the procedure names it, with its brackets. */
  readonly title: string;
  readonly en: string;
  readonly clause: string;
  /** Procedures whose cases have it, by the name of the workflow; absent = all. */
  readonly workflows?: readonly string[];
  /** It can be printed once this has been filed. Absent = from the opening on. */
  readonly needs?: StepId;
  /** Of more than the form filed: whether there is something to print. */
  readonly when?: (file: CaseFile) => boolean;
  readonly parts: readonly Part[];
}
