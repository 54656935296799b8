/** How a case is started: its number is its workflow id, its rules travel with it. */
import { WithStartWorkflowOperation } from '@temporalio/client';
import type { Workflow } from '@temporalio/common';
import type { OpenCase } from '../workflows/kit/messages.ts';
import { searchAttributes, summarise, workflowIdOf } from '../workflows/kit/names.ts';

/** What the lab adds to a start (its clock), and nobody else. */
export type AmendStart = (input: OpenCase) => { readonly memo?: Record<string, unknown> };

export function startOperation(
  workflow: string,
  taskQueue: string,
  input: OpenCase,
  amend: AmendStart,
): WithStartWorkflowOperation<Workflow> {
  const { rules, kind, number } = input;
  const operation = new WithStartWorkflowOperation<Workflow>(workflow, {
    workflowId: workflowIdOf(number),
    taskQueue,
    args: [input],
    // The number is bound to the idempotency key, so a second start of the same number is the same case.
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    staticSummary: summarise(number, kind, rules.id),
    typedSearchAttributes: [
      { key: searchAttributes.pack, value: rules.id },
      { key: searchAttributes.kind, value: kind },
      { key: searchAttributes.severity, value: rules.severities?.[0] ?? 'ordinary' },
    ],
    ...amend(input),
  });
  // Its rejection is the update's as well; unhandled it would end the process (sdk-typescript 1960).
  operation.workflowHandle().catch(() => undefined);
  return operation;
}
