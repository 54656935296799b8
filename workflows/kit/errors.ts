/** How refusals and endings travel inside the kit. */
import { ApplicationFailure } from '@temporalio/workflow';
import { refusals, type Refusal } from '../../domain/errors.ts';

/** A refusal as its sender sees it: the code is the failure's type, the detail its only data. */
export function refusalFailure({ code, detail }: Refusal): ApplicationFailure {
  return ApplicationFailure.nonRetryable(refusals[code].en, code, ...(detail === undefined ? [] : [detail]));
}

/** Thrown into a flow whose task closed without an answer, because the case ended or the task was superseded. */
export class Lapsed extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'Lapsed';
  }
}
