/** GET /api/registers, GET /api/registers/:register */
import { z } from 'zod';
import { text, yes } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import { mayRead, mayWrite } from '../../../domain/register/access.ts';
import type { RegisterDef } from '../../../domain/register/definition.ts';
import { isSealed } from '../../../domain/register/sealed.ts';
import type { FormField } from '../../../domain/form-field.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { readable } from '../../http/registers.ts';
import { me } from '../../plugins/auth.ts';
import { registerId, registerSummary, registerView } from '../../schemas/registers.ts';
import type { Routes } from '../routes.ts';

const tag = 'registers';
const list: Described = { id: 'listRegisters', tag, summary: 'Registers that I may read' };
const one: Described = {
  id: 'getRegister',
  tag,
  summary: 'What a register holds: its fields, and what is sought and narrowed by',
  problems: ['not-found'],
};

export const registerRoutes: Routes = async (app, deps) => {
  const { registers } = deps;
  addList(app, deps, {
    url: '/api/registers',
    said: list,
    file: { zh: '登记表', en: 'registers' },
    item: registerSummary,
    columns: {
      id: text('登记表', 'register'),
      zh: { zh: '名称', en: 'name', type: 'text', of: (_, register, { lang }) => register[lang] },
      en: [],
      clause: text('条款', 'clause'),
      mayWrite: yes('可登记', 'may write'),
      reviewed: yes('须审批', 'reviewed'),
    },
    page: async ({ request }) => {
      const { inFamilies: packs } = me(request);
      return { items: [...registers.values()].filter((def) => mayRead(packs, def)).map((def) => summary(def, packs)), after: null };
    },
  });
  app.get(
    '/api/registers/:register',
    { schema: { ...about(one), params: z.object({ register: registerId }), response: { 200: registerView, ...problemsOf(one) } } },
    async (request) => {
      const def = readable(registers, request, request.params.register);
      const { version, key, search, filter, fields } = def;
      const columns = fields.map((field) => ({ ...fieldView(field), fields: field.fields?.map(fieldView) ?? null }));
      return {
        ...summary(def, me(request).inFamilies),
        version,
        key: key ?? null,
        search: [...search],
        filter: [...filter],
        fields: columns,
      };
    },
  );
};

function summary(def: RegisterDef, packs: Readonly<Record<string, readonly string[]>>) {
  const { id, zh, en, clause, review } = def;
  return { id, zh, en, clause, mayWrite: mayWrite(packs, def), reviewed: review !== undefined };
}

function fieldView(field: FormField) {
  const { name, zh, en, type, options, optionLabels, ...more } = field;
  const chosen = options?.map((id) => ({ id, zh: optionLabels?.[id]?.zh ?? id, en: optionLabels?.[id]?.en ?? id })) ?? null;
  return {
    name,
    zh,
    en,
    type,
    required: more.required === true,
    sealed: isSealed(field),
    register: more.register ?? null,
    options: chosen,
  };
}
