/** Secrecy labels of entries of registers and of their attachments. */
import { z } from 'zod';
import { addList } from '../../http/list.ts';
import { labelChangesOf, labelOf } from '../../../db/labels.ts';
import { findAttachment } from '../../../db/read/files.ts';
import type { RegisterDef } from '../../../domain/register/definition.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { keyOf } from '../../http/idempotency.ts';
import { askForLabel, changeView, decideOnLabel } from '../../http/labels.ts';
import { entryFor, readable, writable } from '../../http/registers.ts';
import { me, SECRECY } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { entryId, registerId } from '../../schemas/registers.ts';
import { idempotent } from '../../schemas/requests.ts';
import type { Routes } from '../routes.ts';
import { change, changeColumns, changeId, decide, ofEntry } from './schemas.ts';

const tag = 'registers';
const list: Described = { id: 'getEntryLabel', tag, summary: 'The secrecy label of an entry and its changes', problems: ['not-found'] };
const problems = ['key-missing', 'bad-json', 'not-found', 'not-allowed', 'key-reused', 'already-decided'] as const;
const ask: Described = {
  id: 'labelEntry',
  tag,
  summary: 'Label an entry or one of its attachments',
  description: 'By whoever may write in the register. Raised at once. To lower it needs a reason and a second person; until then it stays.',
  problems: [...problems, 'bad-request', 'reason-missing'],
};
const second: Described = {
  id: 'decideEntryLabel',
  tag,
  summary: 'Decide on a lowering that somebody else has asked for',
  problems: [...problems, 'contributor-cannot-approve'],
};
const params = z.object({ register: registerId, id: entryId });
const at = '/api/registers/:register/entries/:id/labels';

export const entryLabelRoutes: Routes = async (app, deps) => {
  const { db, registers, clock } = deps;
  addList(app, deps, {
    url: at,
    said: list,
    file: { zh: '密级变更', en: 'label changes' },
    params: params.shape,
    item: change,
    under: 'changes',
    more: { label: z.string() },
    columns: changeColumns,
    page: async ({ request, params: { register, id } }) => {
      const def = readable(registers, request, register);
      await entryFor(db, request, def, id);
      const record = `${register}/${id}`;
      const label = await labelOf(db, { of: 'entry', record, item: '' }, SECRECY);
      const changes = (await labelChangesOf(db, record)).filter(({ of }) => of === 'entry');
      return { items: changes.map(changeView), after: null, more: { label: label ?? SECRECY.records } };
    },
  });
  app.post(
    at,
    { schema: { ...about(ask), headers: idempotent, params, body: ofEntry, response: { 200: change, ...problemsOf(ask) } } },
    async (request) => {
      const key = keyOf(request);
      const { register, id } = request.params;
      const def = writable(registers, request, register);
      const { attachment, ...wanted } = request.body;
      await seen(request, def, id, attachment);
      const what = {
        of: attachment === undefined ? ('entry' as const) : ('attachment' as const),
        record: `${register}/${id}`,
        item: attachment ?? '',
      };
      return changeView(await askForLabel(db, request, what, wanted, { key, at: clock() }));
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
      const { register, id, change: asked } = request.params;
      const def = writable(registers, request, register);
      const record = `${register}/${id}`;
      const known = (await labelChangesOf(db, record)).find((each) => each.id === asked);
      await seen(request, def, id, known?.of === 'attachment' ? known.item : undefined);
      return changeView(await decideOnLabel(db, request, { id: asked, record, decision: request.body.decision }, clock()));
    },
  );

  /** @throws Problem not-found */
  async function seen(request: Parameters<typeof me>[0], def: RegisterDef, id: string, attachment: string | undefined): Promise<void> {
    await entryFor(db, request, def, id);
    if (attachment === undefined) return;
    const row = await findAttachment(db, { register: def.id, entry: id }, attachment, { scope: me(request), def });
    if (row === undefined) throw new Problem('not-found');
  }
};
