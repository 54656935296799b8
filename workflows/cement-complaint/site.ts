/** Service at the construction site: 24 clock hours to the arrival, samples, data in writing (二(三)质检部6). */
import { checkSiteRecord } from '../../domain/cement/site.ts';
import { refuse } from '../../domain/errors.ts';
import { boundFrom } from '../../domain/limit-start.ts';
import type { Instant } from '../../domain/time.ts';
import type { Case } from '../kit/case.ts';
import type { Intake, SiteJudgement, SiteRecord } from './facts.ts';

/** Whether somebody is sent, who judges it, and what then is owed. */
export class SiteService {
  private readonly c: Case;
  needed = false;
  private arrived = false;

  /** Needed by the register, or judged later: the 24 hours run from the receipt either way [CEM.D1 CEM.X5]. */
  constructor(c: Case, intake: Intake) {
    this.c = c;
    if (intake.siteServiceNeeded === true) this.send(c.acceptedAt);
    c.offer<SiteJudgement>(
      'siteService',
      ({ facts, occurredAt }) => {
        if (facts.needed) this.send(boundFrom(c.limit('onSite'), c.acceptedAt, occurredAt));
        else this.callOff();
      },
      { inOrder: true, guard: ({ facts }) => this.checkJudgement(facts as unknown as SiteJudgement) },
    );
  }

  private checkJudgement({ needed, reason }: SiteJudgement) {
    if (needed || !this.needed) return undefined;
    if (this.arrived) return refuse('bad-facts', 'needed');
    return reason === true ? undefined : refuse('reason-missing');
  }

  /** A person is sent, and has to arrive: setting out is noted and stops nothing [CEM.P3]. */
  private send(from: Instant): void {
    if (this.needed) return;
    this.needed = true;
    this.c.know({ siteService: true }, '二(三)质检部6');
    this.c.offer('setOut', () => undefined, { after: from });
    this.c.owe('siteArrival', {
      within: 'onSite',
      from,
      done: ({ occurredAt }) => {
        this.arrived = true;
        this.c.lapse('setOut', 'arrived');
        this.record(occurredAt);
      },
    });
  }

  private callOff(): void {
    this.needed = false;
    this.c.know({ siteService: false }, '二(三)质检部6');
    this.c.lapse('siteArrival', 'not needed');
    this.c.lapse('setOut', 'not needed');
  }

  private record(from: Instant): void {
    this.c.owe<SiteRecord>('siteRecord', {
      from,
      guard: ({ facts }) =>
        checkSiteRecord(facts as unknown as SiteRecord, {
          jointly: this.c.switch('builderSamplesJointly') !== false,
          inWriting: this.c.switch('siteDataInWriting') !== false,
        }),
    });
  }
}
