/** Erasing what is personal: GET /api/erasures/plan, POST and GET /api/erasures */
import { z } from 'zod';
import { erasures } from '../../../db/read/erasures.ts';
import { readErasureOf, type ErasureOf } from '../../../domain/erasure.ts';
import { eraseAll, planErasure, standing, type ErasurePlan } from '../../../runtime/erasing.ts';
import { fromCursor, page } from '../../http/cursor.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { keyOf } from '../../http/idempotency.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { instant, next, paging } from '../../schemas/common.ts';
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
    'The keys of the subjects are destroyed; the record stands and verifies, and says nothing of them any more. `subjects` is their number as it was planned: what has come since is looked at again. An open case, or one that its procedure still keeps, stands in the way; the latter is erased with `despite`, the legal ground.',
  problems: ['fresh-sign-in', 'key-missing', 'bad-json', 'bad-request', 'not-found', 'not-allowed', 'erasure-held', 'erasure-changed'],
};
const list: Described = { id: 'listErasures', tag, summary: 'What was erased, newest first', problems: ['bad-cursor', 'not-allowed'] };

const of = z
  .string()
  .max(200)
  .transform((text, context) => {
    const found = readErasureOf(text);
    if (found !== undefined) return found;
    context.addIssue({ code: 'custom', message: 'an entry such as customers/KH-2026-00001, case:<number> or person:<id>' });
    return z.NEVER;
  });
const hold = z.object({ number: z.string(), why: z.enum(['open', 'kept']), until: z.string().optional() });
const planned = z.object({ subjects: z.array(z.string()), cases: z.array(z.string()), holds: z.array(hold) });
const words = z.string().trim().min(1).max(500);

export const erasureRoutes: Routes = async (app, { db, rules, registers, clock, config }) => {
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
        response: { 200: z.object({ erased: z.array(z.string()) }), ...problemsOf(begin) },
      },
    },
    async (request) => {
      const key = keyOf(request);
      const { of: asked, subjects: expected, reason, despite } = request.body;
      const found = await planFor(asked);
      if (found.subjects.length !== expected) {
        const n = found.subjects.length;
        throw new Problem('erasure-changed', {
          zh: `现有 ${n} 项,不是 ${expected} 项。`,
          en: `There are ${n} subjects now, not ${expected}.`,
        });
      }
      const held = standing(found, despite);
      if (held.length > 0) throw heldUp(held);
      const by = { person: me(request).person, reason, despite, key, at: clock() };
      return { erased: await eraseAll(db, config.erasureLog, found.subjects, by) };
    },
  );
  app.get(
    '/api/erasures',
    {
      schema: {
        ...about(list),
        querystring: z.strictObject(paging),
        response: {
          200: z.object({
            items: z.array(z.object({ subject: z.string(), person: z.string(), at: instant, reason: z.string() })),
            next,
          }),
          ...problemsOf(list),
        },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      const before = fromCursor(z.strictObject({ n: z.string().regex(/^\d{1,18}$/) }), cursor)?.n;
      const { items, next: following } = page(await erasures(db, { limit, before }), limit, ({ ordinal }) => ({ n: ordinal }));
      return { items: items.map(({ ordinal: _, at, ...row }) => ({ ...row, at: iso(at.getTime()) })), next: following };
    },
  );

  async function planFor(asked: ErasureOf): Promise<ErasurePlan> {
    const found = await planErasure(db, rules, registers, asked, clock());
    if (found === undefined) throw new Problem('not-found');
    return found;
  }
};

function view({ subjects, cases, holds }: ErasurePlan): z.output<typeof planned> {
  return { subjects: [...subjects], cases: [...cases], holds: holds.map((one) => ({ ...one })) };
}

function heldUp(holds: ErasurePlan['holds']): Problem {
  const zh = holds.map(({ number, until }) => (until === undefined ? `${number} 未关闭` : `${number} 须保存至 ${until}`)).join(';');
  const en = holds.map(({ number, until }) => (until === undefined ? `${number} is open` : `${number} is kept until ${until}`)).join('; ');
  return new Problem('erasure-held', { zh: `${zh}。`, en: `${en}.` });
}
