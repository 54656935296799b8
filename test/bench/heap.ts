/**
 * Heap that one cached open repair case holds, by the SDK's own reusable context: the opening and a survey are played
 * into `CASES` runs without a server, so that nothing but the cases is counted. Internal modules: the SDK is pinned.
 */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { defaultPayloadConverter } from '@temporalio/common';
import proto from '@temporalio/proto';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { loadCalendar, loadPack } from '../../packs/load.ts';
import { bundleOptions } from '../../worker/options.ts';
import type { Message, OpenCase } from '../../workflows/kit/messages.ts';

const require = createRequire(import.meta.url);
const { ReusableVMWorkflowCreator } = require(
  fileURLToPath(new URL('../../node_modules/@temporalio/worker/lib/workflow/reusable-vm.js', import.meta.url)),
);
const CASES = 500;
const WARM_UP = 50;

const bundle = await bundleWorkflowCode({ ...bundleOptions, logger: new DefaultLogger('WARN') });
const creator = await ReusableVMWorkflowCreator.create(
  withSourceMap(bundle.code),
  60_000,
  new Set(['record', 'lookUpUnit', 'issueWorkOrder', 'postSettlement', 'fileDossier']),
);
const pack = loadPack('s3-cs19');
const calendar = loadCalendar(pack.calendarId);
const held: unknown[] = [];

await open(WARM_UP);
const before = await settledHeap();
await open(CASES);
console.log(JSON.stringify({ heapKiBPerCase: Math.round(((await settledHeap()) - before) / CASES / 102.4) / 10 }));
process.exit(0);

/** The context takes the source map apart from the code, as the worker does when it loads a bundle. */
function withSourceMap(code: string) {
  const at = code.lastIndexOf('//# sourceMappingURL=data:');
  const sourceMap = JSON.parse(
    Buffer.from(code.slice(code.indexOf('base64,', at) + 'base64,'.length).trimEnd(), 'base64').toString(),
  ) as object;
  return { code: code.slice(0, at), sourceMap, filename: 'heap.js' };
}

async function open(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) held.push(await openCase(`CS19-2026-${held.length}`));
}

/** A case that was opened and surveyed and now waits for its approval: tasks, clocks and offers are all there. */
async function openCase(number: string): Promise<unknown> {
  const at = Date.now();
  const said = (step: string, role: string, facts: Message['facts']): Message => ({
    key: `${number}-${step}`,
    step,
    facts,
    documentHash: 'd'.repeat(64),
    actor: { person: role, roles: [role] },
    occurredAt: at,
    receivedAt: at,
    records: true,
  });
  const opening = said('open', 'recordsClerk', { channel: 'hotline', provisionalEstimate: 80_000 });
  const input: OpenCase = { number, kind: 'repair', rules: pack.rules, calendar, opening, messageCap: 1_000 };
  const survey = said('survey', 'customerService', {
    trades: 'single',
    signedBy: ['customerService', 'property', 'teamLeader', 'builder'],
    responsible: 'builder',
  });
  const workflow = await creator.createWorkflow({
    info: workflowInfo(number, at),
    randomnessSeed: [1, 2, 3, 4],
    now: at,
    showStackTraceSources: false,
  });
  const start = { workflowId: number, workflowType: 'propertyRepair', arguments: [defaultPayloadConverter.toPayload(input)] };
  await activate(workflow, number, at, [{ initializeWorkflow: start }, update(opening)]);
  await activate(workflow, number, at, [update(survey)]);
  return workflow;
}

function update(message: Message) {
  return {
    doUpdate: {
      id: message.key,
      protocolInstanceId: message.key,
      name: 'submit',
      input: [defaultPayloadConverter.toPayload(message)],
      runValidator: true,
    },
  };
}

async function activate(
  workflow: { activate(activation: unknown): Promise<{ failed?: unknown }> },
  runId: string,
  at: number,
  jobs: object[],
): Promise<void> {
  const timestamp = { seconds: Math.floor(at / 1_000), nanos: 0 };
  const { failed } = await workflow.activate(
    proto.coresdk.workflow_activation.WorkflowActivation.fromObject({ runId, timestamp, jobs, historySizeBytes: 0 }),
  );
  if (failed !== undefined && failed !== null) throw new Error(JSON.stringify(failed));
}

function workflowInfo(number: string, at: number) {
  return {
    namespace: 'default',
    taskQueue: 'bench',
    workflowId: number,
    runId: number,
    firstExecutionRunId: number,
    workflowType: 'propertyRepair',
    attempt: 1,
    historyLength: 3,
    historySize: 0,
    continueAsNewSuggested: false,
    taskTimeoutMs: 10_000,
    startTime: new Date(at),
    runStartTime: new Date(at),
    searchAttributes: {},
    typedSearchAttributes: undefined,
    memo: {},
    unsafe: { isReplaying: false, isReplayingHistoryEvents: false },
  };
}

async function settledHeap(): Promise<number> {
  for (let n = 0; n < 4; n += 1) {
    globalThis.gc?.();
    await pause(100);
  }
  return process.memoryUsage().heapUsed;
}
