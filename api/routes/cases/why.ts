/** GET /api/cases/:number/why and /api/cases/:number/clocks/:clock/why */
import { z } from 'zod';
import { everyEventOf } from '../../../db/read/events.ts';
import type { AnyEvent } from '../../../domain/case/event.ts';
import { fold } from '../../../domain/case/reduce.ts';
import { veiled } from '../../../domain/case/veil.ts';
import type { CaseState } from '../../../domain/case/state.ts';
import { loadLedger } from '../../../packs/ledger.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { caseFor } from '../../http/find.ts';
import { pinnedPack } from '../../http/pack.ts';
import { rulesSince } from '../../http/rules.ts';
import { me } from '../../plugins/auth.ts';
import { langOf, Problem } from '../../problems/problem.ts';
import { known, why as whySchema } from '../../schemas/why.ts';
import { caseNumber, instantIn, taskId } from '../../schemas/common.ts';
import { clockView } from '../../view/case.ts';
import { knownAt, whyLines, type Under } from '../../view/why.ts';
import { whyMoney } from '../../view/why-money.ts';
import type { Routes } from '../routes.ts';

const described: Described = {
  id: 'explainClock',
  tag: 'cases',
  summary: 'Why a deadline is when it is',
  problems: ['not-found'],
  description:
    'Which days counted, make-up days included, by the rules and the calendar the case went by when it started, how it was moved, and how a re-base reckoned it anew.',
};
const lang = z.enum(['zh', 'en']).optional().describe('Default: by Accept-Language');
const query = z.strictObject({ lang });

const describedCase: Described = {
  id: 'explainCase',
  tag: 'cases',
  summary: 'Why the deadlines, approvals and amounts of a case are as they are, and what was known at an instant',
  problems: ['not-found', 'bad-request'],
  description:
    'Each deadline line by line: which days counted, what moved it, when a breach was noticed and who was told, what was entered late. With `at`, only what the record held at that instant: dues, verdicts, open tasks, who had been told.',
};
const queryCase = z.strictObject({ lang, at: instantIn.optional().describe('Default: now') });

export const whyRoute: Routes = async (app, { db, rules }) => {
  const ledger = loadLedger();
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
      const { state, veil } = await caseFor(db, request, request.params.number);
      const clock = Object.hasOwn(state.clocks, request.params.clock) ? state.clocks[request.params.clock] : undefined;
      const events = (await everyEventOf(db, state.number)).map((event) => veiled(event, veil));
      const under = await explainedBy(state, events);
      const rule = clock === undefined ? undefined : under.byThen(state.seq)?.rules.limits[clock.limit];
      if (clock === undefined || rule === undefined) throw new Problem('not-found');
      const said = request.query.lang ?? langOf(request.headers['accept-language']);
      return { clock: clockView(clock, under.pack), lines: whyLines(clock.id, events, under, said), rule: { ...rule } };
    },
  );
  app.get(
    '/api/cases/:number/why',
    {
      schema: {
        ...about(describedCase),
        params: z.object({ number: caseNumber }),
        querystring: queryCase,
        response: { 200: known, ...problemsOf(describedCase) },
      },
    },
    async (request) => {
      const { state, places, veil } = await caseFor(db, request, request.params.number);
      const { at = Date.now(), lang: asked } = request.query;
      if (at > Date.now())
        throw new Problem('bad-request', { zh: 'at 不得晚于现在', en: 'at lies in the future: nothing is known of it yet' });
      const said = asked ?? langOf(request.headers['accept-language']);
      const events = (await everyEventOf(db, state.number)).map((event) => veiled(event, veil));
      const under = await explainedBy(state, events);
      const found = knownAt(events, at, under, said);
      // Before its opening was received nobody knew of the case.
      if (found === undefined) throw new Problem('not-found');
      const then = fold(events.filter((event) => event.recordedAt <= at));
      const money = await whyMoney(db, { who: me(request), ledger, state: then, places, at, lang: said }, under);
      return { ...found, money: money.map(({ what, lines }) => ({ what, lines: [...lines] })) };
    },
  );

  async function explainedBy(state: CaseState, events: readonly AnyEvent[]): Promise<Under> {
    const byThen = await rulesSince(db, rules, state.number, events);
    if (byThen === undefined) throw new Problem('not-found');
    return { byThen, pack: await pinnedPack(rules, state.pack.hash) };
  }
};
