import { z } from 'zod';
import { instant } from './common.ts';
import { named } from './registry.ts';

export const calendarId = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'a calendar such as cn');
export const yearParam = z.coerce.number().int().min(2000).max(2199);
const day = z.string().describe('`2027-01-01`');

export const coverage = z.object({
  loadedTo: day.nullable(),
  certainTo: day.nullable().describe('Last day that no later notice can change'),
  warning: z.object({ year: z.number().int(), zh: z.string(), en: z.string() }).nullable().describe('From 1 December: which year to load'),
});
named.add(coverage, { id: 'CalendarCoverage' });

export const calendarSummary = coverage.extend({ id: z.string(), version: z.string(), years: z.array(z.string()) });
named.add(calendarSummary, { id: 'Calendar' });

export const calendarWhole = calendarSummary.extend({
  versions: z.array(z.object({ version: z.string(), hash: z.string(), loadedBy: z.string().nullable(), loadedAt: instant })),
  days: z.record(z.string(), z.object({ source: z.string(), off: z.array(z.string()), work: z.array(z.string()) })),
});

export const dueChange = z.object({
  clock: z.string(),
  from: z.string(),
  to: z.string(),
  provisional: z.boolean().describe('Still, after it'),
});
named.add(dueChange, { id: 'DueChange' });

const year = z.object({
  year: z.number().int(),
  source: z.string(),
  replaces: z.boolean(),
  version: z.object({ from: z.string(), to: z.string() }),
  daysOff: z.array(day),
  makeUpDays: z.array(day),
  workingDays: z.number().int(),
  differences: z
    .array(z.object({ day, before: z.string(), after: z.string() }))
    .describe('Days worked before and not after, or the other way round'),
  unused: z.array(z.string()).describe('Entries of the file that say neither off nor worked'),
});

export const yearPreview = year.extend({
  cases: z.object({
    waiting: z.number().int().describe('Open cases with a provisional deadline'),
    moving: z.number().int().describe('Of them, with a deadline that moves'),
    first: z.array(z.object({ number: z.string(), changes: z.array(dueChange) })).describe('The first fifty'),
  }),
});
named.add(yearPreview, { id: 'YearPreview' });

export const yearLoaded = year.extend({ job: z.string().describe('The bulk job that tells the open cases') });
named.add(yearLoaded, { id: 'YearLoaded' });
