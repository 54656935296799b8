/** Secrecy labels: which there are, and those of a case, its forms and its attachments. */
import { z } from 'zod';
import { text } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import { labelChangesOf, labelOf, type Labelled } from '../../../db/labels.ts';
import { findAttachment } from '../../../db/read/files.ts';
import { rolesAt } from '../../../domain/case/concern.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { caseFor, mayReadPaper } from '../../http/find.ts';
import { keyOf } from '../../http/idempotency.ts';
import { askForLabel, changeView, decideOnLabel } from '../../http/labels.ts';
import { me, SECRECY } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { caseNumber } from '../../schemas/common.ts';
import { idempotent } from '../../schemas/requests.ts';
import type { Routes } from '../routes.ts';
import { change, changeColumns, changeId, decide, ofCase } from './schemas.ts';

const tag = 'cases';
const all: Described = { id: 'listLabels', tag, summary: 'Secrecy labels, lowest first' };
const list: Described = { id: 'getCaseLabel', tag, summary: 'The secrecy label of a case and its changes', problems: ['not-found'] };
const problems = ['key-missing', 'bad-json', 'not-found', 'not-allowed', 'key-reused', 'already-decided'] as const;
const ask: Described = {
  id: 'labelCase',
  tag,
  summary: 'Label a case, one of its forms or one of its attachments',
  description: 'Raised at once. To lower it needs a reason and a second person; until then it stays.',
  problems: [...problems, 'bad-request', 'reason-missing'],
};
const second: Described = {
  id: 'decideCaseLabel',
  tag,
  summary: 'Decide on a lowering that somebody else has asked for',
  problems: [...problems, 'contributor-cannot-approve'],
};
const params = z.object({ number: caseNumber });
const at = '/api/cases/:number/labels';

export const caseLabelRoutes: Routes = async (app, deps) => {
  const { db, clock } = deps;
  const one = z.object({ id: z.string(), zh: z.string(), en: z.string() });
  addList(app, deps, {
    url: '/api/labels',
    said: all,
    file: { zh: '密级', en: 'labels' },
    item: one,
    columns: { id: text('密级', 'label'), zh: { zh: '名称', en: 'name', type: 'text', of: (_, each, { lang }) => each[lang] }, en: [] },
    page: async () => ({ items: SECRECY.labels.map(({ id, zh, en }) => ({ id, zh, en })), after: null }),
  });
  addList(app, deps, {
    url: at,
    said: list,
    file: { zh: '密级变更', en: 'label changes' },
    params: params.shape,
    item: change,
    under: 'changes',
    more: { label: z.string() },
    columns: changeColumns,
    page: async ({ request, params: { number } }) => {
      const found = await caseFor(db, request, number);
      const label = await labelOf(db, { of: 'case', record: number, item: '' }, SECRECY);
      // What is said of a paper that they do not read is left out with it.
      const shown = (await labelChangesOf(db, number)).filter(({ of, item, from_label, to_label }) =>
        of === 'case' ? true : [found.documents[item], from_label, to_label].every((each) => mayReadPaper(request, found, each)),
      );
      return { items: shown.map(changeView), after: null, more: { label: label ?? SECRECY.records } };
    },
  });
  app.post(
    at,
    { schema: { ...about(ask), headers: idempotent, params, body: ofCase, response: { 200: change, ...problemsOf(ask) } } },
    async (request) => {
      const key = keyOf(request);
      const { number } = request.params;
      await writableCase(request, number);
      const { document, attachment, ...wanted } = request.body;
      await readable(request, number, { document, attachment });
      const of: Labelled['of'] = document === undefined ? (attachment === undefined ? 'case' : 'attachment') : 'document';
      return changeView(
        await askForLabel(db, request, { of, record: number, item: document ?? attachment ?? '' }, wanted, { key, at: clock() }),
      );
    },
  );
  app.post(
    `${at}/:change`,
    {
      config: { once: true },
      schema: {
        ...about(second),
        headers: idempotent,
        params: params.extend({ change: changeId }),
        body: decide,
        response: { 200: change, ...problemsOf(second) },
      },
    },
    async (request) => {
      const { number, change: id } = request.params;
      await writableCase(request, number);
      const asked = (await labelChangesOf(db, number)).find((each) => each.id === id);
      if (asked === undefined) throw new Problem('not-found');
      await readable(request, number, { [asked.of]: asked.item });
      return changeView(await decideOnLabel(db, request, { id, record: number, decision: request.body.decision }, clock()));
    },
  );

  type Request = Parameters<typeof me>[0];
  /** Whoever sees the case and has a role of their own in it. @throws Problem not-found, not-allowed */
  async function writableCase(request: Request, number: string): Promise<void> {
    const { state, places } = await caseFor(db, request, number);
    if (rolesAt(me(request), state.pack.id, places).length === 0) throw new Problem('not-allowed');
  }

  /** @throws Problem not-found for a form or attachment that is not there, or is too secret */
  async function readable(
    request: Request,
    number: string,
    { document, attachment }: { document?: string | undefined; attachment?: string | undefined },
  ) {
    const found = await caseFor(db, request, number);
    const hidden = document !== undefined && !mayReadPaper(request, found, found.documents[document]);
    const gone =
      attachment !== undefined && (await findAttachment(db, { caseNumber: number }, attachment, { scope: me(request) })) === undefined;
    if (hidden || gone) throw new Problem('not-found');
  }
};
