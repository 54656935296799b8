/** Where a limit starts that is judged needed, or handed over, after the fact. The pack says; the procedure asks. */
import type { PackLimit } from './pack.ts';
import type { Instant } from './time.ts';

/**
 * Start of a limit whose need was judged later than the matter was received. `arms: receipt`: it was armed all the time and
 * binds from the receipt, so it may be past at once (readings 5) [CEM.X5]. Otherwise it runs from the judgement.
 */
export function boundFrom({ arms }: Pick<PackLimit, 'arms'>, receivedAt: Instant, judgedAt: Instant): Instant {
  return arms === 'receipt' ? receivedAt : judgedAt;
}
