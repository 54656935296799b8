/** Class of a feedback, and the way it goes: answered directly, or judged, planned and decided (4.2.1, 4.3.1, 4.3.2). */
import { checkClassChange } from '../../domain/case/class.ts';
import { departmentsFor } from '../../domain/customer-feedback/routing.ts';
import type { Actor } from '../../domain/case/event.ts';
import type { Case } from '../kit/case.ts';
import { Lapsed } from '../kit/errors.ts';
import { keepClass } from '../stages/class.ts';
import { Duties } from './duties.ts';
import type { Classification, Intake } from './facts.ts';

/** Steps on which a feedback waits; they end when it goes the other way. */
const onTheWay = ['directAnswer', 'judgement', 'tactfulAnswer', 'plan', 'opinion', 'filing'];

/** General information is answered by the business department itself and sees no general manager [FB.X3]. */
type Way = 'direct' | 'full';

export class FeedbackWay {
  readonly duties: Duties;
  private readonly c: Case;
  private way: Way | undefined;
  private changing = false;
  /** A plan or a tactful answer lies in the record: lowering the class takes nothing from whoever decides on it. */
  settled = false;

  constructor(c: Case) {
    this.c = c;
    this.duties = new Duties(c);
    const { actor, facts } = c.opening<Intake>();
    if (facts.class !== undefined) this.set(facts.class, actor);
    keepClass(c, '4.2.1', () => this.changed());
  }

  /** In doubt the higher class: up freely, down with a note [FB.X4]. First classification, content groups, and the departments that get the form [FB.P4]. */
  async classify(): Promise<void> {
    const { c } = this;
    c.enter('classification');
    const { facts, actor } = await c.ask<Classification>('classify', {
      guard: ({ facts: said }) =>
        checkClassChange(c.rules.severities ?? [], c.state.severity, { to: String(said['class']), note: said['note'] === true }),
    });
    const { content = [], departments = [], possibleAdverseEvent = false } = facts;
    const asked = departmentsFor(content, departments, facts.class === 'general');
    c.know({ departments: asked, qualityMatter: content.includes('quality'), possibleAdverseEvent }, '4.3.1');
    this.set(facts.class ?? c.state.severity, actor);
    for (const department of asked) {
      c.tell(department, 'feedback-form', '4.3.1');
      if (!(department === 'quality' && c.owes('qualityAnalysis'))) c.owe('departmentOpinion', { by: [department] });
    }
  }

  /** Goes the way of the class; a class that changes across the line starts on the other one. */
  async follow<T>(ways: Readonly<Record<Way, () => Promise<T>>>): Promise<T> {
    for (;;) {
      this.way = this.ofClass;
      this.changing = false;
      try {
        return await ways[this.way]();
      } catch (lapsed) {
        if (!this.changing || !(lapsed instanceof Lapsed) || this.c.state.reason !== undefined) throw lapsed;
      }
    }
  }

  /** @throws Lapsed when the way has changed while something beside it was waited for */
  stillOn(): void {
    if (this.changing) throw new Lapsed('class changed');
  }

  private get ofClass(): Way {
    return this.c.state.severity === 'general' && !this.settled ? 'direct' : 'full';
  }

  private set(feedbackClass: string, actor: Actor): void {
    if (feedbackClass !== this.c.state.severity) this.c.setSeverity(feedbackClass, actor, '4.2.1');
    this.changed();
  }

  private changed(): void {
    this.duties.serve();
    if (this.way === undefined || this.way === this.ofClass) return;
    this.changing = true;
    for (const step of onTheWay) this.c.lapse(step, 'class changed', 'goes-on');
  }
}
