/** The repair: its clock, the builder's branch, the extension with consent, acceptance (3.4.5, 3.4.6, 3.5.2, 3.5.3). */
import { refuse } from '../../domain/errors.ts';
import { checkAcceptance, checkExtension } from '../../domain/property-repair/repair.ts';
import type { LimitName } from '../../domain/pack.ts';
import type { Answered, Case } from '../kit/case.ts';
import type { Completion, Extension, Survey } from './facts.ts';

/** The clock of one round's repair: three working days for a single trade, seven for several. The sheet starts it [CS19.X1]. */
export class RepairClock {
  private clocks: string[] = [];
  private extended = false;
  private readonly c: Case;
  private readonly limit: LimitName;

  constructor(c: Case, survey: Answered<Survey>) {
    this.c = c;
    this.limit = survey.facts.trades === 'multi' ? 'repairMulti' : 'repairSingle';
    // Without the survey's time an old register gives the repair no start, hence no verdict.
    if (survey.unrecorded) return;
    const startsAt = this.startsAt;
    if (startsAt === 'survey-signed') this.start(survey.occurredAt);
    if (startsAt === 'accepted') this.start(c.acceptedAt);
    if (c.edition >= 2 && c.switch('extension') === 'none') c.ruleOut('extend', refuse('extension-not-allowed', '3.4.5'));
    else this.offerExtension(survey.facts.complex ?? false, survey.occurredAt);
  }

  /** The order is issued: only now does the clock start where the pack says so (X1). */
  orderIssued(): void {
    if (this.startsAt === 'work-order') this.start();
  }

  /** The team cannot do it: the same limit goes on for the builder, or a new one where the pack says so [CS19.D9]. */
  handedOver(at: number): void {
    const onHandOver = this.c.rules.limits[this.limit]?.onHandOver ?? this.c.switch('builderHandOver');
    if (onHandOver !== 'restart' || this.clocks.length === 0) return;
    for (const clock of this.clocks) this.c.stop(clock, 'handed over');
    this.start(at);
  }

  /** The limit's own word goes before the switch, which holds for both repair limits (X1). */
  private get startsAt(): unknown {
    return this.c.rules.limits[this.limit]?.startsAt ?? this.c.switch('repairClockStartsAt');
  }

  get dueAt(): number {
    const last = this.clocks.at(-1);
    return last === undefined ? 0 : this.c.clock(last).dueAt;
  }

  completed(at: number): void {
    this.c.lapse('extend', 'completed');
    for (const clock of this.clocks) this.c.meet(clock, at);
  }

  private start(from?: number): void {
    this.clocks.push(this.c.watch(this.limit, from === undefined ? {} : { from }));
  }

  /** A particularly complex repair, with the customer's prior consent, once per stage [CS19.P10]. */
  private offerExtension(complexBySurvey: boolean, surveyedAt: number): void {
    this.c.offer<Extension>(
      'extend',
      ({ facts, occurredAt }) => {
        const clock = this.clocks.at(-1);
        if (clock === undefined) return;
        this.extended = true;
        const moved = this.c.move(clock, facts.until, facts.consentAt ?? occurredAt, '3.4.5');
        if (moved !== clock) this.clocks.push(moved);
      },
      {
        after: surveyedAt,
        guard: ({ facts, occurredAt }) => {
          const clock = this.clocks.at(-1);
          if (this.c.edition >= 2 && clock === undefined) return refuse('task-not-open', this.limit);
          const { until, complex, consentAt, evidence } = facts as unknown as Extension;
          const request = {
            until,
            complex: complex ?? complexBySurvey,
            evidence: evidence === true,
            ...(consentAt === undefined ? {} : { consentAt }),
          };
          return checkExtension(request, occurredAt, {
            dueAt: this.dueAt,
            extended: this.extended,
            ...(this.c.edition >= 2 && clock !== undefined ? { startAt: this.c.clock(clock).startAt } : {}),
          });
        },
      },
    );
  }
}

/** By the team, from the order to the customer's signature [CS19.P9]. Acceptance and completion check are one sheet. */
export async function repair(c: Case, clock: RepairClock): Promise<Answered<Completion>> {
  c.enter('repair');
  builderMayTakeOver(c, clock);
  const done = await c.ask<Completion>('completion', {
    guard: ({ facts }) => {
      const { acceptedBy, customerSigned } = facts as unknown as Completion;
      return checkAcceptance(acceptedBy, customerSigned);
    },
  });
  clock.completed(done.occurredAt);
  c.lapse('handOver', 'completed');
  c.lapse('urgeBuilder', 'completed');
  return done;
}

/** What the team cannot do, engineering urges the builder to do, within the same limit (3.4.6) [CS19.P9b]. */
function builderMayTakeOver(c: Case, clock: RepairClock): void {
  c.offer(
    'handOver',
    ({ occurredAt }) => {
      c.know({ repairBy: 'builder' }, '3.4.6');
      clock.handedOver(occurredAt);
      c.owe('urgeBuilder', { from: occurredAt });
    },
    { once: true, after: c.now },
  );
}
