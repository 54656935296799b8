/** GET /api/outlets/:id/duty */
import { z } from 'zod';
import { findEntry } from '../../../db/read/entries.ts';
import { onDuty } from '../../../domain/register/duty.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { entryFor, readable } from '../../http/registers.ts';
import { Problem } from '../../problems/problem.ts';
import { instantIn } from '../../schemas/common.ts';
import { entryId } from '../../schemas/registers.ts';
import { iso } from '../../view/instants.ts';
import type { Routes } from '../routes.ts';

const described: Described = {
  id: 'getOutletDuty',
  tag: 'registers',
  summary: 'Who takes repair requests at an outlet, at an instant (default: now)',
  problems: ['not-found'],
};
const duty = z.object({ outlet: z.string(), at: z.string(), people: z.array(z.string()).describe('Empty = nobody is on duty') });

export const dutyRoute: Routes = async (app, { db, registers, clock }) => {
  app.get(
    '/api/outlets/:id/duty',
    {
      schema: {
        ...about(described),
        params: z.object({ id: entryId }),
        querystring: z.strictObject({ at: instantIn.optional() }),
        response: { 200: duty, ...problemsOf(described) },
      },
    },
    async (request) => {
      await entryFor(db, request, readable(registers, request, 'outlets'), request.params.id);
      const outlet = await findEntry(db, 'outlets', request.params.id);
      if (outlet === undefined) throw new Problem('not-found');
      const at = request.query.at ?? clock();
      return { outlet: outlet.id, at: iso(at), people: onDuty(outlet.body, at) };
    },
  );
};
