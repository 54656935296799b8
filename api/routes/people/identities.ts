/** Which identities at the provider are a person's, for administrators. What they change stands in the journal. */
import { z } from 'zod';
import { text, time } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import { endIdentity, identitiesOf } from '../../../db/identities.ts';
import { inTransaction } from '../../../db/database.ts';
import { note } from '../../../db/journal.ts';
import { isPerson } from '../../../db/people.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { jointAct, notInForce } from '../../joint/answer.ts';
import { askJointly } from '../../joint/ask.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { instant } from '../../schemas/common.ts';
import { idempotent } from '../../schemas/requests.ts';
import { iso } from '../../view/instants.ts';
import type { Routes } from '../routes.ts';
import { personId } from '../../schemas/sign-in.ts';

const tag = 'people';
const list: Described = {
  id: 'listIdentities',
  tag,
  summary: 'A person’s identities at the provider',
  problems: ['not-found', 'not-allowed'],
};
const add: Described = {
  id: 'linkIdentity',
  tag,
  summary: 'Link an identity at the provider to a person',
  description: 'Issuer and subject as the refusal of an unknown identity tells them. Of somebody else it waits for a second person (202).',
  problems: [
    'fresh-sign-in',
    'key-missing',
    'key-reused',
    'bad-request',
    'not-found',
    'identity-taken',
    'oidc-off',
    'not-allowed',
    'bad-json',
  ],
};
const end: Described = {
  id: 'endIdentity',
  tag,
  summary: 'Part an identity from a person',
  description: 'Sessions of the person that began at the provider end with it.',
  problems: ['key-missing', 'not-found', 'not-allowed'],
};
const identity = z.object({ id: z.string(), issuer: z.string(), subject: z.string(), linkedBy: z.string(), linkedAt: instant });
const done = z.object({ done: z.literal(true) });

export const identityRoutes: Routes = async (app, deps) => {
  const { db, clock } = deps;
  addList(app, deps, {
    url: '/api/people/:person/identities',
    said: list,
    file: { zh: '身份', en: 'identities' },
    params: { person: personId },
    item: identity,
    columns: {
      id: text('编号', 'id'),
      issuer: text('身份提供方', 'issuer'),
      subject: text('标识', 'subject'),
      linkedBy: text('关联人', 'linked by'),
      linkedAt: time('关联时间', 'linked'),
    },
    page: async ({ params: { person } }) => {
      if (!(await isPerson(db, person))) throw new Problem('not-found');
      const rows = await identitiesOf(db, person);
      const items = rows.map(({ linked_by: linkedBy, linked_at, ...row }) => ({ ...row, linkedBy, linkedAt: iso(linked_at.getTime()) }));
      return { items, after: null };
    },
    reads: ({ params: { person } }) => ({ list: list.id, of: person }),
  });
  app.post(
    '/api/people/:person/identities',
    {
      schema: {
        ...about(add),
        headers: idempotent,
        params: z.object({ person: personId }),
        body: z.strictObject({ issuer: z.url().max(2_000), subject: z.string().min(1).max(255) }),
        response: { 201: done, 202: jointAct, ...problemsOf(add) },
      },
    },
    async (request, reply) => {
      const { person } = request.params;
      const { act } = await askJointly(deps, request, { kind: 'identity', person, packId: null, body: request.body });
      const waits = notInForce(reply, act, clock());
      if (waits !== undefined) return waits;
      void reply.code(201);
      return { done: true as const };
    },
  );
  app.post(
    '/api/people/:person/identities/:id/end',
    {
      config: { once: true },
      schema: {
        ...about(end),
        headers: idempotent,
        params: z.object({ person: personId, id: z.string().max(64) }),
        response: { 200: done, ...problemsOf(end) },
      },
    },
    async (request) => {
      const { person, id } = request.params;
      const [by, at] = [me(request).person, clock()];
      await inTransaction(db, async (trx) => {
        if (!(await endIdentity(trx, { id, person, by, at }))) throw new Problem('not-found');
        await note(trx, { kind: 'people', at, person: by, what: { of: person, change: 'identity ended', identity: id } });
      });
      return { done: true as const };
    },
  );
};
