/**
 * A story as the messages that tell it, in the order of time, step by step of the procedure. Steps of which the register
 * knows nothing are entered as such, at the instant at which they became due, so that no limit is judged by a guess.
 */
import type { Pack } from '../../domain/pack.ts';
import type { Instant } from '../../domain/time.ts';
import type { Mapping, Told } from '../mapping/schema.ts';
import type { Report, RowProblem } from '../problem.ts';
import { fillForm, type Form } from './field.ts';
import type { Reader } from './reader.ts';
import type { Point, Round, Story } from './story.ts';

export interface PastMessage {
  readonly step: string;
  readonly form: Form;
  readonly occurredAt: Instant;
  readonly unrecorded?: true;
  /** Who did it, by an id; absent: nobody knows, the register says it. */
  readonly person?: string;
}

export interface Telling {
  readonly pack: Pack;
  readonly mapping: Mapping;
  readonly reader: Reader;
  readonly person: (name: string) => string;
}

/** Undefined after reporting what stands in the way. */
export function messagesOf(story: Story, telling: Telling, problems: RowProblem[], notes: RowProblem[]): PastMessage[] | undefined {
  const teller = new Teller(story, telling, problems, notes);
  const messages = teller.tell();
  return teller.failed ? undefined : messages;
}

class Teller {
  failed = false;
  private readonly messages: PastMessage[] = [];
  private readonly story: Story;
  private readonly telling: Telling;
  private readonly problems: RowProblem[];
  private readonly notes: RowProblem[];

  constructor(story: Story, telling: Telling, problems: RowProblem[], notes: RowProblem[]) {
    this.story = story;
    this.telling = telling;
    this.problems = problems;
    this.notes = notes;
  }

  tell(): PastMessage[] {
    const { mapping, pack } = this.telling;
    const { rounds, closed } = this.story;
    const { start } = rounds[0]!;
    this.say('open', pack.kinds[mapping.kind]?.form ?? '', mapping.form, start);
    rounds.forEach((round, i) => this.tellRound(round, i + 1));
    if (closed !== undefined) this.tellSteps(mapping.tell.end, closed, {});
    return this.messages;
  }

  private tellRound(round: Round, n: number): void {
    const { tell, assigned } = this.telling.mapping;
    const steps = tell.round.filter(({ rounds }) => rounds === undefined || (rounds === 'first') === (n === 1));
    if (round.resolved === undefined) {
      // Not done yet: who holds the work holds its first step.
      if (steps[0] !== undefined) this.assign(round, `${steps[0].step}#${n}`);
      return;
    }
    // Within a round, done and closed are the same moment: the closing may be all that the register knows.
    this.tellSteps(steps, round.start, { resolved: round.resolved, closed: round.resolved }, (step) => {
      if (step === assigned?.step) return this.assign(round, `${step}#${n}`, round.resolved!.at);
      return undefined;
    });
    if (round.reopened !== undefined) this.tellSteps(tell.dissatisfied, round.resolved, { reopened: round.reopened });
    else if (this.story.closed !== undefined) this.tellSteps(tell.satisfied, round.resolved, { closed: this.story.closed });
  }

  /** A step without a moment of its own is told with the one before it. */
  private tellSteps(
    steps: readonly Told[],
    from: Point,
    moments: Readonly<Record<string, Point>>,
    before: (step: string) => string | undefined = () => undefined,
  ): void {
    let point = from;
    for (const { step, at, unrecorded, form } of steps) {
      if (at !== undefined) point = moments[at] ?? point;
      const person = before(step);
      this.say(step, this.telling.pack.steps[step]?.form ?? '', form, point, {
        ...(unrecorded ? { unrecorded } : {}),
        ...(person === undefined ? {} : { person }),
      });
    }
  }

  /** Hands the task from one person to the next; returns the last, who alone may answer it. */
  private assign({ holders }: Round, task: string, until = Number.POSITIVE_INFINITY): string | undefined {
    let person: string | undefined;
    for (const { name, at } of holders) {
      if (at > until) {
        this.notes.push({
          line: this.story.lines[0]!,
          what: 'work that is done already is assigned anew',
          remedy: 'nothing: it is left out',
        });
        break;
      }
      person = this.telling.person(name);
      this.messages.push({ step: 'assign', form: { task, person }, occurredAt: at });
    }
    return person;
  }

  private say(
    step: string,
    formId: string,
    sources: Told['form'],
    { at, row }: Point,
    more: Pick<PastMessage, 'unrecorded' | 'person'> = {},
  ): void {
    const report: Report = (problem) => void this.problems.push({ line: row.line, ...problem });
    const { pack, reader } = this.telling;
    const empty = Object.keys(sources).length === 0 && more.unrecorded === true;
    const form = empty ? {} : fillForm(pack, formId, sources, row, reader, report);
    if (form === undefined) this.failed = true;
    else this.messages.push({ step, form, occurredAt: at, ...more });
  }
}
