/** S3-CS19, the service incentive bonus of one worker (3.5.10): on demand, at the end of a quarter or of a year. */
import { proxyActivities } from '@temporalio/workflow';
import type { Instant } from '../../domain/time.ts';
import type { Case } from '../kit/case.ts';
import type { Closing, OpenCase } from '../kit/messages.ts';
import type { LookUpPorts } from '../kit/ports.ts';
import { runCase } from '../kit/run.ts';
import { approveVersions, toVersion } from '../stages/approval.ts';

const { opinionsOn } = proxyActivities<LookUpPorts>({ startToCloseTimeout: '30s', retry: { maximumInterval: '30s' } });

export async function bonusEvaluation(input: OpenCase): Promise<Closing> {
  return runCase(input, evaluateWorker);
}

/** What customers signed and said in the follow-up calls is counted [CS19.F20]; the manager approves the evaluation. */
async function evaluateWorker(c: Case): Promise<void> {
  const { worker, from, to } = c.intake<{ worker: string; from: Instant; to: Instant }>();
  c.effect('opinionsOn', () => opinionsOn({ person: worker, from, to }));
  c.enter('evaluation');
  const entered = await c.ask('bonusEvaluation');
  c.enter('approval');
  const role = c.rules.steps['bonusEvaluation.approve']?.by[0] ?? c.rules.generalManager;
  const tier = { id: 'bonus', clause: '3.5.10', chain: [{ act: 'approve' as const, role }] };
  await approveVersions(c, 'bonusEvaluation', toVersion(entered), { read: toVersion, chain: () => ({ tier }) });
  c.tell('finance', 'bonus-decided', '3.5.10');
}
