/** GET /health/live, GET /health/ready */
import { z } from 'zod';
import { newestCalendars } from '../../../db/read/calendars.ts';
import { storeHealth } from '../../../db/read/health.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { coverage } from '../../schemas/calendars.ts';
import { coverageView } from '../../view/calendar.ts';
import type { Routes } from '../routes.ts';

const live: Described = { id: 'isAlive', tag: 'operations', summary: 'The process runs', public: true };
const ready: Described = {
  id: 'isReady',
  tag: 'operations',
  summary: 'The process can do its work',
  public: true,
  description:
    '200 `ready`; 200 `degraded`: the engine does not answer, so reads are served and requests are received (202); 503 `not-ready`: no database, or its schema is behind. As it was within the last second.',
};
const state = z.object({
  status: z.enum(['ready', 'degraded', 'not-ready']),
  database: z.enum(['up', 'behind', 'down']),
  engine: z.enum(['up', 'down']),
  calendars: z
    .array(coverage.extend({ id: z.string() }))
    .optional()
    .describe('Where the loaded days end; `warning` from 1 December while the next year is missing'),
});

/** However often it is asked, database and engine are asked once in this time. */
const KNOWN_MS = 1_000;

export const healthRoutes: Routes = async (app, { db, engineHealth, clock }) => {
  const look = async () => {
    const [database, engineUp] = await Promise.all([storeHealth(db), engineHealth()]);
    return { database, engineUp, known: database === 'up' ? await newestCalendars(db).catch(() => []) : [] };
  };
  let looked: { readonly at: number; readonly found: ReturnType<typeof look> } | undefined;
  const found = (): ReturnType<typeof look> => {
    const at = performance.now();
    if (looked === undefined || at - looked.at > KNOWN_MS) looked = { at, found: look() };
    return looked.found;
  };
  app.get(
    '/health/live',
    { schema: { ...about(live), response: { 200: z.object({ status: z.literal('live') }), ...problemsOf(live) } } },
    () => ({
      status: 'live' as const,
    }),
  );
  app.get(
    '/health/ready',
    { schema: { ...about(ready), response: { ...problemsOf(ready), 200: state, 503: state } } },
    async (_request, reply) => {
      const { database, engineUp, known } = await found();
      const status = database !== 'up' ? ('not-ready' as const) : engineUp ? ('ready' as const) : ('degraded' as const);
      const calendars = known.map((calendar) => ({ id: calendar.id, ...coverageView(calendar, clock()) }));
      return reply
        .code(status === 'not-ready' ? 503 : 200)
        .send({ status, database, engine: engineUp ? 'up' : 'down', ...(calendars.length === 0 ? {} : { calendars }) });
    },
  );
};
