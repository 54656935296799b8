/** POST and GET /api/bulk-jobs, GET /api/bulk-jobs/:id, POST …/confirm and …/cancel: many open cases go on by newer rules. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { choice, text, time } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import { countsOf, itemsOf, jobById, recentJobs, type BulkJob, type JobCounts } from '../../../db/read/bulk.ts';
import { NotFound, rebaseJob } from '../../../desk/index.ts';
import { isAdministrator } from '../../access.ts';
import { mayReadJob, scopeOfJobs } from '../../http/bulk-sight.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { jobOf } from '../../http/job.ts';
import { rolesAt } from '../../../domain/case/concern.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { idempotent } from '../../schemas/requests.ts';
import { bulkBody, bulkJob, jobId } from '../../schemas/bulk.ts';
import { dueChangeView } from '../../view/calendar.ts';
import { JOB_KINDS, JOB_STATUS } from '../../view/codes.ts';
import { iso, isoOfDate } from '../../view/instants.ts';
import type { Routes } from '../routes.ts';

const COUNTS = [
  ['total', '案件数', 'cases'],
  ['due', '待处理', 'due'],
  ['changed', '已变更', 'changed'],
  ['unchanged', '无变化', 'unchanged'],
  ['skipped', '已跳过', 'skipped'],
  ['refused', '已拒绝', 'refused'],
  ['moving', '时限变化', 'moving'],
] as const;
const SHOWN = 50;
const LISTED = 50;

const ask: Described = {
  id: 'askBulkRebase',
  tag: 'calendars',
  summary: 'Look at what a newer version of a pack would do to its open cases',
  description:
    'Makes a job that looks at every open case and waits: `previewed` says how many deadlines move. `confirm` carries it out, case by case, each one judging for itself by the role of whoever asked; `cancel` drops it.',
  problems: ['key-missing', 'key-reused', 'wrong-role', 'not-found'],
};
const list: Described = { id: 'listBulkJobs', tag: 'calendars', summary: 'Bulk jobs, the newest first' };
const one: Described = {
  id: 'getBulkJob',
  tag: 'calendars',
  summary: 'A bulk job: how far it is, what became of which case',
  problems: ['not-found'],
};
const confirm: Described = {
  id: 'confirmBulkJob',
  tag: 'calendars',
  summary: 'Carry out a job that was looked at',
  problems: ['not-found', 'wrong-role', 'already-decided'],
};
const cancel: Described = {
  id: 'cancelBulkJob',
  tag: 'calendars',
  summary: 'Change no further case',
  problems: ['not-found', 'wrong-role'],
};

export const bulkRoutes: Routes = async (app, deps) => {
  const { db, desk, rules, clock } = deps;
  app.post(
    '/api/bulk-jobs',
    { schema: { ...about(ask), headers: idempotent, body: bulkBody, response: { 202: bulkJob, ...problemsOf(ask) } } },
    async (request, reply) => {
      const { pack: id, toVersion, calendarVersion, reason } = request.body;
      const { person, packs } = me(request);
      // Which roles a pack has is told to its own people.
      if (!Object.hasOwn(packs, id)) throw new Problem('not-found');
      // Cases of all places are changed: a role for some of them is not enough.
      const roles = rolesAt(me(request), id, []);
      const now = clock();
      const asked = { id: jobOf(request), pack: id, toVersion, calendarVersion, reason, person, roles, at: now };
      const { job, by, allowed } = await orNotFound(rebaseJob(rules, asked));
      if (!allowed) throw new Problem('wrong-role', { zh: by.join('、'), en: by.join(', ') });
      const known = await jobById(db, job.id);
      const same = known?.pack_id === id && known.to_version === job.toVersion && known.reason === reason;
      if (known !== undefined && !same) throw new Problem('key-reused');
      await desk.bulk.ask(job);
      return reply.code(202).send(await viewOf(request, (await jobById(db, job.id))!));
    },
  );
  addList(app, deps, {
    url: '/api/bulk-jobs',
    said: list,
    file: { zh: '批量变更', en: 'bulk jobs' },
    item: bulkJob.omit({ items: true }),
    columns: {
      id: text('编号', 'id'),
      kind: choice('类别', 'kind', JOB_KINDS),
      status: choice('状态', 'status', JOB_STATUS),
      pack: text('制度包', 'pack'),
      toVersion: text('改按版本', 'to version'),
      calendar: text('日历', 'calendar'),
      calendarVersion: text('日历版本', 'calendar version'),
      reason: text('原因', 'reason'),
      person: text('提出人', 'asked by'),
      askedAt: time('提出时间', 'asked'),
      finishedAt: time('完成时间', 'finished'),
      counts: COUNTS.map(([name, zh, en]) => ({ zh, en, type: 'integer', of: (counts: JobCounts) => counts[name] })),
    },
    page: async ({ request }) => {
      const jobs: BulkJob[] = [];
      for (const job of await recentJobs(db, LISTED)) if (await mayReadJob(request, rules, job, clock())) jobs.push(job);
      return { items: await Promise.all(jobs.map((job) => headOf(job))), after: null };
    },
  });
  const params = z.object({ id: jobId });
  app.get('/api/bulk-jobs/:id', { schema: { ...about(one), params, response: { 200: bulkJob, ...problemsOf(one) } } }, async (request) =>
    viewOf(request, await jobFor(request, request.params.id)),
  );
  app.post(
    '/api/bulk-jobs/:id/confirm',
    { schema: { ...about(confirm), headers: idempotent, params, response: { 202: bulkJob, ...problemsOf(confirm) } } },
    async (request, reply) => {
      const job = await mine(request, request.params.id);
      if (!(await desk.bulk.confirm(job.id))) throw new Problem('already-decided');
      return reply.code(202).send(await viewOf(request, (await jobById(db, job.id))!));
    },
  );
  app.post(
    '/api/bulk-jobs/:id/cancel',
    { schema: { ...about(cancel), headers: idempotent, params, response: { 202: bulkJob, ...problemsOf(cancel) } } },
    async (request, reply) => {
      const job = await mine(request, request.params.id);
      await desk.bulk.cancel(job.id);
      return reply.code(202).send(await viewOf(request, (await jobById(db, job.id))!));
    },
  );

  async function jobFor(request: FastifyRequest, id: string): Promise<BulkJob> {
    const job = await jobById(db, id);
    if (job === undefined || !(await mayReadJob(request, rules, job, clock()))) throw new Problem('not-found');
    return job;
  }

  /** Led by whoever asked for it, or an administrator. */
  async function mine(request: FastifyRequest, id: string): Promise<BulkJob> {
    const job = await jobFor(request, id);
    const { person, packs } = me(request);
    if (job.person !== person && !isAdministrator(packs)) throw new Problem('wrong-role', { zh: job.person, en: job.person });
    return job;
  }

  async function viewOf(request: FastifyRequest, job: BulkJob) {
    const items = [...(await itemsOf(db, job.id, { limit: SHOWN, moving: true, scope: scopeOfJobs(request) }))];
    return {
      ...(await headOf(job)),
      items: items.map(({ case_number: number, status, code, changes }) => ({ number, status, code, changes: changes.map(dueChangeView) })),
    };
  }

  async function headOf(job: BulkJob) {
    return {
      id: job.id,
      kind: job.kind,
      status: job.status,
      pack: job.pack_id,
      toVersion: job.to_version,
      calendar: job.calendar_id,
      calendarVersion: job.calendar_version,
      reason: job.reason,
      person: job.person,
      askedAt: iso(job.asked_at.getTime()),
      finishedAt: isoOfDate(job.finished_at),
      counts: await countsOf(db, job.id),
    };
  }
};

async function orNotFound<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof NotFound) throw new Problem('not-found', { zh: error.message, en: error.message });
    throw error;
  }
}
