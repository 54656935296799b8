/** A shipped pack, asked as its users ask it: who is called so and what may they do, and what becomes of a filled form. */
import { readForm, type FormReading } from '../../../domain/form.ts';
import { resolveRole, type Pack } from '../../../domain/pack.ts';

export function fill(pack: Pack, form: string, input: unknown): FormReading {
  return readForm(pack.forms[form]?.fields ?? [], input, { role: (name) => resolveRole(pack, name) });
}

/** The document that is kept of a filled form, or the fields that were refused. */
export function kept(pack: Pack, form: string, input: unknown): Record<string, unknown> | string[] {
  const reading = fill(pack, form, input);
  return reading.ok ? reading.document : reading.problems.map(({ path }) => path);
}

/** Steps that whoever is called so may answer; undefined when nobody is. */
export function answers(pack: Pack, name: string): string[] | undefined {
  const role = resolveRole(pack, name);
  if (role === undefined) return undefined;
  return Object.entries(pack.rules.steps).flatMap(([step, { by }]) => (by.includes(role) ? [step] : []));
}

/** Steps that nobody else may answer. */
export function alone(pack: Pack, name: string): string[] | undefined {
  return answers(pack, name)?.filter((step) => pack.rules.steps[step]!.by.length === 1);
}

/** What may be chosen in a field of a form, as people read it. */
export function choices(pack: Pack, form: string, field: string): string[] {
  const found = pack.forms[form]?.fields.find(({ name }) => name === field);
  return (found?.options ?? []).map((option) => found?.optionLabels?.[option]?.zh ?? option);
}
