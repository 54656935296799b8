/** What a pack requires before a case closes. */
import type { PackRules, StepId } from '../pack.ts';
import type { CaseState } from './state.ts';

/**
 * Steps that the pack requires of the kind and of the severity at closing (readings 13) and that nobody has answered.
 * `closing` is the closing act itself. Filed forms (`document:`) are known to the desk, not to the case.
 */
export function lackingToClose(
  { kind, severity, answers }: Pick<CaseState, 'kind' | 'severity' | 'answers'>,
  { closeRequires = {} }: Pick<PackRules, 'closeRequires'>,
  closing: StepId,
): StepId[] {
  const required = [...(closeRequires[kind] ?? []), ...(closeRequires[severity] ?? [])];
  return [...new Set(required)].filter((step) => step !== closing && !step.startsWith('document:') && answers[step] === undefined);
}
