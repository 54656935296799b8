/** A plan carried out, and what the record holds afterwards. */
import type { Db } from '../../db/database.ts';
import type { RowProblem } from '../problem.ts';
import type { Plan } from '../tell/plan.ts';
import { runReportOf, type RunReport } from './report.ts';
import { runPlan, type RunOptions, type ToldCase } from './run.ts';
import { recordedOf, untilClosed } from './verdicts.ts';

export async function carryOut(plan: Plan, db: Db, options: RunOptions): Promise<RunReport> {
  const started = Date.now();
  const outcome = await runPlan(plan, options);
  const cases = [...outcome.told, ...outcome.resumed, ...outcome.already];
  const unclosed = await untilClosed(
    db,
    cases.filter((one) => one.closes).map((one) => one.number),
  );
  const seconds = (Date.now() - started) / 1000;
  const recorded = await recordedOf(
    db,
    cases.map((one) => one.number),
  );
  const refused = [...outcome.refused, ...unclosed.map((number) => notClosed(number, cases))];
  return runReportOf({ ...outcome, refused }, recorded, seconds);
}

function notClosed(number: string, cases: readonly ToldCase[]): RowProblem {
  return {
    line: cases.find((one) => one.number === number)?.line ?? 1,
    what: `case ${number} is not closed by its last message`,
    remedy: 'see which step it waits for, and tell that step in the mapping',
  };
}
