/** The written plan: drawn up, approved by the chain of its class, carried out, confirmed (6.8.4, 6.8.5). */
import { isLower } from '../../domain/case/class.ts';
import type { Fen } from '../../domain/money.ts';
import type { RoleId } from '../../domain/pack.ts';
import { checkCarriedOut, classOfPlan } from '../../domain/quality-complaint/plan.ts';
import type { Answered, Case } from '../kit/case.ts';
import { approveVersions, toVersion, type Version } from '../stages/approval.ts';
import { chainOf, keepClass } from '../stages/class.ts';
import { unlessLapsed } from '../stages/lapsed.ts';
import { noMoreRemedies, offerRemedies } from '../stages/remedy.ts';
import type { CarryOut, Confirmation, PlanFacts } from './facts.ts';

interface Plan extends Version {
  readonly claim: boolean;
  readonly claimAmount?: Fen;
  readonly unrecorded: boolean;
}

export class Plans {
  private readonly c: Case;

  /**
   * Marketing sets the class when it judges the complaint or sees the plan; it is raised at any time and lowered only with a note
   * [TS.X3]. A plan under decision then goes through the chain of the new class; one that is being carried out goes back for the
   * decisions it lacks.
   */
  constructor(c: Case) {
    this.c = c;
    keepClass(c, '6.8.5', (now, before) => {
      c.lapse('plan.approve', 'superseded');
      if (!isLower(c.rules.severities ?? [], before, now)) return;
      c.lapse('carryOut', 'raised');
      c.lapse('confirmation', 'raised');
    });
  }

  /** The department that the meeting named finds the cause and who caused it, and hands its plan to marketing in writing [TS.P4]. */
  async drawnUp(): Promise<Plan> {
    this.c.enter('plan');
    return this.read(await this.c.ask<PlanFacts>('plan', this.author));
  }

  /** Until the plan is approved, carried out and confirmed. */
  async carriedOut(first: Plan): Promise<void> {
    for (let plan = first; ;) {
      plan = await this.approved(plan);
      offerRemedies(this.c, plan.claimAmount);
      const done = await this.done(plan);
      noMoreRemedies(this.c);
      if (done) return;
    }
  }

  /**
   * The head of marketing goes into every plan; a major one is confirmed by the deputy in charge, a particularly major one then by the
   * top leader [TS.P5 TS.T1 TS.X5], who is the general manager unless the pack names another [TS.X4]. In time means within the
   * pack's limit [TS.D4]: each is reminded, none is passed over.
   */
  private approved(plan: Plan): Promise<Plan> {
    if (plan.unrecorded) return Promise.resolve(plan);
    const { c } = this;
    c.enter('approval');
    return approveVersions(c, 'plan', plan, {
      read: (answer) => this.read(answer),
      chain: ({ claim }) => chainOf(c, classOfPlan(c.rules.severities ?? [], c.state.severity, claim)),
      ...this.author,
    });
  }

  /** Carried out, the loss made good [TS.P6]; marketing confirms it before the customer is told [TS.X7]. False: raised meanwhile. */
  private async done({ claim }: Plan): Promise<boolean> {
    const { c } = this;
    const persons: RoleId[] = ['acceptingPerson', 'personInCharge', 'acceptingUnit', ...(this.author.by ?? [])];
    for (;;) {
      c.enter('carryOut');
      const carried = await unlessLapsed(
        c,
        c.ask<CarryOut>('carryOut', {
          ...(this.author.by === undefined ? {} : { by: persons }),
          guard: ({ facts }) => checkCarriedOut({ claim, lossMadeGood: facts['lossMadeGood'] === true }),
        }),
      );
      if (carried === undefined) return false;
      const checked = await unlessLapsed(c, c.ask<Confirmation>('confirmation', { from: carried.occurredAt }));
      if (checked === undefined) return false;
      if (checked.unrecorded || checked.facts.confirmed) return true;
    }
  }

  private read({ facts, actor, unrecorded, ...answer }: Answered<PlanFacts>): Plan {
    const { c } = this;
    const claim = facts.claim === true;
    const severity = classOfPlan(c.rules.severities ?? [], c.state.severity, claim);
    if (severity !== c.state.severity) c.setSeverity(severity, actor, '6.8.5');
    const amount = facts.claimAmount === undefined ? {} : { claimAmount: facts.claimAmount };
    return { ...toVersion({ ...answer, actor }), claim, unrecorded, ...amount };
  }

  /** Who draws up the plan: the department named; whoever holds the responsible department's own role does it for any. */
  private get author(): { by?: readonly RoleId[] } {
    const { department } = this.c.state.known;
    return typeof department === 'string' ? { by: [department, 'responsibleDepartment'] } : {};
  }
}
