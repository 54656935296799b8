/** GET /api/notices, POST /api/notices/read */
import { z } from 'zod';
import { json, known, several, text, time, whole } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import { cut } from '../../http/cursor.ts';
import { NOTICE_TITLES } from '../../../domain/case/told-words.ts';
import { markRead, noticesFor, type NoticeRow } from '../../../db/read/notices.ts';
import type { Instant } from '../../../domain/time.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { me } from '../../plugins/auth.ts';
import { alsoRead, instant } from '../../schemas/common.ts';
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

export const noticeRoutes: Routes = async (app, deps) => {
  const { db, clock } = deps;
  addList(app, deps, {
    url: '/api/notices',
    said: list,
    file: { zh: '通知', en: 'notices' },
    filter: { all: alsoRead },
    cursor: z.strictObject({ id: noticeId }),
    item: notice,
    columns: {
      id: text('编号', 'id'),
      case: text('案件编号', 'case'),
      entry: [
        { zh: '登记表', en: 'register', type: 'text', of: (entry) => entry?.register },
        { zh: '登记编号', en: 'entry', type: 'text', of: (entry) => entry?.id },
      ],
      seq: whole('事件序号', 'event'),
      recipient: text('收件', 'to'),
      kind: known('通知', 'notice', NOTICE_TITLES),
      body: json('内容', 'content'),
      step: text('环节', 'step'),
      dueAt: time('到期时间', 'due'),
      timeLeftMs: [],
      createdAt: time('产生时间', 'made'),
      notBefore: time('免打扰至', 'not before'),
      persons: several('送达人员', 'reached'),
      readAt: time('已读时间', 'read'),
    },
    page: async ({ request, query: { all }, limit, after }) => {
      const rows = await noticesFor(db, me(request), { limit, all: all === 'true', before: after?.id });
      return cut(
        rows,
        limit,
        ({ id }) => ({ id }),
        (row) => view(row, clock()),
      );
    },
  });
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

function view({ case_number, created_at, read_at, not_before, register, about: of, ...n }: NoticeRow, now: Instant) {
  return {
    ...n,
    case: register === null ? case_number : null,
    entry: register === null ? null : { register, id: case_number },
    step: of?.step ?? null,
    dueAt: of === null || of.due === null ? null : iso(of.due),
    timeLeftMs: of === null || of.due === null || !of.open ? null : of.due - now,
    createdAt: iso(created_at.getTime()),
    notBefore: isoOfDate(not_before),
    readAt: isoOfDate(read_at),
  };
}
