/** Break-glass: GET and POST /api/emergency-grants, POST /api/emergency-grants/:id/grant, /review and /end */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { roleName, several, stepName, text, time, yes } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import {
  AlreadyDone, askEmergency, EmergencyKeyReused, EmergencyOver, EmergencyUsed, findEmergency, grantEmergency, reviewEmergency, SamePerson, takeBackEmergency, type EmergencyRow,
} from '../../../db/emergencies.ts'; // prettier-ignore
import type { Db } from '../../../db/database.ts';
import { actingIn } from '../../../db/read/absences.ts';
import { findCase, type FoundCase } from '../../../db/read/cases.ts';
import { identityOf } from '../../../db/read/identity.ts';
import { emergencyBounds } from '../../../domain/authority/emergency.ts';
import { barredAt } from '../../../domain/authority/of-case.ts';
import type { TaskState } from '../../../domain/case/state.ts';
import type { PackRules } from '../../../domain/pack.ts';
import type { RuleBook } from '../../../desk/index.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { barredFromGrant, emergenciesFor, overseenBy } from '../../http/emergencies.ts';
import { caseFor } from '../../http/find.ts';
import { keyOf } from '../../http/idempotency.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { emergencyBody, emergencyGrant, grantBody, reviewBody } from '../../schemas/authority.ts';
import { idempotent } from '../../schemas/requests.ts';
import { decidersOf, isDecided } from '../../view/case.ts';
import { emergencyView } from '../../view/emergency.ts';
import type { Routes } from '../routes.ts';

const tag = 'authority';
const common = ['key-missing', 'bad-json', 'not-allowed', 'not-found', 'two-others-needed', 'key-reused', 'body-too-large', 'unsupported-media-type'] as const; // prettier-ignore
const list: Described = {
  id: 'listEmergencyGrants',
  tag,
  summary: 'Emergency grants of packs I oversee, and mine; what still waits for its grant or review first',
};
const ask: Described = {
  id: 'askEmergencyGrant',
  tag,
  summary: 'Ask that somebody may decide one open decision of a case, though it is not theirs',
  description:
    'By a coordinator or the general manager of the pack. Another of them grants it, a third reviews it. Neither of them, nor who is to decide, may have contributed to what is decided on.',
  problems: [...common, 'bad-emergency', 'task-not-open', 'contributor-cannot-approve', 'reviewer-cannot-approve'],
};
const grant: Described = {
  id: 'grantEmergency',
  tag,
  summary: 'Grant what another has asked for',
  description: 'Good for the one task that was named, and for one decision on it. Only from a session, within five minutes of a sign-in.',
  problems: [
    ...common,
    'fresh-sign-in',
    'bad-emergency',
    'emergency-done',
    'task-not-open',
    'contributor-cannot-approve',
    'reviewer-cannot-approve',
  ],
};
const end: Described = {
  id: 'endEmergency',
  tag,
  summary: 'Take an emergency grant back at once, or what was asked for',
  description:
    'By a coordinator or the general manager of the pack. Of this and a decision by it one stands: what was decided by it already is not taken back, but reviewed.',
  problems: [...common.filter((code) => code !== 'two-others-needed'), 'emergency-done'],
};
const review: Described = {
  id: 'reviewEmergency',
  tag,
  summary: 'Say afterwards whether it was right',
  problems: [...common, 'bad-emergency', 'emergency-done'],
};
const one = z.object({ id: z.string().regex(/^\d{1,15}$/, 'the id of an emergency grant') });
const DAY = 86_400_000;

export const emergencyRoutes: Routes = async (app, deps) => {
  const { db, rules, clock } = deps;
  addList(app, deps, {
    url: '/api/emergency-grants',
    said: list,
    file: { zh: '紧急授权', en: 'emergency grants' },
    item: emergencyGrant,
    columns: {
      id: text('编号', 'id'),
      case: text('案件编号', 'case'),
      pack: text('制度包', 'pack'),
      task: text('任务编号', 'task'),
      step: stepName('环节', 'step'),
      role: roleName('岗位', 'role'),
      person: text('决定人', 'person'),
      askedBy: text('申请人', 'asked by'),
      askedAt: time('申请时间', 'asked'),
      reason: text('原因', 'reason'),
      eligible: several('当时可决定的人', 'who could have decided'),
      until: time('有效至', 'until'),
      grantedBy: text('批准人', 'granted by'),
      grantedAt: time('批准时间', 'granted'),
      grantReason: text('批准理由', 'why it was granted'),
      endedBy: text('收回人', 'taken back by'),
      endedAt: time('收回时间', 'taken back'),
      endReason: text('收回理由', 'why it was taken back'),
      used: several('据此的事件', 'events that rest on it'),
      reviewDueAt: time('复核期限', 'review due'),
      reviewOverdue: yes('复核逾期', 'review overdue'),
      reviewedBy: text('复核人', 'reviewed by'),
      reviewedAt: time('复核时间', 'reviewed'),
      rightDone: yes('处置得当', 'rightly done'),
      finding: text('复核意见', 'finding'),
    },
    page: async ({ request }) => {
      const rows = await emergenciesFor({ db, rules }, request, clock());
      return { items: rows.map((row) => emergencyView(row, clock())), after: null };
    },
  });
  app.post(
    '/api/emergency-grants',
    { schema: { ...about(ask), headers: idempotent, body: emergencyBody, response: { 201: emergencyGrant, ...problemsOf(ask) } } },
    async (request, reply) => {
      const key = keyOf(request);
      const { case: number, task: id, until, reason } = request.body;
      const at = clock();
      const { found, pack } = await overseen(db, rules, request, number);
      const askedBy = me(request).person;
      const person = request.body.person ?? askedBy;
      const task = openDecision(found, id);
      const { hours } = emergencyBounds(pack);
      if (until <= at || until > at + hours * 3_600_000)
        throw wrong('until', `须在现在之后、至多 ${hours} 小时。`, `It must end after now, and within ${hours} hours.`);
      const reader = await identityOf(db, person, at);
      if (reader === undefined || (await findCase(db, reader, number)) === undefined)
        throw wrong('person', `${person} 不能查看此案件,不能在此作决定。`, `${person} cannot see the case, so cannot decide in it.`);
      for (const involved of [askedBy, person]) notBarred(found, task, involved);
      const role = task.by[0] ?? '';
      const acting = await actingIn(db, { pack: found.state.pack.id, places: found.places }, task.by, at);
      const eligible = [...new Set(decidersOf(task, found.state, acting).map((decider) => decider.person))];
      const asked = { number, pack: found.state.pack.id, task: id, step: task.step, role, person, askedBy, reason, eligible, until };
      const made = await askEmergency(db, asked, key, at).catch(said);
      void reply.code(201);
      return shown(db, made, at);
    },
  );
  app.post(
    '/api/emergency-grants/:id/grant',
    {
      schema: {
        ...about(grant),
        headers: idempotent,
        params: one,
        body: grantBody,
        response: { 200: emergencyGrant, ...problemsOf(grant) },
      },
    },
    async (request) => {
      const key = keyOf(request);
      const at = clock();
      const row = await visible(db, request, request.params.id);
      const { found, pack } = await overseen(db, rules, request, row.case_number);
      const by = me(request).person;
      apart(row, 'grant', by);
      if (row.granted_by === null) {
        if (row.ends_at.getTime() <= at) throw wrong('id', '申请的时间已过,请重新申请。', 'What was asked for is over; ask anew.');
        const task = openDecision(found, row.task_id);
        for (const involved of [by, row.asked_by, row.person]) notBarred(found, task, involved);
      }
      const reviewDueAt = row.ends_at.getTime() + emergencyBounds(pack).reviewDays * DAY;
      await grantEmergency(db, { ask: row.id, number: row.case_number, by, reason: request.body.reason, at, key }, reviewDueAt).catch(said);
      return shown(db, row.id, at);
    },
  );
  app.post(
    '/api/emergency-grants/:id/review',
    {
      schema: {
        ...about(review),
        headers: idempotent,
        params: one,
        body: reviewBody,
        response: { 200: emergencyGrant, ...problemsOf(review) },
      },
    },
    async (request) => {
      const key = keyOf(request);
      const at = clock();
      const row = await visible(db, request, request.params.id);
      await overseen(db, rules, request, row.case_number);
      const by = me(request).person;
      apart(row, 'review', by);
      if (row.granted_by === null) throw wrong('id', '尚未批准,无可复核。', 'It was never granted, so there is nothing to review.');
      const { rightDone, finding } = request.body;
      await reviewEmergency(db, { ask: row.id, number: row.case_number, by, reason: finding, at, key }, rightDone).catch(said);
      return shown(db, row.id, at);
    },
  );
  app.post(
    '/api/emergency-grants/:id/end',
    {
      schema: { ...about(end), headers: idempotent, params: one, body: grantBody, response: { 200: emergencyGrant, ...problemsOf(end) } },
    },
    async (request) => {
      const key = keyOf(request);
      const row = await visible(db, request, request.params.id);
      await overseen(db, rules, request, row.case_number);
      await takeBackEmergency(
        db,
        { ask: row.id, number: row.case_number, by: me(request).person, reason: request.body.reason, key },
        clock,
      ).catch(said);
      return shown(db, row.id, clock());
    },
  );
};

/** @throws Problem not-found */
async function visible(db: Db, request: FastifyRequest, id: string): Promise<EmergencyRow> {
  const row = await findEmergency(db, id);
  if (row === undefined) throw new Problem('not-found');
  await caseFor(db, request, row.case_number);
  return row;
}

/** The case, of whose pack the person is an overseer for its place. @throws Problem not-found, not-allowed */
async function overseen(db: Db, rules: RuleBook, request: FastifyRequest, number: string): Promise<{ found: FoundCase; pack: PackRules }> {
  const found = await caseFor(db, request, number);
  const pack = await overseenBy(rules, request, found);
  if (pack === undefined)
    throw new Problem('not-allowed', {
      zh: '应急授权由该制度包的协调员或总经理申请、批准和复核。',
      en: 'Emergency grants are asked for, granted and reviewed by coordinators and the general manager of the pack.',
    });
  return { found, pack };
}

/** @throws Problem task-not-open, bad-emergency for what is no decision */
function openDecision({ state }: FoundCase, id: string): TaskState {
  const task = state.tasks[id];
  if (task?.status !== 'open' || state.status === 'closed') throw new Problem('task-not-open', { zh: id, en: id });
  if (!isDecided(task))
    throw wrong('task', '只有审批和升级事项可以应急授权。', 'Only an approval or an escalation can be granted in an emergency.');
  return task;
}

/** @throws Problem with the code of the duty that keeps the person from it */
function notBarred({ state }: FoundCase, task: TaskState, person: string): void {
  const duty = barredAt(task, state, person);
  if (duty !== undefined) throw new Problem(duty.code, { zh: `${person}:${duty.zh}。`, en: `${person}: ${duty.en}.` });
}

/** @throws Problem two-others-needed */
function apart(row: EmergencyRow, act: 'grant' | 'review', by: string): void {
  const duty = barredFromGrant(row, act, by);
  if (duty !== undefined) throw new Problem(duty.code, { zh: `${duty.zh}。`, en: `${duty.en}.` });
}

function said(error: unknown): never {
  if (error instanceof EmergencyKeyReused) throw new Problem('key-reused');
  if (error instanceof EmergencyOver) throw wrong('id', '已收回,请重新申请。', 'It was taken back; ask anew.');
  if (error instanceof EmergencyUsed)
    throw new Problem('emergency-done', {
      zh: '已据此作出决定,或正在作出:请查看案件;所作决定由第三人复核。',
      en: 'It has been decided by it, or is being decided: look at the case. What was decided is reviewed by a third person.',
    });
  if (error instanceof SamePerson) throw new Problem('two-others-needed');
  if (error instanceof AlreadyDone) throw new Problem('emergency-done', { zh: `办理人:${error.by}。`, en: `By ${error.by}.` });
  throw error;
}

const wrong = (path: string, zh: string, en: string): Problem => new Problem('bad-emergency', { errors: [{ path, zh, en }] });

async function shown(db: Db, id: string, at: number) {
  return emergencyView((await findEmergency(db, id)) as EmergencyRow, at);
}
