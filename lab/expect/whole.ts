/** The case as a whole: stage, end, rounds, counts. */
import { z } from 'zod';
import { each, expectation, same, type Expectation } from './expectation.ts';
import type { Look } from './look.ts';

const value =
  (help: string, schema: z.ZodType, found: (look: Look) => unknown) =>
  (key: string): Expectation =>
    expectation(help, schema, (expected, look) => [{ what: key, ...same(String(expected), String(found(look))) }]);

const count = z.int().min(0);

export const stage = value('The stage the case is in.', z.string(), ({ state }) => state.stage);
export const status = value('Whether the case is open or closed.', z.enum(['open', 'closed']), ({ state }) => state.status);
export const reason = value(
  'Why it ended.',
  z.enum(['completed', 'withdrawn', 'duplicate', 'opened-in-error', 'cancelled']),
  ({ state }) => state.reason ?? 'not ended',
);
export const round = value('Which round it is in; the first is 1.', z.int().min(1), ({ state }) => state.round);
export const severity = value('Class of the complaint.', z.string(), ({ state }) => state.severity);
export const packVersion = value('Version of the pack it goes by.', z.string(), ({ state }) => state.pack.version);
export const calendarVersion = value('Version of the calendar it goes by.', z.string(), ({ state }) => state.calendar.version);
export const breaches = value('How many limits are broken and not excused.', count, ({ state }) => state.breaches);
export const escalations = value('How often it was escalated to the general manager.', count, ({ state }) => state.escalations);

export const number = value(
  '`same`: the case has the number of its opening and the story has no case beside those it opened.',
  z.literal('same'),
  ({ state, opening }) =>
    state.number === opening.number && opening.cases === opening.openings
      ? 'same'
      : `${state.number}, opened as ${opening.number}; ${opening.cases} cases from ${opening.openings} openings`,
);

export const of = (key: string): Expectation =>
  expectation('The case that this one is a duplicate of: case:b, or a number.', z.string(), (expected, look) => {
    const wanted = look.numbers.get(expected.replace(/^case:/, '')) ?? expected;
    return [{ what: key, ...same(wanted, look.state.of ?? 'none') }];
  });

export const events = each('event', 'How many events of a kind the record holds.', count, (kind, n, look) =>
  same(String(n), String(look.events.filter((e) => e.kind === kind).length)),
);
