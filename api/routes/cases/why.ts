/** GET /api/cases/:number/clocks/:clock/why */
import { z } from 'zod';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { caseFor } from '../../http/find.ts';
import { pinnedPack } from '../../http/pack.ts';
import { rulesOf } from '../../http/rules.ts';
import { langOf, Problem } from '../../problems/problem.ts';
import { why as whySchema } from '../../schemas/cases.ts';
import { caseNumber, taskId } from '../../schemas/common.ts';
import { clockView } from '../../view/case.ts';
import { whyLines } from '../../view/why.ts';
import type { Routes } from '../routes.ts';

const described: Described = {
  id: 'explainClock',
  tag: 'cases',
  summary: 'Why a deadline is when it is',
  problems: ['not-found'],
  description: 'Which days counted, make-up days included, by the rules and the calendar the case was opened under, and how it was moved.',
};
const query = z.strictObject({ lang: z.enum(['zh', 'en']).optional().describe('Default: by Accept-Language') });

export const whyRoute: Routes = async (app, { db, rules }) => {
  app.get(
    '/api/cases/:number/clocks/:clock/why',
    {
      schema: {
        ...about(described),
        params: z.object({ number: caseNumber, clock: taskId }),
        querystring: query,
        response: { 200: whySchema, ...problemsOf(described) },
      },
    },
    async (request) => {
      const { state } = await caseFor(db, request, request.params.number);
      const clock = Object.hasOwn(state.clocks, request.params.clock) ? state.clocks[request.params.clock] : undefined;
      const under = clock === undefined ? undefined : await rulesOf(db, rules, state);
      const rule = clock === undefined ? undefined : under?.rules.limits[clock.limit];
      if (clock === undefined || under === undefined || rule === undefined) throw new Problem('not-found');
      const pack = await pinnedPack(rules, state.pack.hash);
      const lang = request.query.lang ?? langOf(request.headers['accept-language']);
      const label = pack?.limitLabels[clock.limit]?.[lang] ?? clock.limit;
      return { clock: clockView(clock, pack), lines: whyLines(clock, rule, under.calendar, label, lang), rule: { ...rule } };
    },
  );
};
