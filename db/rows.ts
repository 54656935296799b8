/** From a case's state to the rows that lists and inboxes read. */
import type { CaseState, ClockState, TaskState } from '../domain/case/state.ts';
import { nextDue } from '../domain/case/state.ts';
import type { Instant } from '../domain/time.ts';

const at = (instant: Instant): Date => new Date(instant);
const atOrNull = (instant: Instant | undefined): Date | null => (instant === undefined ? null : new Date(instant));

export function caseRow(state: CaseState) {
  const unit = state.answers['open']?.['unit'];
  return {
    number: state.number,
    pack_id: state.pack.id,
    pack_version: state.pack.version,
    pack_hash: state.pack.hash,
    kind: state.kind,
    severity: state.severity,
    stage: state.stage,
    status: state.status,
    reason: state.reason ?? null,
    round: state.round,
    opened_at: at(state.openedAt),
    closed_at: atOrNull(state.closedAt),
    next_due_at: atOrNull(nextDue(state)),
    breaches: state.breaches,
    escalations: state.escalations,
    escalated_to: state.escalatedTo ?? null,
    unit: typeof unit === 'string' ? unit : null,
    seq: state.seq,
    state: JSON.stringify(state),
    concerned_roles: state.concern === undefined ? null : [...state.concern.roles],
    concerned_persons: state.concern === undefined ? null : [...state.concern.persons],
  };
}

export function taskRow(state: CaseState, task: TaskState) {
  const clock = task.clock === undefined ? undefined : state.clocks[task.clock];
  return {
    case_number: state.number,
    task_id: task.id,
    step: task.step,
    roles: [...task.by],
    round: task.round,
    clause: task.clause ?? null,
    optional: task.optional,
    escalation: task.escalation,
    status: task.status,
    holder: task.holder ?? null,
    due_at: atOrNull(clock?.dueAt),
    breached: clock?.status === 'breached',
    opened_at: at(task.openedAt),
    closed_at: atOrNull(task.closedAt),
  };
}

export function clockRow(state: CaseState, clock: ClockState) {
  return {
    case_number: state.number,
    clock_id: clock.id,
    limit_name: clock.limit,
    hardness: clock.hardness,
    clause: clock.clause ?? null,
    round: clock.round,
    start_at: at(clock.startAt),
    due_at: at(clock.dueAt),
    provisional: clock.provisional,
    status: clock.status,
    fired_at: atOrNull(clock.firedAt),
    done_at: atOrNull(clock.doneAt),
    late_by_ms: clock.lateBy ?? null,
  };
}

/** Tasks and clocks that a batch has touched; a task is touched, too, when its clock is. */
export function touched(before: CaseState, after: CaseState): { tasks: TaskState[]; clocks: ClockState[] } {
  const clocks = Object.values(after.clocks).filter((k) => before.clocks[k.id] !== k);
  const ids = new Set(clocks.map((k) => k.id));
  const tasks = Object.values(after.tasks).filter((t) => before.tasks[t.id] !== t || (t.clock !== undefined && ids.has(t.clock)));
  return { tasks, clocks };
}
