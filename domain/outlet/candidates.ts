/** Candidates for an outsourced outlet: who may still be reviewed, and who may stand on the final list (4.1.2c, 4.1.2d). */
import { refuse, type Refusal } from '../errors.ts';

/** A review is of a candidate that has not had it yet. */
export function checkCandidate(contractor: string, waiting: readonly string[]): Refusal | undefined {
  return waiting.includes(contractor) ? undefined : refuse('not-a-candidate', contractor);
}

/** Failing either review is out: the list names only those who passed both [OUT.P10 OUT.P11]. */
export function checkList(listed: readonly string[], passed: readonly string[]): Refusal | undefined {
  const out = listed.find((contractor) => !passed.includes(contractor));
  return out === undefined ? undefined : refuse('review-not-passed', out);
}
