/** The decision on a complaint: nothing is promised before it, and it goes out in writing (信息反馈(七)2, 信息反馈(七)5). */
import { refuse } from '../../domain/errors.ts';
import type { Instant } from '../../domain/time.ts';
import type { Case } from '../kit/case.ts';
import type { Reply } from './facts.ts';

export class Decision {
  private readonly c: Case;
  private madeAt: Instant | undefined;

  /** A promise is refused until the decision, and one that is dated before it afterwards as well [CEM.A5]. */
  constructor(c: Case) {
    this.c = c;
    c.offer('promise', () => undefined, {
      guard: ({ occurredAt }) => {
        if (c.switch('promiseBeforeDecision') === 'allowed') return undefined;
        const before = this.madeAt === undefined || occurredAt < this.madeAt;
        return before ? refuse('promise-before-decision') : undefined;
      },
    });
  }

  /** From now on it may be promised, and it is owed in writing; or with a reason why not, unless the pack allows none [CEM.A6]. */
  made(at: Instant): void {
    if (this.madeAt !== undefined) return;
    this.madeAt = at;
    this.c.owe<Reply>('reply', {
      from: at,
      guard: ({ facts }) =>
        this.c.switch('writtenReply') === 'always' && facts['written'] !== true ? refuse('bad-facts', 'written') : undefined,
    });
  }

  /** It does not stand any more: what has been answered so far was not the last word. */
  voided(): void {
    this.madeAt = undefined;
    this.c.lapse('reply', 'decided anew');
  }
}
