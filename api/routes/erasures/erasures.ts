/** Erasing what is personal: GET /api/erasures/plan, POST and GET /api/erasures */
import { z } from 'zod';
import { text, time } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import { cut } from '../../http/cursor.ts';
import { erasedBy, erasures } from '../../../db/read/erasures.ts';
import { readErasureOf } from '../../../domain/erasure.ts';
import { planErasure, type ErasurePlan } from '../../../runtime/erasing.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { jointAct, notInForce } from '../../joint/answer.ts';
import { askJointly } from '../../joint/ask.ts';
import { Problem } from '../../problems/problem.ts';
import { instant } from '../../schemas/common.ts';
import { idempotent } from '../../schemas/requests.ts';
import { iso } from '../../view/instants.ts';
import type { Routes } from '../routes.ts';

const tag = 'personal data';
const plan: Described = {
  id: 'planErasure',
  tag,
  summary: 'What would be erased, and what stands in the way',
  description:
    'Nothing is changed. `of` names an entry such as `customers/KH-2026-00001` with all that names it, `case:<number>` or `person:<id>`.',
  problems: ['bad-request', 'not-found', 'not-allowed'],
};
const begin: Described = {
  id: 'erase',
  tag,
  summary: 'Erase what is personal, for ever',
  description:
    'The keys of the subjects are destroyed; the record stands and verifies, and says nothing of them any more. `subjects` is their number as it was planned: what has come since is looked at again. An open case, or one that its procedure still keeps, stands in the way; the latter is erased with `despite`, the legal ground. It waits for a second administrator (202).',
  problems: [
    'fresh-sign-in',
    'key-missing',
    'key-reused',
    'bad-json',
    'bad-request',
    'not-found',
    'not-allowed',
    'erasure-held',
    'erasure-changed',
  ],
};
const list: Described = { id: 'listErasures', tag, summary: 'What was erased, newest first', problems: ['bad-cursor', 'not-allowed'] };

const of = z
  .string()
  .max(200)
  .refine((text) => readErasureOf(text) !== undefined, 'an entry such as customers/KH-2026-00001, case:<number> or person:<id>');
const erasure = z.object({ subject: z.string(), person: z.string(), at: instant, reason: z.string() });
const hold = z.object({ number: z.string(), why: z.enum(['open', 'kept']), until: z.string().optional() });
const planned = z.object({ subjects: z.array(z.string()), cases: z.array(z.string()), holds: z.array(hold) });
const words = z.string().trim().min(1).max(500);

export const erasureRoutes: Routes = async (app, deps) => {
  const { db, rules, registers, clock } = deps;
  app.get(
    '/api/erasures/plan',
    { schema: { ...about(plan), querystring: z.strictObject({ of }), response: { 200: planned, ...problemsOf(plan) } } },
    async (request) => view(await planFor(request.query.of)),
  );
  app.post(
    '/api/erasures',
    {
      schema: {
        ...about(begin),
        headers: idempotent,
        body: z.strictObject({ of, subjects: z.int().min(1).max(100_000), reason: words, despite: words.optional() }),
        response: { 200: z.object({ erased: z.array(z.string()) }), 202: jointAct, ...problemsOf(begin) },
      },
    },
    async (request, reply) => {
      const { act } = await askJointly(deps, request, {
        kind: 'erasure',
        person: personIn(request.body.of),
        packId: null,
        body: request.body,
      });
      const waits = notInForce(reply, act, clock());
      if (waits !== undefined) return waits;
      return { erased: await erasedBy(db, act.key) };
    },
  );
  addList(app, deps, {
    url: '/api/erasures',
    said: list,
    file: { zh: '删除记录', en: 'erasures' },
    cursor: z.strictObject({ n: z.string().regex(/^\d{1,18}$/) }),
    item: erasure,
    columns: {
      subject: text('对象', 'subject'),
      person: text('办理人', 'by'),
      at: time('时间', 'time'),
      reason: text('原因', 'reason'),
    },
    page: async ({ limit, after }) => {
      const rows = await erasures(db, { limit, before: after?.n });
      return cut(
        rows,
        limit,
        ({ ordinal }) => ({ n: ordinal }),
        ({ ordinal: _, at, ...row }) => ({ ...row, at: iso(at.getTime()) }),
      );
    },
  });

  async function planFor(text: string): Promise<ErasurePlan> {
    const asked = readErasureOf(text);
    const found = asked && (await planErasure(db, rules, registers, asked, clock()));
    if (found === undefined) throw new Problem('not-found');
    return found;
  }
};

function view({ subjects, cases, holds }: ErasurePlan): z.output<typeof planned> {
  return { subjects: [...subjects], cases: [...cases], holds: holds.map((one) => ({ ...one })) };
}

/** Erasing somebody who signs in is theirs no more than roles are. */
function personIn(of: string): string | null {
  const asked = readErasureOf(of);
  return asked?.what === 'person' ? asked.person : null;
}
