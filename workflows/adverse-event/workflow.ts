/** S4-FEEDBACK, an adverse event: 不良事件 (3.2 to 3.4). A case of its own: it goes on after the feedback is closed. */
import { reportLimit, type Harm } from '../../domain/customer-feedback/statutory.ts';
import type { Instant } from '../../domain/time.ts';
import type { Case } from '../kit/case.ts';
import type { Closing, OpenCase } from '../kit/messages.ts';
import { runCase } from '../kit/run.ts';
import { reportToAuthority } from '../stages/authority-report.ts';
import { openBeside, seeCase } from '../stages/linked.ts';

interface Intake {
  readonly harm: Harm;
  readonly knownAt?: Instant;
}

export async function adverseEvent(input: OpenCase): Promise<Closing> {
  return runCase(input, followAdverseEvent);
}

async function followAdverseEvent(c: Case): Promise<void> {
  const { harm, knownAt = c.acceptedAt } = c.intake<Intake>();
  const known = Math.min(knownAt, c.acceptedAt); //                                  the limit runs from when the company knew
  investigate(c); //                                                                 3.2 品管部
  if (harm === 'group') telephone(c, known);
  const limit = reportLimit(harm, c.switch('statutoryAddOn') === true); //           no limit in the text
  const of = c.rules.steps['reported']?.by ?? [];
  await reportToAuthority(c, limit === undefined ? undefined : c.watch(limit, { from: known, of })); // 3.3, 3.4
}

/** The quality department investigates and improves; what it finds may ask for a recall, which is a case of its own [FB.P7 FB.K7]. */
function investigate(c: Case): void {
  c.owe<{ recall?: boolean }>('investigation', {
    done: ({ facts, actor }) => {
      if (facts.recall !== true) return;
      const see = seeCase(c.state.number);
      openBeside(c, 'recall', actor, { form: { reason: see, product: see, batches: see } });
    },
  });
}

/** A group event is told by telephone or fax at once: no material is sent, so none is approved; the general manager hears of it. */
function telephone(c: Case, known: Instant): void {
  c.tell(c.rules.generalManager, 'group-event', '3.3');
  const addOn = c.switch('statutoryAddOn') === true;
  c.owe('telephoneReport', addOn ? { within: 'groupEvent', from: known } : { within: null });
}
