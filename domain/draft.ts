/** How far a form is that is still being filled in. */
import { readForm, type FormField, type FormProblem, type FormResolver } from './form.ts';

export interface DraftState {
  /** Fields that have to be filled and are not. */
  readonly missing: readonly FormProblem[];
  /** What is filled in and would be refused as it stands. */
  readonly wrong: readonly FormProblem[];
}

/** What sending it now would say. A draft is kept whatever it says. */
export function draftState(fields: readonly FormField[], form: Readonly<Record<string, unknown>>, resolver: FormResolver): DraftState {
  const reading = readForm(fields, form, resolver);
  if (reading.ok) return { missing: [], wrong: [] };
  const isMissing = ({ path }: FormProblem): boolean => fields.some(({ name }) => name === path) && !isFilled(form[path]);
  return { missing: reading.problems.filter(isMissing), wrong: reading.problems.filter((p) => !isMissing(p)) };
}

const isFilled = (value: unknown): boolean =>
  value !== undefined &&
  value !== null &&
  !(typeof value === 'string' && value.trim() === '') &&
  !(Array.isArray(value) && value.length === 0);
