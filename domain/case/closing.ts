/** What a pack requires before a case closes, and before a step is answered. */
import type { PackRules, StepId } from '../pack.ts';
import { openTasks, type CaseState } from './state.ts';

type Rules = Pick<PackRules, 'closeRequires' | 'steps'>;

const DOCUMENT = 'document:';

/**
 * What the pack requires of the kind and of the severity at closing (readings 13) and what is not there: steps that nobody has
 * answered or that are owed again, forms (`document:<form>`) that nobody has filed. `closing` is the closing act itself, which need
 * not be there before it is.
 */
export function lackingToClose(
  state: Pick<CaseState, 'kind' | 'severity' | 'answers' | 'tasks'>,
  rules: Rules,
  closing?: StepId,
): string[] {
  const { closeRequires = {} } = rules;
  const required = new Set([...(closeRequires[state.kind] ?? []), ...(closeRequires[state.severity] ?? [])]);
  const owed = new Set(openTasks(state).flatMap(({ step, optional }) => (optional ? [] : [step])));
  required.delete(closing ?? '');
  return [...required].filter((what) =>
    what.startsWith(DOCUMENT) ? !isFiled(what.slice(DOCUMENT.length), state, rules) : state.answers[what] === undefined || owed.has(what),
  );
}

/**
 * The step at which a person sees to what is lacking: the step itself, or the first that files the form. Undefined for a
 * decision, which is asked about a proposal only.
 */
export function stepFor(lacking: string, { steps }: Pick<PackRules, 'steps'>): StepId | undefined {
  const form = lacking.startsWith(DOCUMENT) ? lacking.slice(DOCUMENT.length) : undefined;
  const step = form === undefined ? lacking : Object.keys(steps).find((name) => steps[name]?.form === form && !isDecision(name));
  return step === undefined || isDecision(step) || steps[step] === undefined ? undefined : step;
}

/** Forms that have to be filed with or before the answer to a step and are not. The answer files the step's own. */
export function lackingForms(state: Pick<CaseState, 'answers'>, rules: Pick<PackRules, 'steps'>, step: StepId): string[] {
  const { requiredForms = [], form: own } = rules.steps[step] ?? {};
  return requiredForms.filter((form) => form !== own && !isFiled(form, state, rules));
}

/** A step whose form it is has been answered. */
function isFiled(form: string, { answers }: Pick<CaseState, 'answers'>, { steps }: Pick<PackRules, 'steps'>): boolean {
  return Object.entries(steps).some(([step, rule]) => rule.form === form && answers[step] !== undefined);
}

const isDecision = (step: StepId): boolean => /\.(review|approve)$/.test(step);
