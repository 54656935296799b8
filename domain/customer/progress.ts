/** A case as its customer may know it: made of the customer's own words and times alone, never of what is written inside. */
import type { AnyEvent } from '../case/event.ts';
import { openTasks, type CaseState, type ClockState } from '../case/state.ts';
import type { Label, PackRules } from '../pack.ts';
import type { Instant } from '../time.ts';
import { promiseReason } from './promise.ts';
import type { CustomerSide } from './side.ts';

export interface StageSeen extends Label {
  readonly since: Instant;
}

export interface PromiseSeen {
  readonly what: Label;
  readonly dueAt: Instant;
  readonly provisional: boolean;
  /** The promised time has passed and it is not done. */
  readonly late: boolean;
  readonly reason: Label;
}

export interface Progress {
  readonly number: string;
  readonly status: 'open' | 'closed';
  readonly openedAt: Instant;
  readonly round: number;
  readonly stage: StageSeen;
  /** In order, the present one last; stages that the customer cannot tell apart are one. */
  readonly stages: readonly StageSeen[];
  readonly promises: readonly PromiseSeen[];
  readonly contact: Label;
  /** What the customer is asked for. */
  readonly awaited: readonly (Label & { readonly what: 'opinion' })[];
}

const IN_HAND: Label = { zh: '正在处理', en: 'In hand' };
const ENDED: Readonly<Record<string, Label>> = {
  completed: { zh: '已办结', en: 'Closed' },
  withdrawn: { zh: '已按您的要求撤回', en: 'Withdrawn at your request' },
  duplicate: { zh: '已并入您的另一件,在那里继续办理', en: 'Goes on in another case of yours' },
};
const ENDED_OTHERWISE: Label = { zh: '已结束', en: 'Ended' };

/** @param rules what the case goes by, for the plain reason of a promise @param events those of the case, in order */
export function progressOf(
  state: CaseState,
  events: readonly AnyEvent[],
  side: CustomerSide,
  rules: PackRules | undefined,
  now: Instant,
): Progress {
  const stages = stagesOf(state, events, side);
  const stage = stages.at(-1) ?? { ...wordOf('accepted', side), since: state.openedAt };
  const { number, status, openedAt, round } = state;
  const named = Object.hasOwn(side.stages, state.stage) ? side.stages[state.stage]?.contact : undefined;
  const opinion = side.opinion;
  const asked = opinion !== undefined && openTasks(state).some((task) => task.step === opinion.step && !task.optional);
  return {
    number,
    status,
    openedAt,
    round,
    stage,
    stages,
    promises: status === 'closed' ? [] : promisesOf(state, side, rules, now),
    contact: label(named ?? side.contact),
    awaited: asked ? [{ what: 'opinion', ...label(opinion.asks) }] : [],
  };
}

function stagesOf(state: CaseState, events: readonly AnyEvent[], side: CustomerSide): StageSeen[] {
  const seen: StageSeen[] = [{ ...wordOf('accepted', side), since: state.openedAt }];
  const add = (word: Label, since: Instant): void => {
    if (seen.at(-1)?.zh !== word.zh) seen.push({ ...word, since });
  };
  for (const event of events) {
    if (event.kind === 'stage-entered') add(wordOf(event.data.stage, side), event.occurredAt);
    if (event.kind === 'closed') add(ENDED[event.data.reason] ?? ENDED_OTHERWISE, event.occurredAt);
  }
  return seen;
}

function promisesOf(state: CaseState, side: CustomerSide, rules: PackRules | undefined, now: Instant): PromiseSeen[] {
  return Object.values(state.clocks)
    .filter((clock) => Object.hasOwn(side.promises, clock.limit) && isOpen(clock, state))
    .toSorted((a, b) => a.dueAt - b.dueAt)
    .map((clock) => ({
      what: label(side.promises[clock.limit]!),
      dueAt: clock.dueAt,
      provisional: clock.provisional,
      late: clock.status === 'breached' || clock.dueAt < now,
      reason: promiseReason(rules?.limits[clock.limit], {
        startAt: clock.startAt,
        extended: clock.moves.length > 0,
        agreed: clock.agreed === true,
        provisional: clock.provisional,
      }),
    }));
}

/** Still to be done: it runs, or it is broken and neither done since nor no longer owed. */
function isOpen(clock: ClockState, state: CaseState): boolean {
  if (clock.status === 'running') return true;
  if (clock.status !== 'breached' || clock.doneAt !== undefined) return false;
  return !Object.values(state.tasks).some((task) => task.clock === clock.id && task.status !== 'open');
}

const wordOf = (stage: string, side: CustomerSide): Label =>
  label(Object.hasOwn(side.stages, stage) ? (side.stages[stage] ?? IN_HAND) : IN_HAND);

const label = ({ zh, en }: Label): Label => ({ zh, en });
