/** Does nothing but wait, so that its time can be moved. */
import { sleep } from '@temporalio/workflow';

export async function sleeper(): Promise<void> {
  await sleep('200 days');
}
