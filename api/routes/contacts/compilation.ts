/** GET /api/contacts/compilation and its table */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { note } from '../../../db/journal.ts';
import { contactsOf } from '../../../db/read/contacts.ts';
import { compileContacts, type ContactGroup, type Noted } from '../../../domain/register/compilation.ts';
import { endOfDay, parseBeijing, startOfDay, type Day } from '../../../domain/time.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { readable } from '../../http/registers.ts';
import { addFile } from '../../http/list.ts';
import type { Say } from '../../http/say-in.ts';
import type { CellOf } from '../../http/table.ts';
import type { Said } from '../../../sheets/table.ts';
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
  addFile<Line, never, Record<never, never>, typeof period>(app, deps, {
    url: '/api/contacts/compilation/export',
    said: asTable,
    file: { zh: '书面客户动态信息', en: 'written customer information' },
    filter: period,
    columns: () => columns(deps.registers.get(REGISTER)?.fields.find(({ name }) => name === 'channel')?.optionLabels ?? {}),
    page: async ({ request, query, as }) => {
      const groups = await compiled(deps, request, query, as);
      return { items: groups.flatMap((group) => group.notes.map((one) => ({ group, note: one }))), after: null };
    },
  });
};

/** @throws Problem bad-request when there are too many */
async function compiled(
  { db, registers, clock }: RouteDeps,
  request: FastifyRequest,
  { from, to }: { from: Day; to: Day },
  as: { readonly export?: string } = {},
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
    await note(db, { kind: 'read', at: clock(), person: me(request).person, what: { register: REGISTER, entries: notes.length, ...as } });
  }
  return compileContacts(notes);
}

interface Line {
  readonly group: ContactGroup;
  readonly note: Noted;
}

function columns(channels: Readonly<Record<string, Said>>): readonly CellOf<Line, Say>[] {
  const field = (zh: string, en: string, name: string): CellOf<Line, Say> => ({
    zh,
    en,
    type: 'text',
    of: ({ note: { body } }: Line) => textOf(body[name]),
  });
  return [
    { zh: '客户', en: 'customer', type: 'text', of: ({ group }) => group.customer },
    { zh: '客户服务档案', en: 'customer file', type: 'text', of: ({ group }) => group.customerFile },
    { zh: '来源', en: 'channel', type: 'text', of: ({ group }, { lang }) => channels[group.channel]?.[lang] ?? group.channel },
    { zh: '编号', en: 'number', type: 'text', of: ({ note: { id } }) => id },
    { zh: '时间', en: 'time', type: 'instant', of: ({ note: { body } }) => parseBeijing(String(textOf(body['at']))) },
    field('内容', 'content', 'content'),
    field('产品使用情况', 'use of the products', 'use'),
    field('对产品的要求', 'requirements', 'requirements'),
    field('反映的情况', 'situation reported', 'situation'),
    field('登记人', 'taken by', 'takenBy'),
  ];
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
