/** GET /api/registers/:register/export */
import { z } from 'zod';
import { listEntries, type EntryRow } from '../../../db/read/entries.ts';
import { columnsOf } from '../../../exchange/columns.ts';
import { addFile } from '../../http/list.ts';
import { isPersonal, narrowed, readable } from '../../http/registers.ts';
import { me } from '../../plugins/auth.ts';
import { flag } from '../../schemas/common.ts';
import { registerId } from '../../schemas/registers.ts';
import type { Routes } from '../routes.ts';

const params = { register: registerId };
const filter = {
  q: z.string().max(100).optional(),
  filter: z.string().max(500).optional(),
  withdrawn: flag.optional().describe('Those that are withdrawn, too'),
};

export const exportRegisterRoute: Routes = async (app, deps) => {
  const { db, registers } = deps;
  addFile<EntryRow, string, typeof params, typeof filter>(app, deps, {
    url: '/api/registers/:register/export',
    said: {
      id: 'exportRegister',
      tag: 'registers',
      summary: 'The entries of a register as CSV or XLSX; what the import takes back',
      problems: ['not-found'],
    },
    file: ({ request, params: { register } }) => readable(registers, request, register),
    params,
    filter,
    columns: ({ request, params: { register } }) =>
      columnsOf(readable(registers, request, register)).map(({ of, ...column }) => ({ ...column, of: (row, { lang }) => of(row, lang) })),
    page: ({ request, params: { register }, query: { q, filter: narrow, withdrawn }, limit, after = '' }) => {
      const def = readable(registers, request, register);
      return listEntries(db, def, { by: { scope: me(request), def }, q, filter: narrowed(def, narrow), withdrawn, limit, after });
    },
    reads: ({ request, params: { register } }) => {
      const def = readable(registers, request, register);
      return isPersonal(def) ? { register: def.id } : undefined;
    },
  });
};
