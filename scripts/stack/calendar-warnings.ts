/** What the API says of its calendars: which year is to be loaded. It does not answer: nothing is known. */
import type { StackHealth } from './health.ts';

export interface CalendarWarning {
  readonly year: number;
  readonly zh: string;
  readonly en: string;
}

export async function calendarWarnings({ parts }: StackHealth): Promise<CalendarWarning[]> {
  const address = parts.find(({ part, state }) => part === 'api' && state === 'healthy')?.address;
  if (address === undefined) return [];
  try {
    const answer = await fetch(`${address}/health/ready`, { signal: AbortSignal.timeout(2_000) });
    const { calendars = [] } = (await answer.json()) as { calendars?: { warning: CalendarWarning | null }[] };
    return calendars.flatMap(({ warning }) => (warning === null ? [] : [warning]));
  } catch {
    return [];
  }
}
