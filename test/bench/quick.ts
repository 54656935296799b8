/** `redress bench quick`: counters and ratios in about a minute, on the development server. */
import { compareThroughput, countCases, countIdle, measureHeap } from './legs.ts';
import { setStage } from './stage.ts';

export async function benchQuick({ pairs = 3 }: { pairs?: number } = {}) {
  const stage = await setStage();
  try {
    return { ...(await countCases(stage)), ...(await countIdle(stage)), ...(await compareThroughput(stage, pairs)), ...(await measureHeap()) };
  } finally {
    await stage.close();
  }
}
