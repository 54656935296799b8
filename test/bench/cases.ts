/** The three cases that are run: bare, reference, and a whole repair of CS19. */
import { randomUUID } from 'node:crypto';
import { WithStartWorkflowOperation } from '@temporalio/client';
import { submit, type Message } from '../../workflows/kit/messages.ts';
import type { Stage } from './stage.ts';
import { QUEUE } from './stage.ts';
import { DECISIONS } from './workflows.ts';

const clerk = { person: 'p1', roles: ['clerk'] };

/** Same messages as the reference case, to a workflow that does nothing with them. */
export async function runBare({ client }: Stage, onDecision: (ms: number) => void = () => undefined): Promise<string> {
  const workflowId = `bare-${randomUUID()}`;
  const say = (step: string): Message => {
    const now = Date.now();
    return {
      key: randomUUID(),
      step,
      facts: { decision: 'approve' },
      actor: clerk,
      occurredAt: now,
      receivedAt: now,
      documentHash: '0'.repeat(64),
      records: true,
    };
  };
  const opening = say('open');
  const startWorkflowOperation = new WithStartWorkflowOperation('bareCase', {
    workflowId,
    taskQueue: QUEUE,
    args: [opening],
    workflowIdConflictPolicy: 'FAIL',
  });
  startWorkflowOperation.workflowHandle().catch(() => undefined);
  await client.workflow.executeUpdateWithStart(submit, { args: [opening], updateId: opening.key, startWorkflowOperation });
  const handle = client.workflow.getHandle(workflowId);
  for (let n = 0; n < DECISIONS; n += 1) {
    const message = say('decision');
    const began = performance.now();
    await handle.executeUpdate(submit, { args: [message], updateId: message.key });
    onDecision(performance.now() - began);
  }
  return workflowId;
}

/** Through the desk: received, decided, recorded. */
export async function runReference({ desk }: Stage, onDecision: (ms: number) => void = () => undefined): Promise<string> {
  const { number } = await desk.open({ key: randomUUID(), who: clerk, pack: 'bench', kind: 'reference', form: {} });
  for (let n = 0; n < DECISIONS; n += 1) {
    const began = performance.now();
    await desk.submit({ key: randomUUID(), who: clerk, number, step: 'decision', form: { decision: 'approve' } });
    onDecision(performance.now() - began);
  }
  return number;
}

const parties = ['customerService', 'property', 'teamLeader'];
const repairSteps: readonly [role: string, step: string, form: Record<string, unknown>][] = [
  ['customerService', 'survey', { trades: 'single', signedBy: [...parties, 'builder'], responsible: 'builder' }],
  ['serviceManager', 'estimate.approve', { decision: 'approve', version: 1 }],
  ['customerService', 'completion', { acceptedBy: parties, customerSigned: true }],
  ['recordsClerk', 'followUp', { satisfied: true }],
  ['teamLeader', 'finalAccount', { amount: '780.00' }],
  ['customerService', 'audit', { auditedAmount: '780.00' }],
  ['customerService', 'settlement', {}],
  ['auditDepartment', 'builderNotice', {}],
  ['auditDepartment', 'builderConfirmation', { confirmed: true }],
  ['deputyChiefEngineer', 'determination', { decision: 'approve', version: 1 }],
  ['finance', 'payment', { paid: '780.00' }],
];

/** A whole class A repair of CS19 with its effects, up to `steps` messages. */
export async function runRepair({ desk }: Stage, steps = repairSteps.length): Promise<string> {
  const opened = await desk.open({
    key: randomUUID(),
    who: { person: 'recordsClerk', roles: ['recordsClerk'] },
    pack: 's3-cs19',
    kind: 'repair',
    form: { channel: 'hotline', provisionalEstimate: '800.00', unit: 'U1' },
  });
  for (const [role, step, form] of repairSteps.slice(0, steps)) {
    const reply = await desk.submit({ key: randomUUID(), who: { person: role, roles: [role] }, number: opened.number, step, form });
    if (reply.status !== 'decided') throw new Error(`${step}: ${JSON.stringify(reply)}`);
  }
  return opened.number;
}
