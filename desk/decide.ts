/** Step 2: the case decides. Its answer is events, or a refusal with a code; anything else is unknown, never a failure. */
import {
  isGrpcServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Verdict } from '../domain/case/event.ts';
import { isRefusalCode } from '../domain/errors.ts';
import { submit, submitted, type Answer, type Message, type OpenCase } from '../workflows/kit/messages.ts';
import { workflowIdOf } from '../workflows/kit/names.ts';
import { startOperation, type AmendStart } from './start.ts';

/** A lost worker costs ten seconds of workflow-task time-out; longer waiting is left to the sweeper. */
const ANSWER_WITHIN_MS = 15_000;

export type Decision =
  | { readonly status: 'answered'; readonly answer: Answer }
  | { readonly status: 'refused'; readonly verdict: Verdict & { readonly outcome: 'refused' } }
  /** No run takes it: never started, or closed. Which of the two the store knows. */
  | { readonly status: 'no-run' }
  | { readonly status: 'unknown' };

export interface Engine {
  readonly client: Client;
  readonly taskQueue: string;
  readonly amendStart?: AmendStart;
  readonly answerWithinMs?: number;
}

export function decideOpening(engine: Engine, workflow: string, input: OpenCase): Promise<Decision> {
  return ask(engine, (client) =>
    client.workflow.executeUpdateWithStart(submit, {
      args: [input.opening],
      updateId: input.opening.key,
      startWorkflowOperation: startOperation(workflow, engine.taskQueue, input, engine.amendStart ?? (() => ({}))),
    }),
  );
}

export function decideMessage(engine: Engine, number: string, message: Message): Promise<Decision> {
  return ask(engine, (client) =>
    client.workflow.getHandle(workflowIdOf(number)).executeUpdate(submit, { args: [message], updateId: message.key }),
  );
}

/** Sent and durable, not decided: the case's recorder will bring the verdict. False when no run takes it. */
export async function signalMessage(engine: Engine, number: string, message: Message): Promise<'sent' | 'no-run' | 'unknown'> {
  try {
    await engine.client.workflow.getHandle(workflowIdOf(number)).signal(submitted, message);
    return 'sent';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'no-run';
    if (isGrpcServiceError(error)) return 'unknown';
    throw error;
  }
}

async function ask(engine: Engine, call: (client: Client) => Promise<Answer>): Promise<Decision> {
  try {
    const answer = await engine.client.withDeadline(Date.now() + (engine.answerWithinMs ?? ANSWER_WITHIN_MS), () => call(engine.client));
    return { status: 'answered', answer };
  } catch (error) {
    return fromError(error);
  }
}

function fromError(error: unknown): Decision {
  if (error instanceof WorkflowUpdateFailedError) {
    const { cause } = error;
    if (cause instanceof ApplicationFailure && typeof cause.type === 'string' && isRefusalCode(cause.type)) {
      const detail = cause.details?.[0];
      return { status: 'refused', verdict: { outcome: 'refused', code: cause.type, ...(typeof detail === 'string' ? { detail } : {}) } };
    }
    // "Workflow completed before the update completed": it came too late.
    if (cause instanceof ApplicationFailure && /completed/i.test(cause.message)) return { status: 'no-run' };
    throw error;
  }
  if (error instanceof WorkflowNotFoundError || isAlreadyStarted(error)) return { status: 'no-run' };
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isGrpcServiceError(error)) return { status: 'unknown' };
  if (error instanceof Error && error.cause !== undefined && isGrpcServiceError(error.cause)) return { status: 'unknown' };
  throw error;
}

/** A number whose run has closed: the case was opened long ago. */
const isAlreadyStarted = (error: unknown): boolean => error instanceof Error && error.name === 'WorkflowExecutionAlreadyStartedError';
