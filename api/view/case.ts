/** A case as its readers see it, from the state that its events have made. */
import { coverage } from '../../domain/authority/delegation.ts';
import { outageOf } from '../../domain/case/outage.ts';
import type { CaseState, ClockState, ProposalState, TaskState } from '../../domain/case/state.ts';
import type { DeciderRow } from '../../db/read/absences.ts';
import { seenOfCase } from '../../db/read/cases.ts';
import type { Reader } from '../../domain/case/concern.ts';
import { nextDue, nextDueProvisional, openTasks } from '../../domain/case/state.ts';
import type { Pack } from '../../domain/pack.ts';
import { plainYuan, type Fen } from '../../domain/money.ts';
import { formatDue } from '../../domain/time.ts';
import type { ShownCase } from '../http/find.ts';
import { iso, isoOrNull } from './instants.ts';
import { secrecyOfCase } from './secrecy.ts';
import { stepsNow } from './next.ts';

/** @param pack the version the case is pinned to; undefined = no labels @param acting who may act in the roles of its approvals */
export function caseView(found: ShownCase, reader: Reader, pack: Pack | undefined, acting: readonly DeciderRow[]) {
  const { state, needsOps, withheld } = found;
  const clocks = Object.values(state.clocks).map((k) => clockView(k, pack));
  const latest = (limit: string | undefined) => clocks.findLast((k) => k.limit === limit) ?? null;
  return {
    number: state.number,
    pack: state.pack.id,
    packVersion: state.pack.version,
    packHash: state.pack.hash,
    kind: state.kind,
    severity: state.severity,
    stage: state.stage,
    status: state.status,
    reason: state.reason ?? null,
    of: state.of ?? null,
    round: state.round,
    openedAt: iso(state.openedAt),
    closedAt: isoOrNull(state.closedAt),
    nextDueAt: isoOrNull(nextDue(state)),
    nextDueProvisional: nextDueProvisional(state),
    calendar: state.calendar.id,
    calendarVersion: state.calendar.version,
    breaches: state.breaches,
    escalations: state.escalations,
    escalatedTo: state.escalatedTo ?? null,
    unit: unitOf(state),
    secrecy: secrecyOfCase(seenOfCase(found), reader),
    needsOperators: needsOps !== null,
    seq: state.seq,
    responseDue: latest(pack?.rules.responseLimit),
    closureDue: latest(pack?.rules.closureLimit),
    clocks,
    tasks: openTasks(state).map((t) => ({
      ...taskView(t, state, pack),
      ...(isDecided(t) ? { deciders: decidersOf(t, state, acting) } : {}),
    })),
    next: stepsNow(state).map((s) => s.step),
    proposals: Object.values(state.proposals).map(proposalView),
    known: { ...state.known },
    answers: Object.fromEntries(Object.entries(state.answers).filter(([step]) => !withheld.includes(step))),
    withheld: [...withheld],
  };
}

export function clockView(clock: ClockState, pack: Pack | undefined) {
  const { zh, en } = pack?.limitLabels[clock.limit] ?? {};
  return {
    id: clock.id,
    limit: clock.limit,
    label: zh === undefined || en === undefined ? null : { zh, en },
    clause: clock.clause ?? null,
    hardness: clock.hardness,
    round: clock.round,
    startAt: iso(clock.startAt),
    dueAt: iso(clock.dueAt),
    due: formatDue(clock.dueAt),
    provisional: clock.provisional,
    status: clock.status,
    doneAt: isoOrNull(clock.doneAt),
    lateByMs: clock.lateBy ?? null,
    noticedAt: isoOrNull(clock.firedAt),
    outageMs: outageOf(clock) ?? null,
    recomputed: (clock.recomputed ?? []).map((m) => ({ from: iso(m.from), to: iso(m.to) })),
    moves: clock.moves.map((m) => ({ from: iso(m.from), to: iso(m.to), consentAt: iso(m.consentAt) })),
  };
}

/** Approvals and escalations: there a substitute may act. */
export const isDecided = (task: TaskState): boolean => task.proposal !== undefined || task.escalation;

/** Neither whoever drew it up nor their substitute; of a task that somebody holds the holder, or the holder's substitute. */
export function decidersOf(task: TaskState, state: CaseState, acting: readonly DeciderRow[]) {
  const free = (person: string | null): boolean => person === null || task.notBy?.includes(person) !== true;
  return acting
    .filter((a) => coverage(a.delegation ?? undefined, task, state) === 'covers')
    .filter((a) => task.by.includes(a.role) && free(a.person) && free(a.for) && (task.holder ?? a.for ?? a.person) === (a.for ?? a.person))
    .map(({ person, name, role, for: absent, delegation }) => ({ person, name, role, for: absent, delegation: delegation?.id ?? null }));
}

export function taskView(task: TaskState, state: CaseState, pack: Pack | undefined) {
  const clock = task.clock === undefined ? undefined : state.clocks[task.clock];
  const { proposal } = task;
  return {
    id: task.id,
    step: task.step,
    label: stepLabel(task.step, pack),
    clause: task.clause ?? null,
    roles: [...task.by],
    round: task.round,
    optional: task.optional,
    escalation: task.escalation,
    holder: task.holder ?? null,
    openedAt: iso(task.openedAt),
    dueAt: isoOrNull(clock?.dueAt),
    breached: clock?.status === 'breached',
    provisional: clock?.status === 'running' && clock.provisional,
    proposal:
      proposal === undefined
        ? null
        : { name: proposal.name, version: proposal.version, hash: proposal.hash, amount: yuanOrNull(proposal.amount) },
  };
}

export function stepLabel(step: string, pack: Pack | undefined) {
  const found = pack?.steps[step];
  return found === undefined ? null : { zh: found.zh, en: found.en };
}

function proposalView(p: ProposalState) {
  return {
    name: p.name,
    version: p.version,
    hash: p.hash,
    amount: yuanOrNull(p.amount),
    sum: yuanOrNull(p.sum),
    mode: p.mode ?? ('inOrder' as const),
    tier: p.tier,
    chain: [...p.chain],
    by: [...p.by],
    outcome: p.outcome ?? null,
    decisions: p.decisions.map((d) => ({ ...d, at: iso(d.at) })),
  };
}

const yuanOrNull = (amount: Fen | undefined): string | null => (amount === undefined ? null : plainYuan(amount));

function unitOf(state: CaseState): string | null {
  const unit = state.answers['open']?.['unit'];
  return typeof unit === 'string' ? unit : null;
}
