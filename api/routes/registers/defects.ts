/** GET /api/public/service-defects */
import { z } from 'zod';
import { publicEntries } from '../../../db/read/entries.ts';
import { SECRECY } from '../../plugins/auth.ts';
import { fromCursor, toCursor } from '../../http/cursor.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { next, paging } from '../../schemas/common.ts';
import type { Routes } from '../routes.ts';

const described: Described = {
  id: 'listServiceDefects',
  public: true,
  tag: 'registers',
  summary: 'Defects of service that are published; needs no login',
  description:
    'Approved entries with `public: true`; none that was given a secrecy label above the lowest. Who wrote and approved them is not said.',
  problems: ['bad-cursor'],
};
const defects = z.object({
  items: z.array(z.object({ id: z.string(), defect: z.string(), foundOn: z.string(), measure: z.string() })),
  next,
});
const after = z.strictObject({ id: z.string() });

/** [FIND.P4] What is approved and public is shown to everybody. */
export const defectsRoute: Routes = async (app, { db }) => {
  app.get(
    '/api/public/service-defects',
    { schema: { ...about(described), querystring: z.strictObject(paging), response: { 200: defects, ...problemsOf(described) } } },
    async (request) => {
      const { limit, cursor } = request.query;
      const rows = await publicEntries(db, 'serviceDefects', SECRECY.labels[0]?.id, { after: fromCursor(after, cursor)?.id ?? '', limit });
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      const items = rows.slice(0, limit).map(({ id, body }) => {
        const { defect, foundOn, measure } = body as Record<string, string>;
        return { id, defect: defect ?? '', foundOn: foundOn ?? '', measure: measure ?? '' };
      });
      return { items, next: last === undefined ? null : toCursor({ id: last.id }) };
    },
  );
};
