/**
 * May this message be taken? Pure over the case's state and its open tasks: the validator asks it before the message is
 * accepted, the handler asks it again when its turn has come (the state may have moved since, and validators are
 * skipped on replay).
 */
import { barredByGrant, grantFor } from '../../domain/authority/emergency.ts';
import { barredAt } from '../../domain/authority/of-case.ts';
import type { CalendarDays } from '../../domain/calendar.ts';
import { actorsOf, isCaseAct, type CaseAct } from '../../domain/case/acts.ts';
import { judgeNudge, type Nudger } from '../../domain/case/nudge.ts';
import type { CaseState, TaskState } from '../../domain/case/state.ts';
import { openTasks } from '../../domain/case/state.ts';
import { checkDating, daysBeyondBound, supervisors } from '../../domain/case/dating.ts';
import { refuse, type Refusal } from '../../domain/errors.ts';
import type { PackRules, RoleId } from '../../domain/pack.ts';
import { formatYuan } from '../../domain/money.ts';
import { formatInstant, type Instant } from '../../domain/time.ts';
import { actingRole } from './acting.ts';
import type { Message } from './messages.ts';
import { isRebaseAct, judgeRebase } from './rebase.ts';
import { ceilingBelow, standsInFor } from './standing.ts';

/** What the desk's clock may be ahead of the case's (reliability 4.3). */
const CLOCK_TOLERANCE_MS = 2_000;

export interface Bench {
  readonly state: CaseState;
  readonly rules: PackRules;
  readonly calendar: CalendarDays;
  readonly now: number;
  readonly full: boolean;
  /** Of the kit's rules that the case is judged by. */
  readonly edition: number;
  /** Why the pack has ruled a step out, if it has. */
  ruledOut(step: string): Refusal | undefined;
  /** What the pack requires before the case closes and is not there. */
  lacking(): readonly string[];
  /** The rule of the open task itself (a complete sheet, a consent), given by the procedure. */
  guard(task: TaskState, message: Message): Refusal | undefined;
}

/** What is looked at before anything of the case is touched: a message of the future would let deadlines fall due that do not. */
export function judgeArrival({ occurredAt, receivedAt }: Message, now: Instant): Refusal | undefined {
  if (occurredAt > receivedAt) return refuse('occurred-in-future', formatInstant(occurredAt));
  return receivedAt > now + CLOCK_TOLERANCE_MS ? refuse('occurred-in-future', 'receivedAt') : undefined;
}

export function judge(message: Message, bench: Bench): Refusal | undefined {
  const { state } = bench;
  if (state.status === 'closed' || state.reason !== undefined) return refuse('case-closed', state.reason);
  if (bench.full && message.step !== 'duplicate') return refuse('case-full');
  const early = judgeArrival(message, bench.now);
  if (early !== undefined) return early;
  if (message.occurredAt < state.openedAt) return refuse('occurred-before-case', formatInstant(state.openedAt));
  return judgePast(message, bench) ?? (isCaseAct(message.step) ? judgeAct(message, bench) : judgeAnswer(message, bench));
}

/** Only the desk's import speaks of the past: who else did could do things of which nobody is told. */
function judgePast({ step, signature, past, pastEnds, unrecorded }: Message, { edition }: Bench): Refusal | undefined {
  if (edition < 8 || signature !== undefined) return undefined;
  return (past ?? pastEnds ?? unrecorded) === undefined ? undefined : refuse('past-the-desk', step);
}

function judgeAct(message: Message, bench: Bench): Refusal | undefined {
  const { state, rules } = bench;
  if (actingRole(message, actorsOf(message.step, rules)) === undefined) return refuse('wrong-role', message.step);
  const { facts } = message;
  const unfit = judgeDating(message, bench) ?? judgeActSeal(message, bench);
  if (unfit !== undefined) return unfit;
  switch (message.step as CaseAct) {
    case 'assign': {
      const task = state.tasks[String(facts['task'])];
      if (task?.status !== 'open') return refuse('task-not-open', String(facts['task']));
      const early = bench.edition >= 2 && message.occurredAt < task.openedAt;
      if (early) return refuse('occurred-out-of-order', formatInstant(task.openedAt));
      const away = message.away?.find(({ role }) => role === undefined || task.by.includes(role));
      return away === undefined ? undefined : refuse('assignee-absent', away.substitute);
    }
    case 'nudge': {
      const nudge = { from: facts['from'] as Nudger, occurredAt: message.occurredAt, roles: message.actor.roles };
      return judgeNudge(state.tasks[String(facts['task'])], nudge, rules, bench.calendar);
    }
    case 'duplicate':
      return facts['of'] === undefined || facts['of'] === state.number ? refuse('bad-facts', 'of') : undefined;
    case 'withdraw':
    case 'openedInError':
      if (facts['reason'] !== true) return refuse('reason-missing');
      return facts['evidence'] === true ? undefined : refuse('evidence-missing');
    case 'rebase':
    case 'calendar':
      return judgeRebase(message, state, bench);
  }
}

function judgeAnswer(message: Message, bench: Bench): Refusal | undefined {
  const task = findTask(message, bench.state);
  if (task === undefined) return noSuchTask(message, bench);
  const standing = judgeStanding(message, task, bench);
  if (standing !== undefined) return standing;
  const dating = judgeDating(message, bench);
  if (dating !== undefined) return dating;
  if (message.occurredAt < task.openedAt) return refuse('occurred-out-of-order', formatInstant(task.openedAt));
  return judgeSeal(message, task, bench) ?? judgeVersion(message, task) ?? bench.guard(task, message);
}

/** In a role of their own, in somebody's place or by an emergency grant; and nobody of them has done what is kept apart from it. */
function judgeStanding(message: Message, task: TaskState, bench: Bench): Refusal | undefined {
  const { person, emergency } = message.actor;
  const { state } = bench;
  const own = actingRole(message, task.by) !== undefined;
  const stood = standsInFor(message, task, state);
  const grant = grantFor(emergency, task, state);
  if (!own && stood.length === 0 && grant === undefined && answeringRole(message, task, bench) === undefined) {
    const ceiling = ceilingBelow(message, task, state);
    return ceiling === undefined ? refuse('wrong-role', task.by.join(' | ')) : refuse('beyond-delegation', formatYuan(ceiling));
  }
  const held = own && task.holder !== undefined && task.holder !== person;
  if (held && stood.length === 0 && grant === undefined) return refuse('not-the-holder', task.holder);
  // Neither whoever acts nor whom they act for may have done what the table of duties keeps apart from it.
  const barred = barredAt(task, state, person);
  if (barred !== undefined) return refuse(barred.code);
  if ((own && !held) || (stood.length === 0 && grant === undefined)) return undefined;
  const [first, ...others] = stood.map((one) => ({ person: one.person, duty: barredAt(task, state, one.person) }));
  if (first !== undefined && [first, ...others].some(({ duty }) => duty === undefined)) return undefined;
  if (grant !== undefined) {
    const behind = barredByGrant(task, state, [grant.asked, grant.granted]);
    return behind === undefined ? undefined : refuse(behind.duty.code, behind.person);
  }
  return first?.duty === undefined ? undefined : refuse(first.duty.code, first.person);
}

const judgeDating = (message: Message, { edition, rules }: Bench): Refusal | undefined =>
  edition < 2 ? undefined : checkDating(message, rules, message.actor.roles);

/**
 * The role in which a person answers a task: one of the task's own; or, where the fact lies too far back for those, the
 * supervisor's, who enters it for them. What is decided is decided by its own role alone.
 */
export function answeringRole(message: Message, task: TaskState, { edition, rules }: Pick<Bench, 'edition' | 'rules'>): RoleId | undefined {
  const own = actingRole(message, task.by);
  if (own !== undefined || edition < 2 || task.proposal !== undefined || daysBeyondBound(message, rules) === 0) return own;
  return actingRole(message, supervisors(rules));
}

/**
 * Whoever may write to the engine can name any person: what came past the desk decides nothing, unless the pack lets it. That a
 * signature is the desk's is looked at where the events are recorded, by those who hold its key.
 */
function judgeSeal({ signature }: Message, { proposal }: TaskState, { edition, rules }: Bench): Refusal | undefined {
  if (edition < 5 || proposal === undefined || signature !== undefined) return undefined;
  return mayDecidePastDesk(rules) ? undefined : refuse('past-the-desk', proposal.name);
}

/** Rules are exchanged by the desk alone, whatever rules say: they could allow it themselves. To end a case is a decision. */
function judgeActSeal({ step, signature }: Message, { edition, rules }: Bench): Refusal | undefined {
  if (edition < 8 || signature !== undefined || step === 'assign' || step === 'nudge') return undefined;
  return mayDecidePastDesk(rules) && !isRebaseAct(step) ? undefined : refuse('past-the-desk', step);
}

const mayDecidePastDesk = (rules: PackRules): boolean => rules.switches['decisionsPastDesk'] === 'allowed';

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
  const own = open.find((t) => actingRole(message, t.by) !== undefined);
  return (
    own ??
    open.find((t) => standsInFor(message, t, state).length > 0 || grantFor(message.actor.emergency, t, state) !== undefined) ??
    open[0]
  );
}

function noSuchTask({ step, task: id, facts }: Message, { state, rules, ruledOut, lacking }: Bench): Refusal {
  const out = ruledOut(step);
  if (out !== undefined) return out;
  const earlier = Object.values(state.tasks)
    .filter((t) => t.step === step && (id === undefined || t.id === id))
    .at(-1);
  if (step === 'close' && earlier === undefined)
    return refuse('closing-incomplete', [...new Set([...owed(state), ...lacking()])].join(', '));
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
