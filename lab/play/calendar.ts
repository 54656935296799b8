/** A year of the calendar is loaded: every open case is asked to reckon anew what waited for it, as the store's job does. */
import { SYSTEM } from '../../domain/case/rebase-form.ts';
import type { Check } from '../expect/expectation.ts';
import { versionAt, type StoryStep } from '../story.ts';
import { perform, type ActStep } from './act.ts';
import { look } from './look.ts';
import type { Stage } from './stage.ts';

/** One check for each case that did not take it. */
export async function recompute(stage: Stage, { at, note }: StoryStep, ordinal: number): Promise<Check[]> {
  const { version } = versionAt(stage.story, at).calendar;
  const behind = [...stage.looks].filter(([, { state }]) => state.reason === undefined && state.calendar.version !== version);
  const acts = behind.map(([name]): ActStep => {
    const act = { submit: 'calendar', person: 'system', roles: [SYSTEM], form: { calendarVersion: version } };
    return { at, case: name, act: { ...act, key: `calendar-${ordinal}-${name}` }, ...(note === undefined ? {} : { note }) };
  });
  const performed = await perform(stage, acts, ordinal);
  for (const [name] of behind) await look(stage, name);
  return performed.flatMap(({ check }, i) => (check.held ? [] : [{ ...check, what: `calendar of ${acts[i]?.case ?? ''}` }]));
}
