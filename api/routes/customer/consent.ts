/** Consent to a later time: POST and GET /api/cases/:number/consent-requests, POST /api/public/tracking/consent */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { text, time, yes } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import { askConsent, consentsOf, openConsent, type ConsentAsked, type ConsentRow } from '../../../db/consent.ts';
import { actorsOf } from '../../../domain/case/acts.ts';
import { rolesAt } from '../../../domain/case/concern.ts';
import { isoBeijing } from '../../../domain/time.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { answerAs, keepWord, speakerAt } from '../../http/customer-says.ts';
import { caseFor } from '../../http/find.ts';
import { keyOf } from '../../http/idempotency.ts';
import { pinnedPack } from '../../http/pack.ts';
import { addressOf } from '../../http/caller-address.ts';
import { door, sideOf } from '../../http/tracking.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { caseNumber, instantIn } from '../../schemas/common.ts';
import { consentAsked, consent, customerOutcome, wordsIn } from '../../schemas/customer.ts';
import { idempotent } from '../../schemas/requests.ts';
import { iso, isoOfDate } from '../../view/instants.ts';
import type { Routes } from '../routes.ts';

const tag = 'customer';
const ask: Described = {
  id: 'askForConsent',
  tag,
  summary: 'Ask the customer by their link to consent to a later time',
  description:
    'By whoever may extend. What is asked last takes the place of what was asked before. A consent extends at once, with the answer as its evidence; the case judges whether it may.',
  problems: ['key-missing', 'bad-json', 'wrong-role', 'not-found', 'key-reused', 'bad-facts', 'body-too-large', 'unsupported-media-type'],
};
const list: Described = {
  id: 'listConsents',
  tag,
  summary: 'What the customer was asked to consent to, newest first',
  problems: ['not-found'],
};
const answer: Described = {
  id: 'answerConsent',
  tag,
  public: true,
  summary: 'Consent to a later time, or not',
  description: '`recorded`: the promised time has moved. `noted`: the answer is kept and told; nothing has moved.',
  problems: ['key-missing', 'not-found', 'bad-json', 'key-reused', 'body-too-large', 'unsupported-media-type'],
};
const number = z.object({ number: caseNumber });

export const consentRoutes: Routes = async (app, deps) => {
  const { db, rules, clock, customers } = deps;
  app.post(
    '/api/cases/:number/consent-requests',
    {
      schema: {
        ...about(ask),
        headers: idempotent,
        params: number,
        body: z.strictObject({
          until: instantIn,
          complex: z.boolean().default(false).describe('Particularly complex, where the extension asks for that'),
          reason: wordsIn.describe('The customer reads it'),
        }),
        response: { 201: consentAsked, ...problemsOf(ask) },
      },
    },
    async (request, reply) => {
      const key = keyOf(request);
      const { state, places } = await caseFor(db, request, request.params.number);
      const pack = await pinnedPack(rules, state.pack.hash);
      const { extension } = sideOf(customers, pack ?? state.pack, state.kind);
      if (extension === undefined || pack === undefined || state.status === 'closed') throw new Problem('not-found');
      const may = actorsOf(extension.step, pack.rules);
      const held = rolesAt(me(request), pack.id, places);
      if (!may.some((role) => held.includes(role))) throw new Problem('wrong-role', { zh: may.join('、'), en: may.join(', ') });
      const { until, complex, reason } = request.body;
      const at = clock();
      if (until <= at) throw new Problem('bad-facts', { errors: [{ path: 'until', zh: '须在现在之后。', en: 'must lie in the future.' }] });
      const asked = { id: randomUUID(), caseNumber: state.number, round: state.round, until, reason, complex, by: me(request).person, at };
      const row = await askConsent(db, { ...asked, key: `${asked.by} ${state.number} ${key}` });
      if (row === undefined) throw new Problem('key-reused');
      void reply.code(201);
      return askedView(row);
    },
  );
  addList(app, deps, {
    url: '/api/cases/:number/consent-requests',
    said: list,
    file: { zh: '延期征询', en: 'consent requests' },
    params: { number: caseNumber },
    item: consent,
    columns: {
      id: text('编号', 'id'),
      until: time('延至', 'until'),
      reason: text('原因', 'reason'),
      complex: yes('情况复杂', 'complex'),
      askedBy: text('征询人', 'asked by'),
      askedAt: time('征询时间', 'asked'),
      consent: yes('同意', 'consent'),
      words: text('客户的话', 'customer’s words'),
      answeredAt: time('答复时间', 'answered'),
    },
    page: async ({ request, params: { number: asked } }) => {
      await caseFor(db, request, asked);
      return { items: (await consentsOf(db, asked)).map(consentView), after: null };
    },
    reads: ({ params: { number: asked } }) => ({ case: asked, list: list.id }),
  });
  app.post(
    '/api/public/tracking/consent',
    {
      bodyLimit: 16_000,
      config: { rateLimit: { max: 30, timeWindow: '1 minute', keyGenerator: addressOf } },
      schema: {
        ...about(answer),
        headers: idempotent,
        body: z.strictObject({
          ...door,
          request: z.string().regex(/^[0-9a-f-]{36}$/, 'the request of `awaited`'),
          consent: z.boolean(),
          words: wordsIn.optional(),
        }),
        response: { 200: customerOutcome, ...problemsOf(answer) },
      },
    },
    async (request) => {
      keyOf(request); // an answer is given once: the same again is the same, another is refused
      const { secret, tail, request: id, consent, words } = request.body;
      const speaker = await speakerAt(deps, { secret, tail });
      const { state, side, link } = speaker;
      const asked = (await consentsOf(db, state.number)).find((one) => one.id === id);
      if (asked === undefined || side.extension === undefined) throw new Problem('not-found');
      // Answered already: the same answer again gets on with what it brought about, another one is refused below.
      const isOpen = (await openConsent(db, state.number, state.round, clock()))?.id === id;
      if (!isOpen && asked.answer === null) throw new Problem('not-found');
      await keepWord(deps, speaker, { whole: `consent:${id}` }, 'consent', { request: id, consent, ...(words && { words }) });
      if (!consent) return { outcome: 'noted' as const };
      const at =
        asked.answered_at?.getTime() ??
        (await consentsOf(db, state.number)).find((one) => one.id === id)?.answered_at?.getTime() ??
        clock();
      const said = await answerAs(deps, speaker, `consent ${id}`, side.extension.step, {
        until: isoBeijing(asked.until_at.getTime()),
        ...(asked.complex ? { complex: true } : {}),
        consentAt: new Date(at).toISOString(),
        consentBy: '客户本人(跟踪链接)',
        consentHow: 'message',
        evidence: `link ${link}, request ${id}`,
        reason: asked.reason,
      });
      return {
        outcome:
          said.status === 'decided' ? ('recorded' as const) : said.status === 'received' ? ('received' as const) : ('noted' as const),
      };
    },
  );
};

const askedView = ({ id, until_at, reason, complex, asked_by, asked_at }: ConsentAsked) => ({
  id,
  until: iso(until_at.getTime()),
  reason,
  complex,
  askedBy: asked_by,
  askedAt: iso(asked_at.getTime()),
});

const consentView = ({ answer: given, answered_at, ...asked }: ConsentRow) => ({
  ...askedView(asked),
  consent: given === null ? null : given['consent'] === true,
  words: typeof given?.['words'] === 'string' ? given['words'] : null,
  answeredAt: isoOfDate(answered_at),
});
