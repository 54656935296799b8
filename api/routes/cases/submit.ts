/** POST /api/cases/:number/steps/:step */
import { z } from 'zod';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { keyOf, prefersAsync } from '../../http/idempotency.ts';
import { sayToCase } from '../../http/say.ts';
import { caseNumber, stepId } from '../../schemas/common.ts';
import { idempotent, receipt, submitBody } from '../../schemas/requests.ts';
import type { Routes } from '../routes.ts';

export const submitProblems = [
  'key-missing',
  'bad-json',
  'wrong-role',
  'past-the-desk',
  'fresh-sign-in',
  'contributor-cannot-approve',
  'reviewer-cannot-approve',
  'beyond-delegation',
  'delegation-over',
  'emergency-over',
  'not-the-holder',
  'not-found',
  'wrong-step',
  'task-closed',
  'task-not-open',
  'nothing-owed',
  'nudged-too-often',
  'assignee-absent',
  'stale-version',
  'case-closed',
  'case-full',
  'bad-facts',
  'key-reused',
  'too-many-in-flight',
  'body-too-large',
  'unsupported-media-type',
] as const;

const described: Described = {
  id: 'submitStep',
  tag: 'cases',
  summary: 'Answer a step of a case',
  description:
    '200: decided and recorded. 202: received, going to be decided; asked for with `Prefer: respond-async`, or because the engine does not answer.',
  problems: submitProblems,
};

export const submitRoute: Routes = async (app, deps) => {
  app.post(
    '/api/cases/:number/steps/:step',
    {
      schema: {
        ...about(described),
        headers: idempotent,
        params: z.object({ number: caseNumber, step: stepId }),
        body: submitBody,
        response: { 200: receipt, 202: receipt, ...problemsOf(described) },
      },
    },
    (request, reply) => {
      const { number, step } = request.params;
      const { task, occurredAt, form } = request.body;
      return sayToCase(app, deps, request, reply, {
        key: keyOf(request),
        number,
        step,
        task,
        occurredAt,
        form,
        async: prefersAsync(request),
      });
    },
  );
};
