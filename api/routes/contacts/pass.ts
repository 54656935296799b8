/** POST and GET /api/registers/:register/entries/:id/passes */
import { z } from 'zod';
import { roleName, text, time, whole } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import { PassKeyReused, passesOf, passOn, type PassRow } from '../../../db/passes.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { keyOf } from '../../http/idempotency.ts';
import { entryFor, readable, writable } from '../../http/registers.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { packsOf } from '../../../domain/register/access.ts';
import { pass, passBody } from '../../schemas/contacts.ts';
import { entryId, registerId } from '../../schemas/registers.ts';
import { idempotent } from '../../schemas/requests.ts';
import { iso } from '../../view/instants.ts';
import type { Routes } from '../routes.ts';

const put: Described = {
  id: 'passEntryOn',
  tag: 'registers',
  summary: 'Pass an entry on to a department, or straight to the general manager',
  description: 'A notice goes to the role: it names the entry, never its wording.',
  problems: ['key-missing', 'bad-json', 'not-allowed', 'not-found', 'bad-facts', 'key-reused', 'body-too-large', 'unsupported-media-type'],
};
const list: Described = { id: 'listPasses', tag: 'registers', summary: 'To whom an entry was passed on', problems: ['not-found'] };
const params = z.object({ register: registerId, id: entryId });

export const passRoutes: Routes = async (app, deps) => {
  const { db, registers, rules, clock } = deps;
  app.post(
    '/api/registers/:register/entries/:id/passes',
    { schema: { ...about(put), headers: idempotent, params, body: passBody, response: { 201: pass, ...problemsOf(put) } } },
    async (request, reply) => {
      const key = keyOf(request);
      const { register, id } = request.params;
      const def = writable(registers, request, register);
      const entry = await entryFor(db, request, def, id);
      if (entry.status === 'withdrawn') throw new Problem('not-found');
      const { role, reason, pack = Object.keys(def.write)[0] ?? '' } = request.body;
      // A pack that neither they nor the register have to do with is as good as absent, its roles with it.
      const theirs = Object.hasOwn(me(request).packs, pack) || packsOf(def).includes(pack);
      const roles = (theirs ? await rules.latest(pack, clock()) : undefined)?.roles.map((one) => one.id) ?? [];
      if (!roles.includes(role)) {
        const en = `must be a role of ${pack}: ${roles.join(', ')}.`;
        throw new Problem('bad-facts', { errors: [{ path: 'role', zh: `应为 ${pack} 的岗位:${roles.join('、')}。`, en }] });
      }
      const row = await passOn(db, { register: def.id, entry: id, pack, role, reason }, { key, by: me(request).person, at: clock() }).catch(
        said,
      );
      void reply.code(201);
      return view(row);
    },
  );
  addList(app, deps, {
    url: '/api/registers/:register/entries/:id/passes',
    said: list,
    file: { zh: '转办', en: 'passes' },
    params: params.shape,
    item: pass,
    columns: {
      ordinal: whole('序号', 'number'),
      pack: text('制度包', 'pack'),
      role: roleName('岗位', 'role'),
      reason: text('原因', 'reason'),
      by: text('转办人', 'by'),
      at: time('时间', 'time'),
    },
    page: async ({ request, params: { register, id } }) => {
      const def = readable(registers, request, register);
      await entryFor(db, request, def, id);
      return { items: (await passesOf(db, def.id, id)).map(view), after: null };
    },
  });
};

function said(error: unknown): never {
  throw error instanceof PassKeyReused ? new Problem('key-reused') : error;
}

const view = ({ ordinal, pack_id, role, reason, person, at }: PassRow) => ({
  ...{ ordinal, pack: pack_id, role, reason },
  by: person,
  at: iso(at.getTime()),
});
