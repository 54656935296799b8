/** How a demo case is told: who says what, how long after the opening. */

/** Hours. */
export type Hours = number;

type Form = Readonly<Record<string, unknown>>;

export interface Saying {
  readonly after: Hours;
  /** In this role: its first person, unless `as` names another. */
  readonly by: string;
  readonly as?: string;
  readonly step: string;
  /** `at` turns hours after the opening into a time for the form. */
  readonly form: Form | ((at: (after: Hours) => string) => Form);
}

export interface Story {
  /** Part of the idempotency keys: never change it. */
  readonly name: string;
  readonly pack: string;
  readonly kind: 'repair' | 'other';
  /** How long before the demo company was founded. */
  readonly ago: Hours;
  readonly intake: Readonly<Record<string, unknown>>;
  readonly sayings: readonly Saying[];
}

type Brief = Omit<Story, 'pack' | 'kind' | 'intake' | 'sayings'> & {
  readonly summary: string;
  readonly unit?: string;
  readonly intake?: Readonly<Record<string, unknown>>;
};

/** A repair complaint of the demo estate. */
export function repair({ summary, unit = 'DEMO-1-101', intake = {}, ...rest }: Brief, ...sayings: readonly Saying[]): Story {
  return { ...rest, pack: 's3-cs19', kind: 'repair', intake: { channel: 'hotline', phase: 'warranty', unit, summary, ...intake }, sayings };
}

export function other({ summary, intake = {}, ...rest }: Brief, ...sayings: readonly Saying[]): Story {
  return { ...rest, pack: 's3-cs19', kind: 'other', intake: { channel: 'visit', summary, ...intake }, sayings };
}
