/** Major and difficult complaints (2.1.2, 3.4.7, 3.10.5, 3.10.6). */
import type { RoleId, StepId } from '../../domain/pack.ts';
import type { Instant } from '../../domain/time.ts';
import type { Case } from '../kit/case.ts';
import { minutesOf } from './meeting.ts';

/** What a case does not close without, while it is owed: the steps below. */
export const carriedOut: readonly StepId[] = ['majorReport', 'majorMeasures', 'specialMeeting', 'specialReport'];

/**
 * Reported at once to the general manager and to the deputy, each for themselves, by whoever judged it or confirmed by whoever
 * receives it [CS19.P5 CS19.D10]. The legal centre is told. The special meeting leaves minutes [CS19.Q5].
 */
export function majorComplaint(c: Case, judgedAt: Instant): void {
  c.tell('legalCentre', 'major-complaint', '2.1.3');
  reported(c, judgedAt);
  if (!c.owes('specialMeeting')) c.owe('specialMeeting', { from: judgedAt, guard: minutesOf() });
}

/** A special report to the company, for major and for difficult complaints [CS19.Q6]. */
export function difficultComplaint(c: Case, judgedAt: Instant): void {
  if (!c.owes('specialReport')) c.owe('specialReport', { from: judgedAt });
}

/** Lowered: what only the higher class asked for is no longer owed. What was done stays in the record. */
export function noLongerMajor(c: Case): void {
  for (const step of carriedOut) c.lapse(step, 'lowered');
}

function reported(c: Case, judgedAt: Instant): void {
  const leaders: RoleId[] = ['generalManager', 'deputyGeneralManager'];
  // Whoever judged it owes the report; that a leader may confirm it makes it no duty of theirs.
  const owing = c.rules.steps['majorReport']?.by ?? [];
  let waiting = leaders.length;
  for (const leader of leaders) {
    c.tell(leader, 'major-complaint', '3.4.7');
    c.owe('majorReport', {
      by: [leader, ...owing],
      from: judgedAt,
      clock: c.watch('majorReport', { from: judgedAt, of: owing }),
      done: ({ occurredAt }) => {
        waiting -= 1;
        if (waiting === 0) measures(c, occurredAt);
      },
    });
  }
}

/** When both know, either sets the measures; the departments named hear of them at once [CS19.D21]. */
function measures(c: Case, reportedAt: Instant): void {
  c.owe<{ departments: readonly RoleId[] }>('majorMeasures', {
    from: reportedAt,
    done: ({ facts }) => {
      for (const department of facts.departments) c.tell(department, 'measures', '2.1.2');
    },
  });
}
