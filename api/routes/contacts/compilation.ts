/** GET /api/contacts/compilation and its table */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { note } from '../../../db/journal.ts';
import { contactsOf } from '../../../db/read/contacts.ts';
import { compileContacts, type ContactGroup, type Noted } from '../../../domain/register/compilation.ts';
import { endOfDay, parseBeijing, startOfDay, type Day } from '../../../domain/time.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { readable } from '../../http/registers.ts';
import { exporting, sendTable, tableQuery, tableResponses, type Sheet } from '../../http/table.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { day } from '../../schemas/common.ts';
import { contactGroup } from '../../schemas/contacts.ts';
import type { RouteDeps, Routes } from '../routes.ts';

const REGISTER = 'contacts';
/** Notes of one compilation: more is no written information that anybody reads. */
const MOST = 2_000;

const described: Described = {
  id: 'compileContacts',
  tag: 'registers',
  summary: 'Contacts of a period by customer and channel: the written customer information',
  description: `\`from\` and \`to\` are Beijing days, both included. At most ${MOST} notes: choose a shorter period.`,
  problems: ['not-found'],
};
const asTable: Described = { ...described, id: 'exportContactCompilation', summary: 'The written customer information as CSV or XLSX' };
const period = { from: day, to: day };

export const compilationRoutes: Routes = async (app, deps) => {
  app.get(
    '/api/contacts/compilation',
    {
      schema: {
        ...about(described),
        querystring: z.strictObject(period),
        response: { 200: z.object({ groups: z.array(contactGroup) }), ...problemsOf(described) },
      },
    },
    async (request) => {
      const groups = await compiled(deps, request, request.query);
      return { groups: groups.map((one) => ({ ...one, notes: one.notes.map(({ id, body }) => ({ id, body: { ...body } })) })) };
    },
  );
  app.get(
    '/api/contacts/compilation/export',
    {
      ...exporting,
      schema: { ...about(asTable), querystring: z.strictObject({ ...tableQuery, ...period }), response: tableResponses(asTable) },
    },
    async (request, reply) => {
      const rows = (await compiled(deps, request, request.query)).flatMap((group) => group.notes.map((one) => ({ group, note: one })));
      const channels = deps.registers.get(REGISTER)?.fields.find(({ name }) => name === 'channel')?.optionLabels ?? {};
      return sendTable(reply, request.query.format, deps.clock(), {
        name: '书面客户动态信息',
        columns: columns(channels),
        read: rowsOnce(rows),
      });
    },
  );
};

/** @throws Problem bad-request when there are too many */
async function compiled(
  { db, registers, clock }: RouteDeps,
  request: FastifyRequest,
  { from, to }: { from: Day; to: Day },
): Promise<ContactGroup[]> {
  const def = readable(registers, request, REGISTER);
  const notes = await contactsOf(db, { scope: me(request), def }, startOfDay(from), endOfDay(to), MOST + 1);
  if (notes.length > MOST) {
    throw new Problem('bad-request', {
      zh: `超过${MOST}条,请缩短期间。`,
      en: `There are more than ${MOST} notes; choose a shorter period.`,
    });
  }
  if (notes.length > 0) {
    await note(db, { kind: 'read', at: clock(), person: me(request).person, what: { register: REGISTER, entries: notes.length } });
  }
  return compileContacts(notes);
}

interface Line {
  readonly group: ContactGroup;
  readonly note: Noted;
}

/** All of it is one page: the whole was read to be put together. */
function rowsOnce(rows: readonly Line[]): Sheet<Line>['read'] {
  return async (last) => rows.slice(last === undefined ? 0 : rows.indexOf(last) + 1);
}

function columns(channels: Readonly<Record<string, { readonly zh: string }>>): Sheet<Line>['columns'] {
  const field = (zh: string, name: string) => ({ zh, type: 'text' as const, of: ({ note: { body } }: Line) => textOf(body[name]) });
  return [
    { zh: '客户', type: 'text', of: ({ group }) => group.customer },
    { zh: '客户服务档案', type: 'text', of: ({ group }) => group.customerFile },
    { zh: '来源', type: 'text', of: ({ group }) => channels[group.channel]?.zh ?? group.channel },
    { zh: '编号', type: 'text', of: ({ note: { id } }) => id },
    { zh: '时间', type: 'instant', of: ({ note: { body } }) => parseBeijing(String(textOf(body['at']))) },
    field('内容', 'content'),
    field('产品使用情况', 'use'),
    field('对产品的要求', 'requirements'),
    field('反映的情况', 'situation'),
    field('登记人', 'takenBy'),
  ];
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
