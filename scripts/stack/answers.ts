import { setTimeout as sleep } from 'node:timers/promises';

/** The HTTP status a page answers with; undefined when nobody answers within two seconds. */
export async function statusOf(url: string): Promise<number | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000), redirect: 'follow' });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    return undefined;
  }
}

/**
 * Asks again and again until `ok`, or the time is over, or `signal` is aborted.
 * @param ms milliseconds
 * @returns whether it was ok in time
 */
export async function until(ok: () => Promise<boolean>, ms: number, signal?: AbortSignal): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end && !signal?.aborted; await sleep(100)) {
    if (await ok()) return true;
  }
  return false;
}
