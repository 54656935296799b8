/** An outlet of the company's own: applied for, approved, staffed, trained, funded (4.1.1). */
import { checkFundReport, checkFunds } from '../../domain/outlet/funds.ts';
import type { Fen } from '../../domain/money.ts';
import type { Case } from '../kit/case.ts';
import { approveOutlet } from './decision.ts';
import type { Application, Assessment, Confirmation, Funds } from './facts.ts';

/**
 * The manager applies with the data of the service department [OUT.P1]; the general manager approves or refuses [OUT.P2].
 * Refused, the case closes, or the manager applies again where the pack says so.
 */
export async function ownOutlet(c: Case): Promise<void> {
  c.enter('approval');
  const again = c.switch('refusedApplication') === 'apply-again';
  const approved = await approveOutlet(c, 'application', c.opening<Application>(), { table: 'application', again });
  if (approved === undefined) {
    c.spare('staffConfirmed', 'training', 'funds');
    return c.know({ outcome: 'refused' }, '4.1.1a');
  }
  c.know({ outcome: 'approved', funds: approved.funds }, '4.1.1a');
  await ready(c);
  await fund(c, approved.funds);
}

/**
 * The office staffs the outlet [OUT.P3], the manager confirms [OUT.P4], the office trains and assesses, then they are on duty
 * [OUT.P5]. Whom the manager does not confirm, or who is not able, is replaced.
 */
async function ready(c: Case): Promise<void> {
  for (;;) {
    c.enter('staffing');
    await c.ask('staffing');
    if (!(await c.ask<Confirmation>('staffConfirmed')).facts.confirmed) continue;
    c.enter('training');
    if ((await c.ask<Assessment>('training')).facts.assessed) break;
  }
  c.know({ onDuty: true }, '4.1.1b');
  c.tell('serviceDepartment', 'outlet-on-duty', '4.1.1b');
}

/** The office supplies funds by the general manager's decision and the manager's fund report [OUT.P6]. */
async function fund(c: Case, approved: Fen): Promise<void> {
  c.enter('funds');
  const { facts: report } = await c.ask<Funds>('fundReport', {
    guard: ({ facts }) => checkFundReport(Number(facts['amount']), approved),
  });
  await c.ask('funds', { guard: ({ facts }) => checkFunds(Number(facts['amount']), report.amount) });
}
