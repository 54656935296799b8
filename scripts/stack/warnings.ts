/** What the API says that somebody should look at: a year of days off to be loaded, notices that do not get through. It does not answer: nothing is known. */
import type { StackHealth } from './health.ts';

export interface StackWarning {
  readonly zh: string;
  readonly en: string;
}

export async function stackWarnings({ parts }: StackHealth): Promise<StackWarning[]> {
  const address = parts.find(({ part, state }) => part === 'api' && state === 'healthy')?.address;
  if (address === undefined) return [];
  const said = await Promise.all([ask(`${address}/health/ready`).then(ofCalendars), ask(`${address}/metrics`).then(ofDeliveries)]);
  return said.flat();
}

async function ask(url: string): Promise<string> {
  try {
    return await (await fetch(url, { signal: AbortSignal.timeout(2_000) })).text();
  } catch {
    return '';
  }
}

function ofCalendars(ready: string): StackWarning[] {
  if (!ready.startsWith('{')) return [];
  const { calendars = [] } = JSON.parse(ready) as { calendars?: { warning: StackWarning | null }[] };
  return calendars.flatMap(({ warning }) => (warning === null ? [] : [warning]));
}

/** @param metrics as Prometheus reads them */
export function ofDeliveries(metrics: string): StackWarning[] {
  return [...metrics.matchAll(/^redress_deliveries_stuck\{channel="([^"]+)"\} (\d+)$/gm)].map(([, channel, count]) => ({
    zh: `渠道“${channel}”有${count}条通知未送达:见 GET /api/deliveries`,
    en: `${count} notices have not got through by the channel "${channel}": see GET /api/deliveries`,
  }));
}
