/** GET /api/notices, POST /api/notices/read */
import { z } from 'zod';
import { markRead, noticesFor } from '../../../db/read/notices.ts';
import { fromCursor, page } from '../../http/cursor.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { me } from '../../plugins/auth.ts';
import { alsoRead, instant, next, paging } from '../../schemas/common.ts';
import { idempotent } from '../../schemas/requests.ts';
import { iso, isoOfDate } from '../../view/instants.ts';
import type { Routes } from '../routes.ts';

const list: Described = {
  id: 'listNotices',
  tag: 'notices',
  summary: 'Notices to my roles and to me, newest first',
  problems: ['bad-cursor'],
};
const read: Described = {
  id: 'markNoticesRead',
  tag: 'notices',
  summary: 'Mark notices as read',
  problems: ['key-missing', 'bad-json'],
  description: 'For everybody of the role they went to. Those of others are left alone; marking again changes nothing.',
};
const notice = z.object({
  id: z.string(),
  case: z.string().nullable(),
  entry: z.object({ register: z.string(), id: z.string() }).nullable().describe('What it is about, where it is no case'),
  seq: z.number().int(),
  recipient: z.string().describe('A role, or `person:<id>`'),
  kind: z.string(),
  body: z.record(z.string(), z.unknown()),
  step: z.string().nullable().describe('The step of the case it is about'),
  dueAt: instant.nullable().describe('When that is due'),
  timeLeftMs: z.number().int().nullable().describe('How long that promise still runs; below zero it has run out, null = nothing runs'),
  createdAt: instant,
  notBefore: instant.nullable().describe('Outside the application it leaves after the quiet hours'),
  persons: z.array(z.string()).nullable().describe('Whom it reached: holders of the role, substitutes of those who were absent'),
  readAt: instant.nullable(),
});
const noticeId = z.string().regex(/^\d{1,15}$/, 'the id of a notice');
const query = z.strictObject({ ...paging, all: alsoRead });

export const noticeRoutes: Routes = async (app, { db, clock }) => {
  app.get(
    '/api/notices',
    { schema: { ...about(list), querystring: query, response: { 200: z.object({ items: z.array(notice), next }), ...problemsOf(list) } } },
    async (request) => {
      const { limit, cursor, all } = request.query;
      const before = fromCursor(z.strictObject({ id: noticeId }), cursor)?.id;
      const rows = await noticesFor(db, me(request), { limit, all: all === 'true', before });
      const { items, next: cursorOfNext } = page(rows, limit, ({ id }) => ({ id }));
      return {
        items: items.map(({ case_number, created_at, read_at, not_before, register, about: of, ...n }) => ({
          ...n,
          case: register === null ? case_number : null,
          entry: register === null ? null : { register, id: case_number },
          step: of?.step ?? null,
          dueAt: of === null || of.due === null ? null : iso(of.due),
          timeLeftMs: of === null || of.due === null || !of.open ? null : of.due - clock(),
          createdAt: iso(created_at.getTime()),
          notBefore: isoOfDate(not_before),
          readAt: isoOfDate(read_at),
        })),
        next: cursorOfNext,
      };
    },
  );
  app.post(
    '/api/notices/read',
    {
      config: { once: true },
      schema: {
        ...about(read),
        headers: idempotent,
        body: z.strictObject({ ids: z.array(noticeId).min(1).max(100) }),
        response: { 200: z.object({ marked: z.number().int() }), ...problemsOf(read) },
      },
    },
    async (request) => {
      return { marked: await markRead(db, me(request), request.body.ids) };
    },
  );
};
