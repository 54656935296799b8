/** Replays histories by today's production bundle. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { connectClient } from '../../runtime/client.ts';
import { converterOf } from '../../runtime/codec/converter.ts';
import { bundleOptions } from '../../worker/options.ts';
import { keptHistories } from './kept.ts';

export interface Replayed {
  readonly name: string;
  readonly error?: string;
}

async function todaysBundle(): Promise<WorkflowBundleWithSourceMap> {
  const logger = new DefaultLogger('ERROR');
  Runtime.install({ logger });
  return bundleWorkflowCode({ ...bundleOptions, logger });
}

/** @param files history files; none = the kept ones */
export async function* replayFiles(files: readonly string[]): AsyncGenerator<Replayed> {
  const { config } = await import('../../temporal.config.ts');
  const converter = converterOf(config);
  const options = { workflowBundle: await todaysBundle(), ...converter.replay };
  const histories =
    files.length === 0 ? keptHistories() : files.map((file) => ({ name: basename(file, '.json'), history: JSON.parse(readFileSync(file, 'utf8')) as unknown }));
  for (const { name, history } of histories) {
    const error = await Worker.runReplayHistory(options, history as never, workflowIdIn(history) ?? name).then(
      () => undefined,
      (failed: Error) => failed.message,
    );
    yield error === undefined ? { name } : { name, error };
  }
}

/** What is encrypted is bound to its case, whatever the file is called. */
function workflowIdIn(history: unknown): string | undefined {
  type Started = { readonly workflowExecutionStartedEventAttributes?: { readonly workflowId?: string } };
  return (history as { readonly events?: readonly Started[] }).events?.[0]?.workflowExecutionStartedEventAttributes?.workflowId;
}

/** Every open case of the configured server, four at a time. */
export async function* replayOpenCases(): AsyncGenerator<Replayed> {
  const { config } = await import('../../temporal.config.ts');
  const converter = converterOf(config);
  const client = await connectClient(config);
  try {
    const histories = client.workflow.list({ query: "ExecutionStatus = 'Running'" }).intoHistories({ concurrency: 4 });
    // It does not throw: each result carries its own error.
    const options = { workflowBundle: await todaysBundle(), ...converter.replay };
    for await (const { workflowId, error } of Worker.runReplayHistories(options, histories)) {
      yield error === undefined ? { name: workflowId } : { name: workflowId, error: error.message };
    }
  } finally {
    await client.connection.close();
  }
}
