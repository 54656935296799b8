/** Acts on a case under names of their own: the same as submitting the step, nothing more. */
import { z } from 'zod';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { keyOf, prefersAsync } from '../../http/idempotency.ts';
import { sayToCase } from '../../http/say.ts';
import { caseNumber } from '../../schemas/common.ts';
import { actBody, idempotent, receipt } from '../../schemas/requests.ts';
import type { Routes } from '../routes.ts';
import { submitProblems } from './submit.ts';

const acts = [
  { path: 'assign', step: 'assign', id: 'assignTask', summary: 'Assign a task to a person, or to another one' },
  { path: 'withdraw', step: 'withdraw', id: 'withdrawCase', summary: 'End a case that the customer withdraws' },
  { path: 'duplicate', step: 'duplicate', id: 'markDuplicate', summary: 'End a case that duplicates another' },
  { path: 'opened-in-error', step: 'openedInError', id: 'markOpenedInError', summary: 'End a case that was opened in error' },
  { path: 'nudge', step: 'nudge', id: 'nudgeTask', summary: 'Ask whoever owes a task to get on with it' },
  { path: 'extension', step: 'extend', id: 'extendRepair', summary: 'Extend the repair, with the customer’s prior consent' },
] as const;

export const actRoutes: Routes = async (app, deps) => {
  for (const { path, step, id, summary } of acts) {
    const described: Described = { id, tag: 'cases', summary, problems: submitProblems };
    app.post(
      `/api/cases/:number/${path}`,
      {
        schema: {
          ...about(described),
          headers: idempotent,
          params: z.object({ number: caseNumber }),
          body: actBody,
          response: { 200: receipt, 202: receipt, ...problemsOf(described) },
        },
      },
      (request, reply) => {
        const { occurredAt, form } = request.body;
        const said = { key: keyOf(request), number: request.params.number, step, occurredAt, form, async: prefersAsync(request) };
        return sayToCase(app, deps, request, reply, said);
      },
    );
  }
};
