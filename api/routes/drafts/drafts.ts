/** Drafts of steps (/api/cases/:number/drafts/:step) and of openings (/api/drafts/:pack/:kind), and the list of one's own */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { text, time } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import { cut } from '../../http/cursor.ts';
import { draftAt, draftsOf, dropDraft, saveDraft, type Draft, type DraftPlace } from '../../../db/drafts.ts';
import { draftState } from '../../../domain/draft.ts';
import { filledIn } from '../../../domain/case/acts.ts';
import { resolveRole, type Pack } from '../../../domain/pack.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { caseFor } from '../../http/find.ts';
import { pinnedPack } from '../../http/pack.ts';
import { me } from '../../plugins/auth.ts';
import { langOf, Problem } from '../../problems/problem.ts';
import { caseNumber, instant, packId, stepId } from '../../schemas/common.ts';
import { named } from '../../schemas/registry.ts';
import { iso } from '../../view/instants.ts';
import type { RouteDeps, Routes } from '../routes.ts';

const field = z.object({ path: z.string(), message: z.string() });
const draft = z.object({
  about: z.string().describe('Number of the case; of an opening its pack'),
  what: z.string().describe('Step of the case; of an opening its kind'),
  savedAt: instant,
  form: z.record(z.string(), z.unknown()).describe('As it was saved, checked by nobody'),
  missing: z.array(field).describe('Fields that still have to be filled'),
  wrong: z.array(field).describe('What would be refused as it stands'),
});
named.add(draft, { id: 'Draft' });
const mine = draft.omit({ form: true, missing: true, wrong: true });
const body = z.strictObject({ form: z.record(z.string().max(64), z.unknown()).describe('Any part of the form') });
named.add(body, { id: 'SaveDraft' });

const ofStep = z.object({ number: caseNumber, step: stepId });
const ofOpening = z.object({ pack: packId, kind: z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,63}$/, 'a kind of case') });
const after = z.strictObject({ id: z.string().regex(/^\d{1,15}$/) });

/** Where a draft belongs and by which pack it is read. */
interface Found {
  readonly place: DraftPlace;
  readonly pack: Pack;
  readonly form: NonNullable<ReturnType<typeof filledIn>>;
}

export const draftRoutes: Routes = async (app, deps) => {
  const { db, clock } = deps;
  const say = (id: string, summary: string, problems: NonNullable<Described['problems']>): Described => ({
    id,
    tag: 'drafts',
    summary,
    problems,
  });
  const saving = ['bad-json', 'not-found', 'body-too-large', 'unsupported-media-type'] as const;

  const list: Described = {
    id: 'listDrafts',
    tag: 'drafts',
    summary: 'Forms I have begun and not sent, newest begun first',
    problems: ['bad-cursor'],
  };
  addList(app, deps, {
    url: '/api/drafts',
    said: list,
    file: { zh: '草稿', en: 'drafts' },
    cursor: after,
    item: mine,
    columns: {
      about: text('案件编号或制度包', 'case or pack'),
      what: text('环节或类型', 'step or kind'),
      savedAt: time('保存时间', 'saved'),
    },
    page: async ({ request, limit, after: last }) => {
      const rows = await draftsOf(db, me(request).person, { limit, before: last?.id });
      const viewOf = ({ about: of, what, saved_at }: Draft) => ({ about: of, what, savedAt: iso(saved_at.getTime()) });
      return cut(rows, limit, ({ id }) => ({ id }), viewOf);
    },
  });

  const saveStep = say('saveDraft', 'Keep what is filled in of a step’s form, for myself', saving);
  const readStep = say('getDraft', 'My draft of a step’s form, with what is still missing', ['not-found']);
  const dropStep = say('dropDraft', 'Throw my draft of a step’s form away', ['not-found']);
  const step = '/api/cases/:number/drafts/:step';
  app.put(
    step,
    { schema: { ...about(saveStep), params: ofStep, body, response: { 200: draft, ...problemsOf(saveStep) } } },
    async (request) => save(deps, request, await stepOf(deps, request, request.params), request.body.form),
  );
  app.get(step, { schema: { ...about(readStep), params: ofStep, response: { 200: draft, ...problemsOf(readStep) } } }, async (request) =>
    read(deps, request, await stepOf(deps, request, request.params)),
  );
  app.delete(
    step,
    { schema: { ...about(dropStep), params: ofStep, response: { 204: z.null(), ...problemsOf(dropStep) } } },
    async (request, reply) => {
      // Also of a case that is not mine to see any more.
      await dropDraft(db, { person: me(request).person, about: request.params.number, what: request.params.step });
      return reply.code(204).send(null);
    },
  );

  const saveOpening = say('saveOpeningDraft', 'Keep what is filled in of an opening’s form, for myself', saving);
  const readOpening = say('getOpeningDraft', 'My draft of an opening, with what is still missing', ['not-found']);
  const dropOpening = say('dropOpeningDraft', 'Throw my draft of an opening away', ['not-found']);
  const opening = '/api/drafts/:pack/:kind';
  app.put(
    opening,
    { schema: { ...about(saveOpening), params: ofOpening, body, response: { 200: draft, ...problemsOf(saveOpening) } } },
    async (request) => save(deps, request, await openingOf(deps, request, request.params, clock()), request.body.form),
  );
  app.get(
    opening,
    { schema: { ...about(readOpening), params: ofOpening, response: { 200: draft, ...problemsOf(readOpening) } } },
    async (request) => read(deps, request, await openingOf(deps, request, request.params, clock())),
  );
  app.delete(
    opening,
    { schema: { ...about(dropOpening), params: ofOpening, response: { 204: z.null(), ...problemsOf(dropOpening) } } },
    async (request, reply) => {
      await dropDraft(db, { person: me(request).person, about: request.params.pack, what: request.params.kind });
      return reply.code(204).send(null);
    },
  );
};

/** @throws Problem not-found for a case that is not theirs to see, or a step its pack has not */
async function stepOf({ db, rules }: RouteDeps, request: FastifyRequest, { number, step }: z.output<typeof ofStep>): Promise<Found> {
  const { state } = await caseFor(db, request, number);
  const pack = await pinnedPack(rules, state.pack.hash);
  const form = pack === undefined ? undefined : filledIn(pack, step);
  if (pack === undefined || form === undefined) throw new Problem('not-found');
  return { place: { person: me(request).person, about: number, what: step }, pack, form };
}

/** @throws Problem not-found for a pack in which they have no role, or a kind that it has not */
async function openingOf(
  { rules }: RouteDeps,
  request: FastifyRequest,
  { pack: id, kind }: z.output<typeof ofOpening>,
  at: number,
): Promise<Found> {
  const { person, packs } = me(request);
  const pack = Object.hasOwn(packs, id) ? await rules.latest(id, at) : undefined;
  const form = pack === undefined || !Object.hasOwn(pack.kinds, kind) ? undefined : filledIn(pack, 'open', kind);
  if (pack === undefined || form === undefined) throw new Problem('not-found');
  return { place: { person, about: id, what: kind }, pack, form };
}

async function save({ db, clock }: RouteDeps, request: FastifyRequest, found: Found, form: Record<string, unknown>) {
  const at = clock();
  await saveDraft(db, found.place, form, at);
  return view(request, found, { form, saved_at: new Date(at) });
}

async function read({ db }: RouteDeps, request: FastifyRequest, found: Found) {
  const kept = await draftAt(db, found.place);
  if (kept === undefined) throw new Problem('not-found');
  return view(request, found, kept);
}

function view(request: FastifyRequest, { place, pack, form: { fields } }: Found, { form, saved_at: at }: Pick<Draft, 'form' | 'saved_at'>) {
  const lang = langOf(request.headers['accept-language']);
  const { missing, wrong } = draftState(fields, form, { role: (name) => resolveRole(pack, name) });
  const said = (problems: typeof missing) => problems.map((p) => ({ path: p.path, message: p[lang] }));
  return {
    about: place.about,
    what: place.what,
    savedAt: iso(at.getTime()),
    form: { ...form },
    missing: said(missing),
    wrong: said(wrong),
  };
}
