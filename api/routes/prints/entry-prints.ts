/** GET /api/registers/:register/entries/:id/prints/:print */
import { z } from 'zod';
import { note } from '../../../db/journal.ts';
import { labelOf } from '../../../db/labels.ts';
import { labelIn } from '../../../domain/secrecy.ts';
import { SECRECY } from '../../plugins/auth.ts';
import { entryPrints, printEntry } from '../../../print/register/entry-prints.ts';
import { about, bytes, problemsOf, type Described } from '../../http/describe.ts';
import { sendPdf } from '../../http/pdf.ts';
import { entryFor, readable } from '../../http/registers.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { entryId, registerId } from '../../schemas/registers.ts';
import type { Routes } from '../routes.ts';

const listed: Described = {
  id: 'listEntryPrints',
  tag: 'prints',
  summary: 'What can be printed of an entry of a register',
  problems: ['not-found'],
};
const one: Described = {
  id: 'getEntryPrint',
  tag: 'prints',
  summary: 'A paper of an entry, as PDF',
  description:
    'Of a customer `customer-file` 《客户服务档案表》 and `service-record` 《客户服务记录表》, with those of their cases that concern me; of any other register `entry`.',
  problems: ['not-found'],
};
const params = z.object({ register: registerId, id: entryId });
const print = z.object({ print: z.string(), title: z.string(), en: z.string() });

export const entryPrintRoutes: Routes = async (app, { db, registers, clock, config }) => {
  app.get(
    '/api/registers/:register/entries/:id/prints',
    { schema: { ...about(listed), params, response: { 200: z.object({ items: z.array(print) }), ...problemsOf(listed) } } },
    async (request) => {
      const def = readable(registers, request, request.params.register);
      return { items: entryPrints(def).map(({ id, title, en }) => ({ print: id, title, en })) };
    },
  );
  app.get(
    '/api/registers/:register/entries/:id/prints/:print',
    {
      schema: {
        ...about(one),
        params: params.extend({ print: z.string().regex(/^[a-z][a-z-]{0,40}$/, 'a name such as customer-file') }),
        produces: ['application/pdf'],
        response: { ...bytes('application/pdf', 'The paper'), ...problemsOf(one) },
      },
    },
    async (request, reply) => {
      const { register, id, print: name } = request.params;
      const def = readable(registers, request, register);
      await entryFor(db, request, def, id);
      const label = await labelOf(db, { of: 'entry', record: `${register}/${id}`, item: '' }, SECRECY);
      const found = await printEntry(db, def, id, name, {
        scope: me(request),
        company: config.company,
        label: label && labelIn(SECRECY, label).zh,
      });
      if (found === undefined) throw new Problem('not-found');
      await note(db, {
        kind: 'read',
        at: clock(),
        person: me(request).person,
        what: { register, entry: id, print: name, hash: found.hash },
      });
      return sendPdf(reply, found, `${id} ${found.title}`);
    },
  );
};
