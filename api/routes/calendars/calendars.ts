/** GET /api/calendars, GET /api/calendars/:id */
import { z } from 'zod';
import { day, several, text, words } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import { calendarVersions, newestCalendars } from '../../../db/read/calendars.ts';
import { readingCalendar } from '../../http/calendar-file.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { calendarId, calendarSummary, calendarWhole } from '../../schemas/calendars.ts';
import { calendarView } from '../../view/calendar.ts';
import { iso } from '../../view/instants.ts';
import type { Routes } from '../routes.ts';

const list: Described = {
  id: 'listCalendars',
  tag: 'calendars',
  summary: 'Calendars of working days, with the end of what is loaded',
  description: 'The newest version of each: what a case opened now goes by. From 1 December each says when the next year is missing.',
};
const one: Described = {
  id: 'getCalendar',
  tag: 'calendars',
  summary: 'A calendar with its days and its versions',
  problems: ['not-found'],
};

export const calendarRoutes: Routes = async (app, deps) => {
  const { db, rules, clock } = deps;
  addList(app, deps, {
    url: '/api/calendars',
    said: list,
    file: { zh: '日历', en: 'calendars' },
    item: calendarSummary,
    columns: {
      id: text('日历', 'calendar'),
      version: text('版本', 'version'),
      years: several('年份', 'years'),
      loadedTo: day('已载入至', 'loaded to'),
      certainTo: day('确定至', 'certain to'),
      warning: words('提示', 'warning'),
    },
    page: async () => ({ items: (await newestCalendars(db)).map((calendar) => calendarView(calendar, clock())), after: null }),
  });
  app.get(
    '/api/calendars/:id',
    { schema: { ...about(one), params: z.object({ id: calendarId }), response: { 200: calendarWhole, ...problemsOf(one) } } },
    async (request) => {
      const { id } = request.params;
      const calendar = await readingCalendar(rules.calendar(id));
      const versions = await calendarVersions(db, id);
      return {
        ...calendarView(calendar, clock()),
        versions: versions.map(({ version, hash, loaded_by, loaded_at }) => ({
          version,
          hash,
          loadedBy: loaded_by,
          loadedAt: iso(loaded_at.getTime()),
        })),
        days: Object.fromEntries(
          Object.entries(calendar.years).map(([year, { source, off, work }]) => [year, { source, off: [...off], work: [...work] }]),
        ),
      };
    },
  );
};
