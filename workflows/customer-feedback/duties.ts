/** What the class of a feedback asks for beside the flow (3.2, 4.1.3, 4.1.4, 4.3.2b). Each duty once, however often the class changes. */
import { openTasks } from '../../domain/case/state.ts';
import { askedBy } from '../../domain/customer-feedback/class.ts';
import type { StepId } from '../../domain/pack.ts';
import { isoBeijing, type Instant } from '../../domain/time.ts';
import type { Case } from '../kit/case.ts';
import { unlessLapsed } from '../stages/lapsed.ts';
import { openBeside, seeCase } from '../stages/linked.ts';
import { actOn } from './action.ts';
import { causeSteps, seekCause } from './cause.ts';
import type { Screening } from './facts.ts';

const letterSteps: readonly StepId[] = ['letter', 'responsiblePerson', 'qualityAnalysis'];

export class Duties {
  private readonly c: Case;
  private cause: Promise<void> | undefined;
  private causeDone = false;

  constructor(c: Case) {
    this.c = c;
  }

  /** What was done or is owed already is not owed again; what a lower class does not ask for is owed no more. */
  serve(): void {
    const { c } = this;
    const { letter, cause } = askedBy(c.state.severity, c.switch('complaintsLikeImportant') !== false);
    const { possibleAdverseEvent, qualityMatter, justified, departments } = c.state.known;
    if (letter) writeLetter(c, qualityMatter === true);
    else drop(c, letterSteps);
    if (cause || possibleAdverseEvent === true) once(c, 'screening', () => screen(c));
    else drop(c, ['screening']);
    // Who takes part is known when the content is; what is judged not to be justified needs no cause.
    this.seek(cause && departments !== undefined && justified !== false);
  }

  /** Resolves when cause, negotiation and meeting are done, or not asked for any more. @throws Lapsed when the case ends */
  async causeKnown(): Promise<void> {
    for (let awaited: Promise<void> | undefined; awaited !== this.cause;) {
      awaited = this.cause;
      await awaited;
    }
  }

  private seek(asked: boolean): void {
    if (this.causeDone || asked === (this.cause !== undefined)) return;
    if (!asked) {
      this.cause = undefined;
      return drop(this.c, causeSteps);
    }
    this.cause = this.sought();
    this.cause.catch(() => undefined); // heard by whoever waits for it
  }

  private async sought(): Promise<void> {
    this.causeDone = (await unlessLapsed(this.c, seekCause(this.c))) === true;
  }
}

function once(c: Case, step: StepId, owe: () => void): void {
  if (c.state.answers[step] === undefined && !c.owes(step)) owe();
}

function drop(c: Case, steps: readonly StepId[]): void {
  for (const step of steps) c.lapse(step, 'not asked for');
}

/**
 * Within two working days of the receipt one of three ranks writes to the customer and nobody else [FB.D1 FB.R2 FB.F3]; a
 * class raised later does not restart that (readings 5). A person responsible is named, and a matter of quality is analysed
 * [FB.P5b FB.R3 FB.R4].
 */
function writeLetter(c: Case, quality: boolean): void {
  once(c, 'letter', () => c.owe('letter', { from: c.acceptedAt, done: ({ occurredAt }) => acknowledged(c, occurredAt) }));
  once(c, 'responsiblePerson', () =>
    c.owe<{ person?: string }>('responsiblePerson', {
      done: ({ facts: { person } }) => (person === undefined ? undefined : c.know({ responsiblePerson: person }, '4.3.2b')),
    }),
  );
  if (quality)
    once(c, 'qualityAnalysis', () => c.owe<{ correctiveAction?: boolean }>('qualityAnalysis', { done: (answer) => actOn(c, answer) }));
}

/** Receipt is acknowledged within hours, automatically where possible; a letter or an answer says no less [FB.P2 FB.D3]. */
export function acknowledge(c: Case): void {
  c.owe('acknowledgement', { from: c.acceptedAt });
}

export function acknowledged(c: Case, at: Instant): void {
  const owed = openTasks(c.state).find((task) => task.step === 'acknowledgement');
  if (owed?.clock !== undefined) c.meet(owed.clock, at);
  c.lapse('acknowledgement', 'answered');
}

/** Adverse event or recall: cases of their own, which go on when this one is closed [FB.P7 FB.K7]. */
function screen(c: Case): void {
  c.owe<Screening>('screening', {
    done: ({ facts, actor }) => {
      const see = seeCase(c.state.number);
      if (facts.adverseEvent && facts.harm !== undefined)
        openBeside(c, 'adverseEvent', actor, { form: { harm: facts.harm, knownAt: isoBeijing(c.acceptedAt), description: see } });
      if (facts.recall) openBeside(c, 'recall', actor, { form: { reason: see, product: see, batches: see } });
    },
  });
}
