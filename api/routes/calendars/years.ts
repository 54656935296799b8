/** POST /api/calendars/:id/years/:year and its preview: a year of days off, as YAML or ICS. */
import { z } from 'zod';
import { jobById } from '../../../db/read/bulk.ts';
import { loadYearOf, previewYearOf, type YearFile } from '../../../desk/index.ts';
import { CALENDAR_TYPES, readingCalendar } from '../../http/calendar-file.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { jobOf } from '../../http/job.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { idempotent } from '../../schemas/requests.ts';
import { calendarId, yearLoaded, yearParam, yearPreview } from '../../schemas/calendars.ts';
import { dueChangeView, yearView } from '../../view/calendar.ts';
import type { Routes } from '../routes.ts';

const problems = [
  'key-missing',
  'not-allowed',
  'not-found',
  'bad-calendar',
  'key-reused',
  'body-too-large',
  'unsupported-media-type',
] as const;
const preview: Described = {
  id: 'previewYear',
  tag: 'calendars',
  summary: 'What loading a year would change; nothing is changed',
  description:
    'Which days, and which open cases would have a deadline moved, from when to when: count and the first fifty. For administrators.',
  problems,
};
const load: Described = {
  id: 'loadYear',
  tag: 'calendars',
  summary: 'Load a year; provisional deadlines of open cases are reckoned anew',
  description:
    'Makes a new version of the calendar, which new cases go by, and starts the bulk job that tells the open ones. The same year again makes no version and tells whoever has not heard of it. For administrators.',
  problems,
};

export const yearRoutes: Routes = async (app, { db, desk, rules, clock }) => {
  app.addContentTypeParser(CALENDAR_TYPES, { parseAs: 'string' }, (_request, body, parsed) => parsed(null, body));
  const params = z.object({ id: calendarId, year: yearParam });
  const body = z.string().min(1).describe('The file: YAML (`2027: { source, off, work }`) or ICS');
  const common = { params, body, headers: idempotent, consumes: CALENDAR_TYPES };
  app.post(
    '/api/calendars/:id/years/:year/preview',
    { schema: { ...about(preview), ...common, response: { 200: yearPreview, ...problemsOf(preview) } } },
    async (request) => {
      const found = await readingCalendar(previewYearOf(db, rules, fileOf(request.params, request.body), clock()));
      const { cases, moving, first } = found.cases;
      return {
        ...yearView(found.preview, found.unused),
        cases: { waiting: cases, moving, first: first.map(({ number, changes }) => ({ number, changes: changes.map(dueChangeView) })) },
      };
    },
  );
  app.post(
    '/api/calendars/:id/years/:year',
    { schema: { ...about(load), ...common, response: { 200: yearLoaded, ...problemsOf(load) } } },
    async (request) => {
      const by = { person: me(request).person, at: clock(), job: jobOf(request) };
      const known = await jobById(db, by.job);
      if (known !== undefined) {
        const again = await readingCalendar(previewYearOf(db, rules, fileOf(request.params, request.body), by.at));
        const { id, version } = again.calendar;
        if (known.calendar_id !== id || known.calendar_version !== version) throw new Problem('key-reused');
        return { ...yearView(again.preview, again.unused), job: by.job };
      }
      const at = { db, rules, bulk: desk.bulk };
      const { preview: loaded, unused, job } = await readingCalendar(loadYearOf(at, fileOf(request.params, request.body), by));
      return { ...yearView(loaded, unused), job };
    },
  );
};

function fileOf({ id, year }: { id: string; year: number }, content: string): YearFile {
  return { calendar: id, year, file: { name: `${id} ${year}`, content } };
}
