/** Entries of registers, read. Whoever reads what is personal is noted in the journal. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { json, known, text, time, whole } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import { note } from '../../../db/journal.ts';
import { entriesNaming, historyOf, listEntries, type EntryRow } from '../../../db/read/entries.ts';
import { mayRead } from '../../../domain/register/access.ts';
import { searchable } from '../../../domain/register/grams.ts';
import type { RegisterDef } from '../../../domain/register/definition.ts';
import { fromCursor, toCursor } from '../../http/cursor.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { entryFor, isPersonal, narrowed, readable } from '../../http/registers.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { flag, paging } from '../../schemas/common.ts';
import { entryAct, entryId, entryNamedBy, entryPage, entryView, registerId } from '../../schemas/registers.ts';
import { ENTRY_ACTS } from '../../view/codes.ts';
import { iso } from '../../view/instants.ts';
import { secrecyOfEntry } from '../../view/secrecy.ts';
import type { Routes } from '../routes.ts';

const tag = 'registers';
const list: Described = {
  id: 'listEntries',
  tag,
  summary: 'Entries of a register, by id; those of certain words or values',
  description:
    'Two characters are enough for a word. A page may be short, even empty, and have a next one. `filter` is `field:value` of the register’s `filter`, several by commas.',
  problems: ['not-found', 'bad-cursor'],
};
const one: Described = {
  id: 'getEntry',
  tag,
  summary: 'An entry, its latest version',
  description: 'ETag is its version.',
  problems: ['not-found'],
};
const history: Described = { id: 'getEntryHistory', tag, summary: 'Every version and act of an entry', problems: ['not-found'] };
const namedBy: Described = {
  id: 'getEntryNamedBy',
  tag,
  summary: 'Living entries that name this one: the homes of a building, the orders of a customer',
  description: 'Of registers that I may read; a hundred at most.',
  problems: ['not-found'],
};
const query = z.strictObject({
  ...paging,
  q: z.string().max(100).optional(),
  filter: z.string().max(500).optional(),
  withdrawn: flag.optional().describe('Those that are withdrawn, too'),
});
const params = z.object({ register: registerId });
const ofEntry = { register: registerId, id: entryId };
const after = z.strictObject({ id: z.string() });

export const readEntryRoutes: Routes = async (app, deps) => {
  const { db, registers, clock } = deps;
  app.get(
    '/api/registers/:register/entries',
    { schema: { ...about(list), params, querystring: query, response: { 200: entryPage, ...problemsOf(list) } } },
    async (request) => {
      const def = readable(registers, request, request.params.register);
      const { limit, cursor, q, filter, withdrawn } = request.query;
      const from = fromCursor(after, cursor)?.id ?? '';
      if (q !== undefined && Array.from(searchable(q)).length < 2)
        throw new Problem('bad-request', { zh: '请至少输入两个字或数字。', en: 'Say at least two letters or digits.' });
      const page = await listEntries(db, def, {
        by: { scope: me(request), def },
        q,
        filter: narrowed(def, filter),
        withdrawn,
        after: from,
        limit,
      });
      await noteRead(request, def, { entries: page.items.length });
      return { items: page.items.map((row) => view(def, row)), next: page.after === null ? null : toCursor({ id: page.after }) };
    },
  );
  app.get(
    '/api/registers/:register/entries/:id',
    { schema: { ...about(one), params: params.extend({ id: entryId }), response: { 200: entryView, ...problemsOf(one) } } },
    async (request, reply) => {
      const def = readable(registers, request, request.params.register);
      const row = await entryFor(db, request, def, request.params.id);
      await noteRead(request, def, { entry: row.id });
      void reply.header('ETag', `"${row.version}"`);
      return view(def, row);
    },
  );
  addList(app, deps, {
    url: '/api/registers/:register/entries/:id/history',
    said: history,
    file: { zh: '登记沿革', en: 'entry history' },
    params: ofEntry,
    item: entryAct,
    columns: {
      version: whole('版次', 'version'),
      what: known('办理', 'what', ENTRY_ACTS),
      person: text('人员', 'person'),
      at: time('时间', 'time'),
      reason: text('原因', 'reason'),
      body: json('内容', 'content'),
      hash: text('散列值', 'hash'),
    },
    page: async ({ request, params: { register, id }, as }) => {
      const def = readable(registers, request, register);
      await entryFor(db, request, def, id);
      const rows = await historyOf(db, def.id, id);
      await noteRead(request, def, { entry: id, ...as });
      return { items: rows.map(({ at, body, ...row }) => ({ ...row, at: iso(at.getTime()), body: body && { ...body } })), after: null };
    },
  });
  addList(app, deps, {
    url: '/api/registers/:register/entries/:id/named-by',
    said: namedBy,
    file: { zh: '引用此登记的登记', en: 'named by' },
    params: ofEntry,
    item: entryNamedBy,
    columns: { register: text('登记表', 'register'), id: text('登记编号', 'entry'), field: text('栏目', 'field') },
    page: async ({ request, params: { register, id } }) => {
      const def = readable(registers, request, register);
      await entryFor(db, request, def, id);
      const mine = [...registers.values()].filter((one) => mayRead(me(request).inFamilies, one));
      return { items: await entriesNaming(db, { register: def.id, id }, { scope: me(request), defs: mine }, 100), after: null };
    },
  });

  const noteRead = async (request: FastifyRequest, def: RegisterDef, what: Readonly<Record<string, string | number>>): Promise<void> => {
    if (!isPersonal(def) || what['entries'] === 0) return;
    await note(db, { kind: 'read', at: clock(), person: me(request).person, what: { register: def.id, ...what } });
  };
};

function view({ id: register }: RegisterDef, { changedAt, body, label, ...row }: EntryRow) {
  return { ...row, changedAt: iso(changedAt.getTime()), secrecy: secrecyOfEntry(register, label), body: { ...body } };
}
