/** An emergency grant as it is shown. */
import type { EmergencyRow } from '../../db/emergencies.ts';
import { iso, isoOfDate } from './instants.ts';

export function emergencyView(row: EmergencyRow, at: number) {
  return {
    id: row.id,
    case: row.case_number,
    pack: row.pack_id,
    task: row.task_id,
    step: row.step,
    role: row.role,
    person: row.person,
    askedBy: row.asked_by,
    askedAt: iso(row.at.getTime()),
    reason: row.reason,
    eligible: row.eligible,
    until: iso(row.ends_at.getTime()),
    grantedBy: row.granted_by,
    grantedAt: isoOfDate(row.granted_at),
    grantReason: row.grant_reason,
    endedBy: row.ended_by,
    endedAt: isoOfDate(row.ended_at),
    endReason: row.end_reason,
    used: row.used,
    reviewDueAt: isoOfDate(row.review_due_at),
    reviewOverdue: row.review_due_at !== null && row.reviewed_at === null && row.review_due_at.getTime() < at,
    reviewedBy: row.reviewed_by,
    reviewedAt: isoOfDate(row.reviewed_at),
    rightDone: row.right_done,
    finding: row.finding,
  };
}
