/** GET /api/registers/:register/export */
import { z } from 'zod';
import { note } from '../../../db/journal.ts';
import { listEntries, type EntryRow } from '../../../db/read/entries.ts';
import { columnsOf } from '../../../exchange/columns.ts';
import { about } from '../../http/describe.ts';
import { isPersonal, narrowed, readable } from '../../http/registers.ts';
import { described, exporting, PAGE, sendTable, tableQuery, tableResponses } from '../../http/table.ts';
import { me } from '../../plugins/auth.ts';
import { flag } from '../../schemas/common.ts';
import { registerId } from '../../schemas/registers.ts';
import type { Routes } from '../routes.ts';

const said = described({
  id: 'exportRegister',
  tag: 'registers',
  summary: 'The entries of a register as CSV or XLSX; what the import takes back',
  problems: ['not-found'],
});
const query = z.strictObject({
  ...tableQuery,
  q: z.string().max(100).optional(),
  filter: z.string().max(500).optional(),
  withdrawn: flag.optional().describe('Those that are withdrawn, too'),
});

export const exportRegisterRoute: Routes = async (app, { db, registers, clock }) => {
  app.get(
    '/api/registers/:register/export',
    {
      ...exporting,
      schema: { ...about(said), params: z.object({ register: registerId }), querystring: query, response: tableResponses(said) },
    },
    async (request, reply) => {
      const def = readable(registers, request, request.params.register);
      const { format, q, filter, withdrawn } = request.query;
      const wanted = { by: { scope: me(request), def }, q, filter: narrowed(def, filter), withdrawn, limit: PAGE };
      // Before the first row leaves: whoever breaks off has read what came.
      if (isPersonal(def))
        await note(db, { kind: 'read', at: clock(), person: me(request).person, what: { register: def.id, export: format } });
      return sendTable<EntryRow>(reply, format, clock(), {
        name: def.zh.slice(0, 31),
        columns: columnsOf(def),
        pages: (after) => listEntries(db, def, { ...wanted, after: after ?? '' }),
      });
    },
  );
};
