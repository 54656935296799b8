/** The one reducer: workflow, record and reconcile fold a case's events with it and must come to the same state. */
import { concernAfter } from './concern.ts';
import { rebased, recomputed } from './reduce-rebase.ts';
import { cameAgain, fired, named, passedOver, quiet, warned } from './reduce-rungs.ts';
import type { AnyEvent } from './event.ts';
import type { CaseState, ClockState, ProposalState, TaskState } from './state.ts';
import { emptyCase } from './state.ts';

/** Folds one event. @throws RangeError when `event.seq` is not the next one. */
export function apply(state: CaseState, event: AnyEvent): CaseState {
  if (event.seq !== state.seq + 1) throw new RangeError(`event ${event.seq} does not follow ${state.seq} in case ${state.number}`);
  const concern = concernAfter(state.concern, event);
  return { ...change(state, event), seq: event.seq, ...(concern === undefined ? {} : { concern }) };
}

export function fold(events: readonly AnyEvent[], from: CaseState = emptyCase): CaseState {
  return events.reduce(apply, from);
}

function change(state: CaseState, event: AnyEvent): CaseState {
  switch (event.kind) {
    case 'opened': {
      const { number, pack, calendar, kind, facts, severity = state.severity, edition } = event.data;
      const judgedBy = edition === undefined ? {} : { edition };
      return { ...state, number, pack, calendar, kind, severity, ...judgedBy, openedAt: event.occurredAt, answers: { open: facts } };
    }
    case 'task-opened':
      return withTask(state, openedTask(state, event));
    case 'submitted': {
      const { task, step, facts } = event.data;
      const who = event.actor === undefined ? {} : { closedBy: event.actor.person };
      const answered = acknowledged(withTask(state, endTask(state.tasks[task], 'done', event.occurredAt, who)), state.tasks[task]?.breach);
      return { ...answered, answers: { ...state.answers, [step]: facts } };
    }
    case 'task-lapsed':
      return withTask(state, endTask(state.tasks[event.data.task], 'lapsed', event.occurredAt));
    case 'assigned':
      return withTask(state, handOver(state.tasks[event.data.task], event.data.person, event.occurredAt));
    case 'clock-started':
      return withClock(state, startedClock(state, event));
    case 'clock-met':
      return onClock(state, event.data.clock, { status: 'met', doneAt: event.occurredAt, remind: false });
    case 'clock-breached': {
      const broken = onClock(state, event.data.clock, { status: 'breached', firedAt: event.recordedAt, rungs: event.data.rungs });
      return { ...broken, breaches: state.breaches + 1 };
    }
    case 'clock-late':
      return changeClock(state, event.data.clock, (k) => ({ doneAt: event.occurredAt, lateBy: event.data.lateBy, ...quiet(k) }));
    case 'clock-excused': {
      const late = changeClock(state, event.data.clock, (k) => ({ status: 'excused', doneAt: event.occurredAt, ...quiet(k) }));
      return { ...late, breaches: state.breaches - 1 };
    }
    case 'clock-moved': {
      const { from, to, consentAt } = event.data;
      return changeClock(state, event.data.clock, ({ moves, knownAt }) => ({
        dueAt: to,
        moves: [...moves, { from, to, consentAt }],
        ...(knownAt === undefined ? {} : { knownAt: event.recordedAt }),
      }));
    }
    case 'rebased':
      return rebased(state, event);
    case 'clock-recomputed': {
      const clock = state.clocks[event.data.clock];
      return clock === undefined ? state : withClock(state, recomputed(clock, event));
    }
    case 'clock-stopped':
      return stopClock(state, event.data.clock, event.occurredAt);
    case 'reminded':
      return changeClock(state, event.data.clock, (k) => cameAgain(k, event.data));
    case 'warned':
      return changeClock(state, event.data.clock, (k) => warned(k, [event.data.rung], event.occurredAt));
    case 'skipped':
      return changeClock(state, event.data.clock, (k) => passedOver(k, event.data, event.occurredAt));
    case 'digested':
      return changeClock(state, event.data.clock, (k) => named(k, event.data, event.occurredAt));
    case 'notified': {
      const told = changeClock(state, event.data.clock, (k) => fired(k, event.data, event.occurredAt));
      return event.data.roles === undefined ? { ...told, escalatedTo: state.escalatedTo ?? event.data.role } : told;
    }
    case 'escalated': {
      const told = changeClock(state, event.data.clock, (k) => fired(k, event.data, event.occurredAt));
      return { ...told, escalatedTo: event.data.role, escalations: state.escalations + 1 };
    }
    case 'nudged': {
      const { task: id, from } = event.data;
      const task = state.tasks[id];
      return withTask(state, task && { ...task, nudged: { ...task.nudged, [from]: event.occurredAt } });
    }
    case 'proposed':
      return withProposal(state, { ...event.data, decisions: state.proposals[event.data.name]?.decisions ?? [] });
    case 'decided': {
      const { proposal, act, decision } = event.data;
      const before = state.proposals[proposal.name];
      if (before === undefined || event.actor === undefined) return state;
      const made = { version: proposal.version, act, decision, actor: event.actor, at: event.occurredAt };
      return withProposal(state, { ...before, decisions: [...before.decisions, made] });
    }
    case 'proposal-settled': {
      const before = state.proposals[event.data.name];
      return before === undefined ? state : withProposal(state, { ...before, outcome: event.data.outcome });
    }
    case 'round-started':
      return { ...state, round: event.data.round };
    case 'stage-entered':
      return { ...state, stage: event.data.stage };
    case 'severity-set':
      return { ...state, severity: event.data.severity };
    case 'known':
      return { ...state, known: { ...state.known, ...event.data } };
    case 'effect-done':
      return { ...state, known: { ...state.known, ...event.data.result } };
    case 'told':
    case 'effect-asked':
      return state;
    case 'ended': {
      const stopped = stopEverything(state, event.occurredAt);
      return event.data.of === undefined
        ? { ...stopped, reason: event.data.reason }
        : { ...stopped, reason: event.data.reason, of: event.data.of };
    }
    case 'closed':
      return {
        ...stopEverything(state, event.occurredAt),
        status: 'closed',
        stage: 'closed',
        reason: event.data.reason,
        closedAt: event.occurredAt,
      };
  }
}

function openedTask(state: CaseState, { data, clause }: Extract<AnyEvent, { kind: 'task-opened' }>): TaskState {
  return {
    id: data.task,
    step: data.step,
    by: data.by,
    round: state.round,
    optional: data.optional ?? false,
    escalation: data.escalation ?? false,
    status: 'open',
    openedAt: data.from,
    segments: [],
    ...(clause === undefined ? {} : { clause }),
    ...(data.clock === undefined ? {} : { clock: data.clock }),
    ...(data.proposal === undefined ? {} : { proposal: data.proposal }),
    ...(data.notBy === undefined ? {} : { notBy: data.notBy }),
    ...(data.breach === undefined ? {} : { breach: data.breach }),
  };
}

function startedClock(state: CaseState, { data, clause }: Extract<AnyEvent, { kind: 'clock-started' }>): ClockState {
  return {
    id: data.clock,
    limit: data.limit,
    hardness: data.hardness,
    ladder: data.ladder,
    round: state.round,
    startAt: data.startAt,
    dueAt: data.dueAt,
    provisional: data.provisional,
    status: 'running',
    of: data.of ?? [],
    remind: data.remind ?? false,
    rungs: [],
    rungsFired: 0,
    told: [],
    moves: [],
    ...(data.agreed === undefined ? {} : { agreed: data.agreed }),
    ...(data.knownAt === undefined ? {} : { knownAt: data.knownAt }),
    ...(clause === undefined ? {} : { clause }),
  };
}

function endTask(task: TaskState | undefined, status: 'done' | 'lapsed', at: number, more: Partial<TaskState> = {}): TaskState | undefined {
  if (task === undefined) return undefined;
  const segments = task.segments.map((s) => (s.to === undefined ? { ...s, to: at } : s));
  return { ...task, status, closedAt: at, segments, ...more };
}

function handOver(task: TaskState | undefined, person: string, at: number): TaskState | undefined {
  if (task === undefined) return undefined;
  const ended = task.segments.map((s) => (s.to === undefined ? { ...s, to: at } : s));
  return { ...task, holder: person, segments: [...ended, { person, from: at }] };
}

/** Tasks lapse and running clocks stop without verdict: the one place where a case's end takes hold. */
function stopEverything(state: CaseState, at: number): CaseState {
  const tasks = mapValues(state.tasks, (t) => (t.status === 'open' ? (endTask(t, 'lapsed', at) ?? t) : t));
  const clocks = mapValues(state.clocks, (k) => ({
    ...k,
    ...(k.status === 'running' ? { status: 'stopped' as const, doneAt: at } : {}),
    ...quiet(k),
  }));
  return { ...state, tasks, clocks };
}

const withTask = (state: CaseState, task: TaskState | undefined): CaseState =>
  task === undefined ? state : { ...state, tasks: { ...state.tasks, [task.id]: task } };

const withClock = (state: CaseState, clock: ClockState): CaseState => ({ ...state, clocks: { ...state.clocks, [clock.id]: clock } });

const withProposal = (state: CaseState, proposal: ProposalState): CaseState => ({
  ...state,
  proposals: { ...state.proposals, [proposal.name]: proposal },
});

function onClock(state: CaseState, id: string, patch: Partial<ClockState>): CaseState {
  const clock = state.clocks[id];
  return clock === undefined ? state : withClock(state, { ...clock, ...patch });
}

function changeClock(state: CaseState, id: string, change: (clock: ClockState) => Partial<ClockState>): CaseState {
  const clock = state.clocks[id];
  return clock === undefined ? state : withClock(state, { ...clock, ...change(clock) });
}

/** Whoever was to acknowledge the breach has: it is not told again. */
function acknowledged(state: CaseState, breach: string | undefined): CaseState {
  return breach === undefined ? state : changeClock(state, breach, ({ repeats }) => (repeats === undefined ? {} : { repeats: [] }));
}

/** A breach that stands is not undone by stopping: only its reminders and rungs end. */
function stopClock(state: CaseState, id: string, at: number): CaseState {
  return changeClock(state, id, (k) => ({ ...quiet(k), ...(k.status === 'running' ? { status: 'stopped', doneAt: at } : {}) }));
}

function mapValues<T>(record: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
