/** Carries out a plan: so many cases at once, every one through the desk. A case that is refused stops no other. */
import { byLine, type RowProblem } from '../problem.ts';
import type { PastCase, Plan } from '../tell/plan.ts';
import { tellCase, type Sender } from './send.ts';

export interface ToldCase {
  readonly number: string;
  readonly line: number;
  /** Whether the register closes it. */
  readonly closes: boolean;
}

export interface Outcome {
  /** Cases by what became of them in this run. */
  readonly told: readonly ToldCase[];
  readonly resumed: readonly ToldCase[];
  readonly already: readonly ToldCase[];
  readonly refused: readonly RowProblem[];
  /** Cases nobody came to, when the run was stopped. */
  readonly left: number;
  /** Why it stopped before the end. */
  readonly stopped?: Error;
}

export interface RunOptions extends Omit<Sender, 'mapping'> {
  /** Cases at once. */
  readonly inFlight: number;
  readonly onProgress?: (done: number, all: number) => void;
}

export async function runPlan(plan: Plan, { inFlight, onProgress = () => undefined, ...rest }: RunOptions): Promise<Outcome> {
  const sender: Sender = { ...rest, mapping: plan.mapping };
  const found = { told: [] as ToldCase[], resumed: [] as ToldCase[], already: [] as ToldCase[], refused: [] as RowProblem[] };
  let stopped: Error | undefined;
  let done = 0;
  const waiting = plan.cases.values();
  const worker = async (): Promise<void> => {
    for (const one of waiting) {
      if (stopped !== undefined) return;
      const result = await tellCase(sender, one).catch((error: unknown) => {
        stopped ??= error instanceof Error ? error : new Error(String(error));
        return undefined;
      });
      if (result === undefined) return;
      if (result.status === 'refused') found.refused.push(problemOf(one, result));
      else found[result.status].push({ number: result.number, line: one.lines[0] ?? 1, closes: one.closes });
      onProgress((done += 1), plan.cases.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(inFlight, plan.cases.length) }, worker));
  return { ...found, refused: found.refused.sort(byLine), left: plan.cases.length - done, ...(stopped === undefined ? {} : { stopped }) };
}

function problemOf(one: PastCase, { number, what, remedy }: { number?: string; what: string; remedy: string }): RowProblem {
  return { line: one.lines[0] ?? 1, what: `${number === undefined ? 'the case' : `case ${number}`} ${what}`, remedy };
}
