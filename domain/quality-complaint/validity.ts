/** Whether a complaint stands (6.8.2). */
import { refuse, type Refusal } from '../errors.ts';

export interface Judgement {
  readonly stands: boolean;
  readonly reasonsSufficient: boolean;
  readonly demandReasonable: boolean;
  readonly reason?: true;
  readonly note?: true;
}

/** [TS.K5] A complaint stands when its reasons are sufficient and its demand is reasonable; a judgement that says otherwise contradicts itself. */
export function checkJudgement({ stands, reasonsSufficient, demandReasonable, reason }: Judgement): Refusal | undefined {
  if (stands !== (reasonsSufficient && demandReasonable)) return refuse('validity-contradicts-tests');
  return stands || reason ? undefined : refuse('reason-missing');
}

/** An earlier judgement is changed only to "stands", and with a note. */
export function checkChangedJudgement(judgement: Judgement): Refusal | undefined {
  if (!judgement.stands) return refuse('bad-facts', 'stands');
  return checkJudgement(judgement) ?? (judgement.note ? undefined : refuse('note-missing'));
}
