/**
 * May this message be taken? Pure over the case's state and its open tasks: the validator asks it before the message is
 * accepted, the handler asks it again when its turn has come (the state may have moved since, and validators are
 * skipped on replay).
 */
import type { CaseState, TaskState } from '../../domain/case/state.ts';
import { openTasks } from '../../domain/case/state.ts';
import { refuse, type Refusal } from '../../domain/errors.ts';
import type { PackRules, RoleId } from '../../domain/pack.ts';
import { formatInstant } from '../../domain/time.ts';
import type { Message } from './messages.ts';

/** What the desk's clock may be ahead of the case's (reliability 4.3). */
const CLOCK_TOLERANCE_MS = 2_000;

/** Acts on the case or on a task rather than answers to one; every case knows them. */
export const caseActs = ['assign', 'withdraw', 'duplicate', 'openedInError'] as const;
export type CaseAct = (typeof caseActs)[number];
export const isCaseAct = (step: string): step is CaseAct => (caseActs as readonly string[]).includes(step);

export interface Bench {
  readonly state: CaseState;
  readonly rules: PackRules;
  readonly now: number;
  readonly full: boolean;
  /** The rule of the open task itself (a complete sheet, a consent), given by the procedure. */
  guard(task: TaskState, message: Message): Refusal | undefined;
}

export function judge(message: Message, bench: Bench): Refusal | undefined {
  const { state, rules } = bench;
  if (state.status === 'closed' || state.reason !== undefined) return refuse('case-closed', state.reason);
  if (bench.full && message.step !== 'duplicate') return refuse('case-full');
  if (message.occurredAt > message.receivedAt) return refuse('occurred-in-future', formatInstant(message.occurredAt));
  if (message.receivedAt > bench.now + CLOCK_TOLERANCE_MS) return refuse('occurred-in-future', 'receivedAt');
  if (message.occurredAt < state.openedAt) return refuse('occurred-before-case', formatInstant(state.openedAt));
  return isCaseAct(message.step) ? judgeAct(message, state, rules) : judgeAnswer(message, bench);
}

function judgeAct(message: Message, state: CaseState, rules: PackRules): Refusal | undefined {
  if (actingRole(message, rules.steps[message.step]?.by ?? []) === undefined) return refuse('wrong-role', message.step);
  const { facts } = message;
  switch (message.step as CaseAct) {
    case 'assign':
      return state.tasks[String(facts['task'])]?.status === 'open' ? undefined : refuse('task-not-open', String(facts['task']));
    case 'duplicate':
      return facts['of'] === undefined || facts['of'] === state.number ? refuse('bad-facts', 'of') : undefined;
    case 'withdraw':
    case 'openedInError':
      if (facts['reason'] !== true) return refuse('reason-missing');
      return facts['evidence'] === true ? undefined : refuse('evidence-missing');
  }
}

function judgeAnswer(message: Message, bench: Bench): Refusal | undefined {
  const task = findTask(message, bench.state);
  if (task === undefined) return noSuchTask(message, bench);
  if (actingRole(message, task.by) === undefined) return refuse('wrong-role', task.by.join(' | '));
  if (task.holder !== undefined && task.holder !== message.actor.person) return refuse('not-the-holder', task.holder);
  if (task.notBy?.includes(message.actor.person)) return refuse('contributor-cannot-approve');
  if (message.occurredAt < task.openedAt) return refuse('occurred-out-of-order', formatInstant(task.openedAt));
  return judgeVersion(message, task) ?? bench.guard(task, message);
}

/** A decision names the version it decides on; a newer one makes it stale. */
function judgeVersion({ facts, unrecorded }: Message, { proposal }: TaskState): Refusal | undefined {
  if (proposal === undefined || unrecorded) return undefined;
  if (facts['version'] === undefined && facts['proposalHash'] === undefined) return refuse('bad-facts', 'version');
  const current = (facts['version'] ?? proposal.version) === proposal.version && (facts['proposalHash'] ?? proposal.hash) === proposal.hash;
  if (!current) return refuse('stale-version', `${proposal.name} v${proposal.version}`);
  return facts['decision'] === 'reject' && facts['reason'] !== true ? refuse('reason-missing') : undefined;
}

/** The open task a message answers: by id, else the one of that step whose roles the actor has, else any of the step. */
export function findTask(message: Message, state: CaseState): TaskState | undefined {
  const open = openTasks(state).filter((t) => t.step === message.step && (message.task === undefined || t.id === message.task));
  return open.find((t) => actingRole(message, t.by) !== undefined) ?? open[0];
}

function noSuchTask({ step, task: id, facts }: Message, { state, rules }: Bench): Refusal {
  const earlier = Object.values(state.tasks)
    .filter((t) => t.step === step && (id === undefined || t.id === id))
    .at(-1);
  if (step === 'close' && earlier === undefined) return refuse('closing-incomplete', owed(state).join(', '));
  if (earlier === undefined) return rules.steps[step] === undefined ? refuse('wrong-step', step) : refuse('task-not-open', step);
  const proposal = state.proposals[step.slice(0, step.lastIndexOf('.'))];
  if (proposal !== undefined && facts['version'] !== undefined && facts['version'] !== proposal.version) {
    return refuse('stale-version', `${proposal.name} v${proposal.version}`);
  }
  return refuse('task-closed', earlier.closedBy);
}

/** What stands between the case and its closing. */
function owed(state: CaseState): string[] {
  return openTasks(state)
    .filter((task) => !task.optional)
    .map((task) => task.step);
}

/** The role in which a person does it: the first of the allowed roles that they have. */
export function actingRole({ actor }: Message, allowed: readonly RoleId[]): RoleId | undefined {
  return allowed.find((role) => actor.roles.includes(role));
}
