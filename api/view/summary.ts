/** A case as lists and live changes show it. */
import { seenOf, type CaseRow } from '../../db/read/cases.ts';
import type { Reader } from '../../domain/case/concern.ts';
import { iso, isoOfDate } from './instants.ts';
import { secrecyOfCase } from './secrecy.ts';

export function summaryOfRow(row: CaseRow, reader: Reader) {
  return {
    number: row.number,
    pack: row.pack_id,
    kind: row.kind,
    severity: row.severity,
    stage: row.stage,
    status: row.status,
    reason: row.reason,
    round: row.round,
    openedAt: iso(row.opened_at.getTime()),
    closedAt: isoOfDate(row.closed_at),
    nextDueAt: isoOfDate(row.next_due_at),
    nextDueProvisional: row.next_due_provisional,
    breaches: row.breaches,
    escalations: row.escalations,
    escalatedTo: row.escalated_to,
    unit: row.unit,
    secrecy: secrecyOfCase(seenOf(row), reader),
    needsOperators: row.needs_ops !== null,
    seq: row.seq,
  };
}
