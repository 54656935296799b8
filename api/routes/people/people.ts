/** People and their roles, for administrators. What they change stands in the journal. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { rolesIn, text, yes } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import { cut } from '../../http/cursor.ts';
import { inTransaction, type Trx } from '../../../db/database.ts';
import { note } from '../../../db/journal.ts';
import { addPerson, isPerson, peopleFrom, rename, setClearance, setMail } from '../../../db/people.ts';
import { shutOut } from '../../../db/shut-out.ts';
import { heldText } from '../../../domain/authority/deciding.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { knownLabel } from '../../http/labels.ts';
import { jointAct, notInForce } from '../../joint/answer.ts';
import { askJointly } from '../../joint/ask.ts';
import { textsOfHeld } from '../../joint/roles.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { instant, onlyView, packId, place, placesOfRoles } from '../../schemas/common.ts';
import { idempotent } from '../../schemas/requests.ts';
import { iso } from '../../view/instants.ts';
import type { Routes } from '../routes.ts';
import { personId } from '../../schemas/sign-in.ts';

const tag = 'people';
const list: Described = { id: 'listPeople', tag, summary: 'People with their roles', problems: ['bad-cursor', 'not-allowed'] };
const add: Described = {
  id: 'addPerson',
  tag,
  summary: 'Add a person',
  problems: ['key-missing', 'person-taken', 'not-allowed', 'bad-json'],
};
const roles: Described = {
  id: 'setRoles',
  tag,
  summary: 'Say which roles of a pack a person holds, and no others of it',
  description:
    'It holds from the next request of theirs. A role alone is held for all places; `{ role, places }` for these estates, buildings, units or outlets. The pack `redress` has one role, `administrator`. A role by which somebody decides waits for a second person (202).',
  problems: [
    'fresh-sign-in',
    'key-missing',
    'key-reused',
    'not-found',
    'bad-request',
    'not-allowed',
    'bad-json',
    'own-roles',
    'joint-act-void',
  ],
};
const invite: Described = {
  id: 'makeOneTimeLink',
  tag,
  summary: 'A link by which a person sets their password, once, within a day',
  description: 'Of somebody who holds a role by which they decide it waits for a second person (202), who is told the link.',
  problems: ['fresh-sign-in', 'key-missing', 'key-reused', 'not-found', 'not-allowed'],
};
const called: Described = {
  id: 'setName',
  tag,
  summary: 'What a person is called from now on',
  description: 'What they have signed keeps the name it was signed under.',
  problems: ['fresh-sign-in', 'key-missing', 'not-found', 'not-allowed', 'bad-json'],
};
const clearance: Described = {
  id: 'setClearance',
  tag,
  summary: 'Up to which secrecy label a person reads whatever their roles; null = as their roles do',
  problems: ['fresh-sign-in', 'key-missing', 'not-found', 'bad-request', 'not-allowed', 'bad-json', 'own-roles'],
};
const mail: Described = {
  id: 'setMail',
  tag,
  summary: 'Where notices to a person are mailed; null = nowhere',
  problems: ['key-missing', 'not-found', 'not-allowed', 'bad-json'],
};
const shut: Described = {
  id: 'shutOut',
  tag,
  summary: 'End every session of a person, at once',
  description:
    'For a stolen device. With `account: true`, for somebody who has left, their password, tokens, unused links and identities at the provider end as well; a new one-time link opens the account again.',
  problems: ['key-missing', 'not-found', 'not-allowed', 'bad-json'],
};
const person = z.object({
  person: z.string(),
  name: z.string(),
  packs: z.record(z.string(), z.array(z.string())),
  only: placesOfRoles,
  clearance: z.string().nullable(),
  account: z.boolean(),
});
const role = z
  .string()
  .max(64)
  .regex(/^[^@]*$/, 'the id of a role');
const held = z.union([role, z.strictObject({ role, places: z.array(place).min(1).max(100) })]);
const done = z.object({ done: z.literal(true) });
/** Null when the same key asks again: the secret was told once. */
const link = z.object({ link: z.string().nullable(), endsAt: instant.nullable() });

export const peopleRoutes: Routes = async (app, deps) => {
  const { db, clock } = deps;
  addList(app, deps, {
    url: '/api/people',
    said: list,
    file: { zh: '人员', en: 'people' },
    cursor: z.strictObject({ id: z.string() }),
    item: person,
    columns: {
      person: text('编号', 'id'),
      name: text('姓名', 'name'),
      packs: { zh: '岗位', en: 'roles', type: 'text', of: (packs, _, say) => rolesIn(packs, say) },
      only: {
        zh: '限于',
        en: 'only for',
        type: 'text',
        of: (only) => only.map((one) => `${one.pack} ${one.role}: ${one.places.join('、')}`).join('\n'),
      },
      clearance: text('可阅密级', 'clearance'),
      account: yes('有账号', 'account'),
    },
    page: async ({ limit, after }) =>
      cut(
        await peopleFrom(db, after?.id ?? '', limit),
        limit,
        ({ id }) => ({ id }),
        ({ id, packs, only, ...row }) => ({
          ...{ person: id, ...row, packs: mutable(packs), only: onlyView(only ?? {}) },
        }),
      ),
    reads: () => ({ list: list.id }),
  });
  app.post(
    '/api/people',
    {
      config: { once: true },
      schema: {
        ...about(add),
        headers: idempotent,
        body: z.strictObject({ person: personId, name: z.string().min(1).max(100) }),
        response: { 201: done, ...problemsOf(add) },
      },
    },
    async (request, reply) => {
      const { person: who, name } = request.body;
      await changed(request, who, { change: 'added' }, async (trx) => {
        if (!(await addPerson(trx, who, name))) throw new Problem('person-taken');
      });
      void reply.code(201);
      return { done: true as const };
    },
  );
  app.post(
    '/api/people/:person/roles',
    {
      schema: {
        ...about(roles),
        headers: idempotent,
        params: z.object({ person: personId }),
        body: z.strictObject({ pack: packId, roles: z.array(held).max(100) }),
        response: { 200: done, 202: jointAct, ...problemsOf(roles) },
      },
    },
    async (request, reply) => {
      const { pack } = request.body;
      const { person: who } = request.params;
      const roles = request.body.roles.flatMap((one) =>
        typeof one === 'string' ? [one] : one.places.map(({ kind, id }) => heldText({ role: one.role, place: `${kind}/${id}` })),
      );
      const body = { roles, had: await textsOfHeld(db, who, pack) };
      const { act } = await askJointly(deps, request, { kind: 'roles', person: who, packId: pack, body });
      const waits = notInForce(reply, act, clock());
      if (waits !== undefined) return waits;
      return { done: true as const };
    },
  );
  app.post(
    '/api/people/:person/one-time-link',
    {
      schema: {
        ...about(invite),
        headers: idempotent,
        params: z.object({ person: personId }),
        response: { 201: link, 202: jointAct, ...problemsOf(invite) },
      },
    },
    async (request, reply) => {
      const { act, told } = await askJointly(deps, request, { kind: 'link', person: request.params.person, packId: null, body: {} });
      const waits = notInForce(reply, act, clock());
      if (waits !== undefined) return waits;
      void reply.code(201);
      return { link: told.link ?? null, endsAt: told.linkEndsAt === undefined ? null : iso(told.linkEndsAt) };
    },
  );
  app.post(
    '/api/people/:person/name',
    {
      config: { once: true },
      schema: {
        ...about(called),
        headers: idempotent,
        params: z.object({ person: personId }),
        body: z.strictObject({ name: z.string().min(1).max(100) }),
        response: { 200: done, ...problemsOf(called) },
      },
    },
    async (request) => {
      await changedOf(request, { change: 'name' }, (trx, who) => rename(trx, who, request.body.name));
      return { done: true as const };
    },
  );
  app.post(
    '/api/people/:person/clearance',
    {
      config: { once: true },
      schema: {
        ...about(clearance),
        headers: idempotent,
        params: z.object({ person: personId }),
        body: z.strictObject({ label: z.string().max(64).nullable() }),
        response: { 200: done, ...problemsOf(clearance) },
      },
    },
    async (request) => {
      const { label } = request.body;
      await changedOf(request, { change: 'clearance', label: label ?? '' }, async (trx, who) => {
        if (who === me(request).person) throw new Problem('own-roles');
        if (label !== null) knownLabel(label);
        await setClearance(trx, who, label);
      });
      return { done: true as const };
    },
  );
  app.post(
    '/api/people/:person/mail',
    {
      config: { once: true },
      schema: {
        ...about(mail),
        headers: idempotent,
        params: z.object({ person: personId }),
        body: z.strictObject({ mail: z.email().max(254).nullable() }),
        response: { 200: done, ...problemsOf(mail) },
      },
    },
    async (request) => {
      await changedOf(request, { change: 'mail' }, (trx, who) => setMail(trx, who, request.body.mail));
      return { done: true as const };
    },
  );
  app.post(
    '/api/people/:person/shut-out',
    {
      config: { once: true },
      schema: {
        ...about(shut),
        headers: idempotent,
        params: z.object({ person: personId }),
        body: z.strictObject({ account: z.boolean() }),
        response: { 200: z.object({ sessions: z.number().int() }), ...problemsOf(shut) },
      },
    },
    async (request) => {
      const { account } = request.body;
      const what = { change: account ? 'shut out' : 'sessions ended' };
      const sessions = await changedOf(request, what, (trx, person) =>
        shutOut(trx, { person, by: me(request).person, at: clock(), account }),
      );
      return { sessions };
    },
  );

  type Noted = Readonly<Record<string, string>>;

  /** A change and its entry in the journal: both, or neither. */
  function changed<T>(request: FastifyRequest, of: string, what: Noted, change: (trx: Trx) => Promise<T>): Promise<T> {
    return inTransaction(db, async (trx) => {
      const done = await change(trx);
      await note(trx, { kind: 'people', at: clock(), person: me(request).person, what: { of, ...what } });
      return done;
    });
  }

  /** Of the person whom the address names. @throws Problem not-found */
  function changedOf<T>(request: Named, what: Noted, change: (trx: Trx, who: string) => Promise<T>): Promise<T> {
    const who = request.params.person;
    return changed(request, who, what, async (trx) => {
      if (!(await isPerson(trx, who))) throw new Problem('not-found');
      return change(trx, who);
    });
  }
};

type Named = FastifyRequest & { readonly params: { readonly person: string } };

const mutable = (packs: Readonly<Record<string, readonly string[]>>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(packs).map(([pack, held]) => [pack, [...held]]));
