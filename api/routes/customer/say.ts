/** What a customer says: POST /api/public/tracking/opinion, …/nudge, …/messages, …/survey */
import { z } from 'zod';
import type { Opinion } from '../../../domain/customer/side.ts';
import { formOf, type Pack } from '../../../domain/pack.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { answerAs, keepWord, owedFirst, speakerAt } from '../../http/customer-says.ts';
import { keyOf } from '../../http/idempotency.ts';
import { addressOf } from '../../http/caller-address.ts';
import { door } from '../../http/tracking.ts';
import { Problem } from '../../problems/problem.ts';
import { customerOutcome, grade, wordsIn } from '../../schemas/customer.ts';
import { idempotent } from '../../schemas/requests.ts';
import type { Routes } from '../routes.ts';

const common = { tag: 'customer', public: true } as const;
const problems = ['key-missing', 'not-found', 'bad-json', 'key-reused', 'body-too-large', 'unsupported-media-type'] as const;
const opinion: Described = {
  ...common,
  id: 'giveOpinion',
  summary: 'Say whether it is solved',
  description:
    '`recorded`: it answers the step of the procedure that asks for it, as if it had been said by telephone. `noted`: no such step is open; whoever looks after the case is told, and not solved also asks them to get on with it.',
  problems: [...problems, 'bad-facts'],
};
const nudge: Described = {
  ...common,
  id: 'nudgeAsCustomer',
  summary: 'Ask for it to be got on with',
  problems: [...problems, 'nothing-owed', 'nudged-too-often', 'case-closed'],
};
const message: Described = { ...common, id: 'sendMessage', summary: 'Leave a message for whoever looks after the case', problems };
const survey: Described = {
  ...common,
  id: 'answerSurvey',
  summary: 'Grade how the case was handled',
  description: 'Of the present round; each answer is kept, the last one counts.',
  problems,
};

const opinionBody = z.strictObject({
  ...door,
  solved: z.boolean(),
  degree: z.string().max(64).optional().describe('How satisfied, where the procedure asks for it'),
  words: wordsIn.optional().describe('Required when it is not solved'),
});
const surveyBody = z.strictObject({ ...door, quality: grade, attitude: grade, speed: grade, words: wordsIn.optional() });

export const sayRoutes: Routes = async (app, deps) => {
  const options = { bodyLimit: 16_000, config: { rateLimit: { max: 30, timeWindow: '1 minute', keyGenerator: addressOf } } };

  app.post(
    '/api/public/tracking/opinion',
    {
      ...options,
      schema: { ...about(opinion), headers: idempotent, body: opinionBody, response: { 200: customerOutcome, ...problemsOf(opinion) } },
    },
    async (request) => {
      const key = keyOf(request);
      const { secret, tail, solved, degree, words } = request.body;
      const speaker = await speakerAt(deps, { secret, tail });
      if (!solved && words === undefined) throw lacking('words', '请说明尚未解决的问题。', 'Say what is not solved.');
      const asks = speaker.side.opinion;
      if (asks !== undefined) {
        const said = await answerAs(deps, speaker, key, asks.step, opinionForm(asks, { solved, degree, words }, speaker.pack));
        if (said.status !== 'refused') return { outcome: said.status === 'decided' ? ('recorded' as const) : ('received' as const) };
      }
      await keepWord(deps, speaker, key, solved ? 'solved' : 'not-solved', { ...(degree && { degree }), ...(words && { words }) });
      const owed = owedFirst(speaker.state);
      if (!solved && owed !== undefined) {
        await answerAs(deps, speaker, `${key} nudge`, 'nudge', { task: owed.id, from: 'customer', note: words });
      }
      return { outcome: 'noted' as const };
    },
  );

  app.post(
    '/api/public/tracking/nudge',
    {
      ...options,
      schema: {
        ...about(nudge),
        headers: idempotent,
        body: z.strictObject({ ...door, words: wordsIn.optional() }),
        response: { 200: customerOutcome, ...problemsOf(nudge) },
      },
    },
    async (request) => {
      const key = keyOf(request);
      const { secret, tail, words } = request.body;
      const speaker = await speakerAt(deps, { secret, tail });
      const { state } = speaker;
      if (state.status === 'closed') throw new Problem('case-closed');
      const owed = owedFirst(state);
      if (owed === undefined) throw new Problem('nothing-owed');
      const form = { task: owed.id, from: 'customer', ...(words && { note: words }) };
      const said = await answerAs(deps, speaker, key, 'nudge', form);
      if (said.status === 'refused') throw new Problem(said.code === 'nudged-too-often' ? said.code : 'nothing-owed');
      return { outcome: said.status === 'decided' ? ('recorded' as const) : ('received' as const) };
    },
  );

  app.post(
    '/api/public/tracking/messages',
    {
      ...options,
      schema: {
        ...about(message),
        headers: idempotent,
        body: z.strictObject({ ...door, words: wordsIn }),
        response: { 200: customerOutcome, ...problemsOf(message) },
      },
    },
    async (request) => {
      const key = keyOf(request);
      const { secret, tail, words } = request.body;
      await keepWord(deps, await speakerAt(deps, { secret, tail }), key, 'message', { words });
      return { outcome: 'noted' as const };
    },
  );

  app.post(
    '/api/public/tracking/survey',
    {
      ...options,
      schema: { ...about(survey), headers: idempotent, body: surveyBody, response: { 200: customerOutcome, ...problemsOf(survey) } },
    },
    async (request) => {
      const key = keyOf(request);
      const { secret, tail, ...answers } = request.body;
      await keepWord(deps, await speakerAt(deps, { secret, tail }), key, 'survey', answers);
      return { outcome: 'noted' as const };
    },
  );
};

/** @throws Problem bad-facts */
function opinionForm(
  asks: Opinion,
  { solved, degree, words }: { solved: boolean; degree: string | undefined; words: string | undefined },
  pack: Pack | undefined,
): Record<string, unknown> {
  const degrees = solved ? asks.degree?.solved : asks.degree?.notSolved;
  if (degree !== undefined && degrees?.includes(degree) !== true) {
    const labels = pack === undefined ? {} : formOf(pack, asks.step)?.fields.find(({ name }) => name === asks.degree?.field)?.optionLabels;
    const known = (degrees ?? []).flatMap((one) => labels?.[one] ?? []);
    const [zh, en] = [known.map((label) => label.zh).join('、'), known.map((label) => label.en).join(', ')];
    throw lacking(
      'degree',
      zh === '' ? '此处不填满意程度。' : `满意程度可为:${zh}。`,
      en === '' ? 'No degree is asked for.' : `A degree is one of: ${en}.`,
    );
  }
  return {
    ...(solved ? asks.solved : asks.notSolved),
    ...(words === undefined ? {} : { [asks.words]: words }),
    ...(degree === undefined || asks.degree === undefined ? {} : { [asks.degree.field]: degree }),
  };
}

const lacking = (path: string, zh: string, en: string): Problem => new Problem('bad-facts', { errors: [{ path, zh, en }] });
