/** Audits by GB/T 27922: what the record proves, marks, the result. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { text, time, whole, words, yes } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import {
  AuditIssued,
  AuditKeyReused,
  AuditOpen,
  findAudit,
  issueAudit,
  markIndicator,
  MarkRefused,
  openAudit,
  recentAudits,
  type Audit,
} from '../../../db/audits.ts';
import { evidenceFor, type Period } from '../../../db/read/audit-evidence.ts';
import { loadChecklist } from '../../../packs/audit/load.ts';
import { GOVERNANCE } from '../../http/governance.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { keyOf } from '../../http/idempotency.ts';
import { jobOf } from '../../http/job.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { auditBody, auditId, auditItem, auditView, evidenceItem, markBody, period } from '../../schemas/audits.ts';
import { instant, label } from '../../schemas/common.ts';
import { idempotent } from '../../schemas/requests.ts';
import { iso } from '../../view/instants.ts';
import type { Routes } from '../routes.ts';

/** Who opens and marks; an audit is issued by whoever approves. */
const AUDITORS = ['evaluationGroup', 'serviceDepartment', 'manager', 'generalManager'];
const ISSUERS = ['manager', 'generalManager'];

const tag = 'audits';
const evidence: Described = {
  id: 'getAuditEvidence',
  tag,
  summary: 'GB/T 27922: how often the record proves each of the 24 indicators in a period',
  problems: ['not-allowed'],
};
const open: Described = {
  id: 'openAudit',
  tag,
  summary: 'Open an audit of a period',
  description: 'By the check list as it is now; a later list changes nothing of it.',
  problems: ['key-missing', 'key-reused', 'not-allowed'],
};
const list: Described = { id: 'listAudits', tag, summary: 'The last audits, the newest first', problems: ['not-allowed'] };
const one: Described = { id: 'getAudit', tag, summary: 'An audit: evidence, marks, score', problems: ['not-allowed', 'not-found'] };
const mark: Described = {
  id: 'markAuditIndicator',
  tag,
  summary: 'Mark an indicator, with the reason',
  description: 'The last mark counts, earlier ones stay. No evidence, no points. What is not applicable is left out of the score.',
  problems: ['key-missing', 'key-reused', 'not-allowed', 'not-found', 'mark-refused', 'audit-issued'],
};
const issue: Described = {
  id: 'issueAudit',
  tag,
  summary: 'Issue the result: it stays as it is',
  problems: ['key-missing', 'not-allowed', 'not-found', 'audit-open'],
};

export const auditRoutes: Routes = async (app, deps) => {
  const { db, clock } = deps;
  const checklist = loadChecklist();
  const params = z.object({ id: auditId });
  addList(app, deps, {
    url: '/api/audits/gbt27922',
    said: evidence,
    file: { zh: '服务评价证据', en: 'audit evidence' },
    filter: period,
    more: { from: instant, to: instant, title: label },
    item: evidenceItem,
    columns: {
      indicator: text('指标', 'indicator'),
      zh: { zh: '名称', en: 'name', type: 'text', of: (_, item, { lang }) => item[lang] },
      en: [],
      text: words('要求', 'text'),
      points: whole('分值', 'points'),
      evidence: whole('证据数', 'evidence'),
    },
    page: async ({ request, query }) => {
      allowed(request, AUDITORS);
      const { from, to } = ordered(query);
      const counts = await evidenceFor(db, checklist, { from, to });
      const items = checklist.indicators.map(({ id, zh, en, text: asks, points }) => ({
        indicator: id,
        zh,
        en,
        text: asks,
        points,
        evidence: counts[id] ?? 0,
      }));
      return { items, after: null, more: { from: iso(from), to: iso(to), title: checklist.title } };
    },
  });
  app.post(
    '/api/audits',
    { schema: { ...about(open), headers: idempotent, body: auditBody, response: { 201: auditView, ...problemsOf(open) } } },
    async (request, reply) => {
      allowed(request, AUDITORS);
      const id = jobOf(request);
      await openAudit(db, id, checklist, ordered(request.body), { person: me(request).person, at: clock() }).catch(said);
      return reply.code(201).send(await found(id));
    },
  );
  addList(app, deps, {
    url: '/api/audits',
    said: list,
    file: { zh: '服务评价', en: 'audits' },
    item: auditItem,
    columns: {
      id: text('编号', 'id'),
      from: time('期间开始', 'from'),
      to: time('期间结束', 'to'),
      person: text('评价人', 'opened by'),
      issued: yes('已发布', 'issued'),
    },
    page: async ({ request }) => {
      allowed(request, AUDITORS);
      const items = (await recentAudits(db)).map(({ from, to, ...item }) => ({ ...item, from: iso(from), to: iso(to) }));
      return { items, after: null };
    },
  });
  app.get('/api/audits/:id', { schema: { ...about(one), params, response: { 200: auditView, ...problemsOf(one) } } }, async (request) => {
    allowed(request, AUDITORS);
    return found(request.params.id);
  });
  app.post(
    '/api/audits/:id/marks',
    { schema: { ...about(mark), headers: idempotent, params, body: markBody, response: { 200: auditView, ...problemsOf(mark) } } },
    async (request) => {
      allowed(request, AUDITORS);
      const { id } = request.params;
      const key = keyOf(request);
      await found(id);
      await markIndicator(db, id, request.body, { person: me(request).person, at: clock(), key }).catch(said);
      return found(id);
    },
  );
  app.post(
    '/api/audits/:id/issue',
    {
      config: { once: true },
      schema: { ...about(issue), headers: idempotent, params, response: { 200: auditView, ...problemsOf(issue) } },
    },
    async (request) => {
      allowed(request, ISSUERS);
      const { id } = request.params;
      await found(id);
      await issueAudit(db, id, { person: me(request).person, at: clock() }).catch(said);
      return found(id);
    },
  );

  async function found(id: string) {
    const audit = await findAudit(db, id);
    if (audit === undefined) throw new Problem('not-found');
    return view(audit);
  }
};

/** @throws Problem not-allowed */
function allowed(request: FastifyRequest, roles: readonly string[]): void {
  const { inFamilies: packs } = me(request);
  const held = Object.hasOwn(packs, GOVERNANCE) ? (packs[GOVERNANCE] ?? []) : [];
  if (roles.some((role) => held.includes(role))) return;
  throw new Problem('not-allowed', { zh: `${GOVERNANCE}: ${roles.join('、')}`, en: `${GOVERNANCE}: ${roles.join(', ')}` });
}

/** @throws Problem bad-request for a period that ends before it begins */
function ordered({ from, to }: Period): Period {
  if (from < to) return { from, to };
  throw new Problem('bad-request', { zh: '期间的结束须晚于开始。', en: 'The period ends before it begins.' });
}

function view({ period: { from, to }, at, issued, result, ...audit }: Audit) {
  return {
    ...audit,
    from: iso(from),
    to: iso(to),
    at: iso(at),
    result: { ...result, lines: [...result.lines], open: [...result.open] },
    issued: issued === null ? null : { person: issued.person, at: iso(issued.at) },
  };
}

function said(error: unknown): never {
  if (error instanceof AuditKeyReused) throw new Problem('key-reused');
  if (error instanceof AuditIssued) throw new Problem('audit-issued');
  if (error instanceof AuditOpen) throw new Problem('audit-open', { zh: error.open.join('、'), en: error.open.join(', ') });
  if (error instanceof MarkRefused) throw new Problem('mark-refused', { zh: error.fault, en: error.fault });
  throw error;
}
