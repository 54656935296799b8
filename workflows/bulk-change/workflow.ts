/**
 * Many open cases go on by newer rules: looked at first, then page by page each one gets its message, once. It may be stopped and
 * started again anywhere: what a page has done is noted beside each case.
 */
import { condition, continueAsNew, proxyActivities, setHandler, sleep } from '@temporalio/workflow';
import { bulkCancelled, bulkConfirmed, type BulkChange } from '../kit/messages.ts';
import type { BulkPorts, Page, PageDone } from '../kit/ports.ts';

const { previewPage, previewed, changePage, finished } = proxyActivities<BulkPorts>({
  startToCloseTimeout: '5m',
  heartbeatTimeout: '20s',
  retry: { initialInterval: '500ms', maximumInterval: '20s' },
});

/** Pages of one run, so that a history stays short whatever the number of cases. */
const PAGES_A_RUN = 50;
/** A preview that nobody confirms is worth nothing after a week. */
const PREVIEW_HOLDS = '7d';
const LONGEST_WAIT_MS = 60_000;

export async function bulkChange({ job, at = { phase: 'preview', after: '' } }: BulkChange): Promise<'done' | 'cancelled'> {
  let word: 'confirmed' | 'cancelled' | undefined;
  setHandler(bulkConfirmed, () => void (word ??= 'confirmed'));
  setHandler(bulkCancelled, () => void (word = 'cancelled'));

  if (at.phase === 'preview') {
    await everyPage(job, 'preview', at.after, previewPage);
    if (!(await previewed(job))) await condition(() => word !== undefined, PREVIEW_HOLDS);
    else word ??= 'confirmed';
    if (word !== 'confirmed') return end(job, 'cancelled');
  }
  let after = at.phase === 'change' ? at.after : '';
  for (let wait = 1_000; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    const open = await everyPage(job, 'change', after, changePage, () => word === 'cancelled');
    if (word === 'cancelled') return end(job, 'cancelled');
    if (open === 0) return end(job, 'done');
    after = '';
    await sleep(wait); // nobody decides just now: the sweeper carries them on, and the next round notes it
  }
}

/** @returns how many cases of the job have not got through */
async function everyPage(
  job: string,
  phase: 'preview' | 'change',
  from: string,
  work: (page: Page) => Promise<PageDone>,
  stopped: () => boolean = () => false,
): Promise<number> {
  for (let pages = 1, after = from; ; pages++) {
    const { last, open } = await work({ job, after });
    if (last === undefined || stopped()) return open;
    after = last;
    if (pages === PAGES_A_RUN) await continueAsNew<typeof bulkChange>({ job, at: { phase, after } });
  }
}

async function end(job: string, as: 'done' | 'cancelled'): Promise<'done' | 'cancelled'> {
  await finished({ job, as });
  return as;
}
