/** Light, serious, a matter of principle or major: it decides who decides (二(二)3, 信息反馈(四)). */
import { refuse } from '../../domain/errors.ts';
import type { StepId } from '../../domain/pack.ts';
import type { Instant } from '../../domain/time.ts';
import type { Answered, Case } from '../kit/case.ts';
import { Lapsed } from '../kit/errors.ts';
import type { Message } from '../kit/messages.ts';
import type { Departments, Severity } from './facts.ts';

/** The way to the end: what is open of it begins anew under another class. */
const way: readonly StepId[] = [
  'remedy',
  'solution',
  'customerAgreement',
  'solution.approve',
  'meeting',
  'builderAcceptance',
  'carryOut',
  'handlingOpinion',
  'satisfaction',
];

/** Set by quality inspection with the market department, from the receipt on; raised freely, lowered with a note [CEM.X8]. */
export class Classification {
  private readonly c: Case;
  private judged = false;

  constructor(c: Case) {
    this.c = c;
    this.offer(c.acceptedAt);
  }

  /** A higher class than the one the way was gone under. */
  above(level: string): boolean {
    return this.rank(this.c.state.severity) > this.rank(level);
  }

  /** Waits until it has been judged. */
  async known(): Promise<void> {
    if (this.judged) return;
    this.c.lapse('severity', 'owed');
    const answer = await this.c.ask<Severity>('severity', { from: this.c.acceptedAt });
    this.take(answer);
    this.offer(answer.occurredAt);
  }

  close(): void {
    this.c.lapse('severity', 'over');
  }

  private offer(after: Instant): void {
    this.c.offer<Severity>('severity', (answer) => this.take(answer), { inOrder: true, after, guard: (answer) => this.check(answer) });
  }

  private check({ facts }: Message) {
    if (this.rank(String(facts['severity'])) < 0) return refuse('bad-facts', 'severity');
    const lowered = this.judged && this.rank(String(facts['severity'])) < this.rank(this.c.state.severity);
    return lowered && facts['note'] !== true ? refuse('note-missing') : undefined;
  }

  private take({ facts, actor, occurredAt, unrecorded }: Answered<Severity>): void {
    const severity = unrecorded ? 'light' : facts.severity;
    const same = this.judged && severity === this.c.state.severity;
    this.judged = true;
    this.c.setSeverity(severity, actor, '二(二)3');
    if (same) return;
    if (severity === 'light') tellDepartments(this.c, occurredAt);
    else this.c.lapse('departmentNotice', 'no longer light');
    if (severity === 'principle') this.c.tell('companyLeader', 'principle', '信息反馈(四)');
    for (const step of way) this.c.lapse(step, 'class changed');
  }

  private rank(severity: string): number {
    return this.c.rules.severities?.indexOf(severity) ?? 0;
  }
}

/** A light complaint is on the register for record, and the departments hear of it [CEM.P5a CEM.D10]. */
export function tellDepartments(c: Case, from: Instant): void {
  if (c.owes('departmentNotice')) return;
  c.owe<Departments>('departmentNotice', {
    from,
    done: ({ facts, unrecorded }) => {
      if (unrecorded) return;
      for (const department of facts.departments) c.tell(department, 'light-complaint', '二(二)3');
    },
  });
}

/** What the round came to, or that its class changed on the way. */
export async function unlessReclassed<T>(c: Case, round: () => Promise<T>): Promise<T | 'class changed'> {
  try {
    return await round();
  } catch (error) {
    if (!(error instanceof Lapsed) || c.state.reason !== undefined) throw error;
    return 'class changed';
  }
}
