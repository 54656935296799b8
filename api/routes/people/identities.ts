/** Which identities at the provider are a person's, for administrators. What they change stands in the journal. */
import { z } from 'zod';
import { endIdentity, identitiesOf, identityHash, linkIdentity } from '../../../db/identities.ts';
import { note } from '../../../db/journal.ts';
import { isPerson } from '../../../db/people.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { keyOf } from '../../http/idempotency.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { instant } from '../../schemas/common.ts';
import { idempotent } from '../../schemas/requests.ts';
import { issuerOf } from '../../sign-in/oidc.ts';
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
  description: 'Issuer and subject as the refusal of an unknown identity tells them.',
  problems: ['fresh-sign-in', 'key-missing', 'not-found', 'identity-taken', 'oidc-off', 'not-allowed', 'bad-json'],
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

export const identityRoutes: Routes = async (app, { db, clock, config }) => {
  app.get(
    '/api/people/:person/identities',
    {
      schema: {
        ...about(list),
        params: z.object({ person: personId }),
        response: { 200: z.object({ items: z.array(identity) }), ...problemsOf(list) },
      },
    },
    async (request) => {
      if (!(await isPerson(db, request.params.person))) throw new Problem('not-found');
      const rows = await identitiesOf(db, request.params.person);
      const items = rows.map(({ linked_by: linkedBy, linked_at, ...row }) => ({ ...row, linkedBy, linkedAt: iso(linked_at.getTime()) }));
      return { items };
    },
  );
  app.post(
    '/api/people/:person/identities',
    {
      schema: {
        ...about(add),
        headers: idempotent,
        params: z.object({ person: personId }),
        body: z.strictObject({ issuer: z.url().max(2_000), subject: z.string().min(1).max(255) }),
        response: { 201: done, ...problemsOf(add) },
      },
    },
    async (request, reply) => {
      keyOf(request);
      const { person } = request.params;
      const [by, at] = [me(request).person, clock()];
      if (config.oidc === undefined) throw new Problem('oidc-off');
      const known = { issuer: issuerOf(request.body.issuer), subject: request.body.subject };
      if (known.issuer !== issuerOf(config.oidc.issuer)) {
        const ours = config.oidc.issuer;
        throw new Problem('bad-request', { zh: `本系统的身份提供方是 ${ours}。`, en: `The provider of this installation is ${ours}.` });
      }
      if (!(await isPerson(db, person))) throw new Problem('not-found');
      if (!(await linkIdentity(db, { ...known, person, by, at }))) throw new Problem('identity-taken');
      await note(db, { kind: 'people', at, person: by, what: { of: person, change: 'identity linked', identity: identityHash(known) } });
      void reply.code(201);
      return { done: true as const };
    },
  );
  app.post(
    '/api/people/:person/identities/:id/end',
    {
      schema: {
        ...about(end),
        headers: idempotent,
        params: z.object({ person: personId, id: z.string().max(64) }),
        response: { 200: done, ...problemsOf(end) },
      },
    },
    async (request) => {
      keyOf(request);
      const { person, id } = request.params;
      const [by, at] = [me(request).person, clock()];
      if (!(await endIdentity(db, { id, person, by, at }))) throw new Problem('not-found');
      await note(db, { kind: 'people', at, person: by, what: { of: person, change: 'identity ended', identity: id } });
      return { done: true as const };
    },
  );
};
