/** GET /api/cases/:number/documents/:hash */
import { z } from 'zod';
import { note } from '../../../db/journal.ts';
import { documentOf } from '../../../db/read/events.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { caseFor, mayReadPaper } from '../../http/find.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { caseNumber } from '../../schemas/common.ts';
import type { Routes } from '../routes.ts';

const described: Described = {
  id: 'getDocument',
  tag: 'cases',
  summary: 'A filled form of a case, with its wording',
  problems: ['not-found'],
  description: 'By the hash that an event of the case names (`documentHash`).',
};
const document = z.object({ hash: z.string(), form: z.record(z.string(), z.unknown()) });
const params = z.object({ number: caseNumber, hash: z.string().regex(/^[0-9a-f]{64}$/, '64 hex digits') });

export const documentRoute: Routes = async (app, { db, clock }) => {
  app.get(
    '/api/cases/:number/documents/:hash',
    { schema: { ...about(described), params, response: { 200: document, ...problemsOf(described) } } },
    async (request) => {
      const { number, hash } = request.params;
      const found = await caseFor(db, request, number);
      if (!mayReadPaper(request, found, found.documents[hash])) throw new Problem('not-found');
      const form = await documentOf(db, number, hash);
      if (form === undefined) throw new Problem('not-found');
      await note(db, { kind: 'read', at: clock(), person: me(request).person, what: { case: number, document: hash } });
      return { hash, form };
    },
  );
};
