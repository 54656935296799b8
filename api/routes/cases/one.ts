/** GET /api/cases/:number */
import { z } from 'zod';
import { actingIn } from '../../../db/read/absences.ts';
import { signedDecisionsIn } from '../../../db/read/decisions.ts';
import { EVERY_EVENT, eventsOf } from '../../../db/read/events.ts';
import { openTasks } from '../../../domain/case/state.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { caseFor } from '../../http/find.ts';
import { pinnedPack } from '../../http/pack.ts';
import { me } from '../../plugins/auth.ts';
import { caseView as caseSchema } from '../../schemas/cases.ts';
import { caseNumber } from '../../schemas/common.ts';
import { caseView, isDecided } from '../../view/case.ts';
import { decisionView } from '../../view/decision.ts';
import type { Routes } from '../routes.ts';

const described: Described = {
  id: 'getCase',
  tag: 'cases',
  summary: 'One case as its events have made it',
  problems: ['not-found'],
};

export const oneRoute: Routes = async (app, { db, rules, clock }) => {
  app.get(
    '/api/cases/:number',
    {
      schema: {
        ...about(described),
        params: z.object({ number: caseNumber }),
        response: { 200: caseSchema, ...problemsOf(described) },
      },
    },
    async (request) => {
      const found = await caseFor(db, request, request.params.number);
      const { state, places, veil } = found;
      const roles = new Set(openTasks(state).flatMap((task) => (isDecided(task) ? task.by : [])));
      const acting = await actingIn(db, { pack: state.pack.id, places }, [...roles], clock());
      const pack = await pinnedPack(rules, state.pack.hash);
      const made = await signedDecisionsIn(db, state.number, await eventsOf(db, state.number, 0, EVERY_EVENT), veil);
      return { ...caseView(found, me(request), pack, acting), decisions: made.map((one) => decisionView(one, pack, veil)) };
    },
  );
};
