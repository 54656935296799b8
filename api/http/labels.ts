/** Secrecy labels as requests name them. */
import type { FastifyRequest } from 'fastify';
import type { Db } from '../../db/database.ts';
import {
  changeLabel,
  decideLabel,
  LabelDecided,
  LabelKeyReused,
  labelOf,
  OwnLabelChange,
  type LabelChange,
  type Labelled,
} from '../../db/labels.ts';
import { isLabel, isLower } from '../../domain/secrecy.ts';
import type { Instant } from '../../domain/time.ts';
import { me, SECRECY } from '../plugins/auth.ts';
import { Problem } from '../problems/problem.ts';
import { iso, isoOfDate } from '../view/instants.ts';

/** @throws Problem bad-request that names the labels there are */
export function knownLabel(label: string): void {
  if (isLabel(SECRECY, label)) return;
  const there = (lang: 'zh' | 'id'): string => SECRECY.labels.map((one) => one[lang]).join(', ');
  throw new Problem('bad-request', {
    zh: `没有密级“${label}”;可用:${there('zh')}。`,
    en: `There is no label "${label}": it is one of ${there('id')}.`,
    errors: [{ path: 'label', zh: '没有此密级', en: 'is no label' }],
  });
}

export interface Wanted {
  readonly label: string;
  readonly reason?: string | undefined;
}

/**
 * Raised at once; lowered with a reason, when a second person has said so. What came of it stands in the journal.
 * @throws Problem not-found, bad-request, reason-missing, key-reused, already-decided
 */
export async function askForLabel(
  db: Db,
  request: FastifyRequest,
  what: Labelled,
  { label, reason }: Wanted,
  { key, at }: { readonly key: string; readonly at: Instant },
): Promise<LabelChange> {
  knownLabel(label);
  const from = await labelOf(db, what, SECRECY);
  if (from === undefined) throw new Problem('not-found');
  if (isLower(SECRECY, label, from) && reason === undefined) throw new Problem('reason-missing');
  const { person } = me(request);
  return changeLabel(db, { ...what, from, to: label, reason, by: person, at, key }, SECRECY).catch(asProblem);
}

/** @throws Problem not-found, contributor-cannot-approve, already-decided */
export async function decideOnLabel(
  db: Db,
  request: FastifyRequest,
  { id, record, decision }: { readonly id: string; readonly record: string; readonly decision: 'approve' | 'reject' },
  at: Instant,
): Promise<LabelChange> {
  const { person } = me(request);
  const change = await decideLabel(db, { id, record, decision, by: person, at }, SECRECY).catch(asProblem);
  if (change === undefined) throw new Problem('not-found');
  return change;
}

function asProblem(error: unknown): never {
  if (error instanceof LabelKeyReused) throw new Problem('key-reused');
  if (error instanceof LabelDecided) throw new Problem('already-decided');
  if (error instanceof OwnLabelChange) throw new Problem('contributor-cannot-approve');
  throw error;
}

export function changeView(change: LabelChange) {
  const { id, of, item, from_label: from, to_label: to, reason, asked_by: askedBy, asked_at, decision, decided_by: decidedBy } = change;
  const what = of === 'document' || of === 'attachment' ? { [of]: item } : {};
  return {
    id,
    ...what,
    from,
    to,
    reason,
    askedBy,
    askedAt: iso(asked_at.getTime()),
    decision,
    decidedBy,
    decidedAt: isoOfDate(change.decided_at),
  };
}
