/** People and their roles, for administrators. What they change stands in the journal. */
import { z } from 'zod';
import { note } from '../../../db/journal.ts';
import { findEntry } from '../../../db/read/entries.ts';
import { makeLink } from '../../../db/one-time-links.ts';
import { addPerson, isPerson, peopleFrom, rename, setClearance, setMail, setRoles, type Held } from '../../../db/people.ts';
import { shutOut } from '../../../db/shut-out.ts';
import { fromCursor, page } from '../../http/cursor.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { keyOf } from '../../http/idempotency.ts';
import { placeParts } from '../../../domain/place.ts';
import { INSTALLATION } from '../../access.ts';
import { knownLabel } from '../../http/labels.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { instant, next, onlyView, packId, paging, place, placesOfRoles } from '../../schemas/common.ts';
import { idempotent } from '../../schemas/requests.ts';
import { hashSecret, newSecret } from '../../sign-in/secret.ts';
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
    'It holds from the next request of theirs. A role alone is held for all places; `{ role, places }` for these estates, buildings, units or outlets. The pack `redress` has one role, `administrator`.',
  problems: ['fresh-sign-in', 'key-missing', 'not-found', 'bad-request', 'not-allowed', 'bad-json', 'own-roles'],
};
const invite: Described = {
  id: 'makeOneTimeLink',
  tag,
  summary: 'A link by which a person sets their password, once, within a day',
  problems: ['fresh-sign-in', 'key-missing', 'not-found', 'not-allowed'],
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
const held = z.union([z.string().max(64), z.strictObject({ role: z.string().max(64), places: z.array(place).min(1).max(100) })]);
const done = z.object({ done: z.literal(true) });

export const peopleRoutes: Routes = async (app, { db, rules, clock, config }) => {
  app.get(
    '/api/people',
    {
      schema: {
        ...about(list),
        querystring: z.strictObject(paging),
        response: { 200: z.object({ items: z.array(person), next }), ...problemsOf(list) },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      const after = fromCursor(z.strictObject({ id: z.string() }), cursor)?.id ?? '';
      const { items, next: following } = page(await peopleFrom(db, after, limit), limit, ({ id }) => ({ id }));
      return {
        items: items.map(({ id, packs, only, ...row }) => ({ person: id, ...row, packs: mutable(packs), only: onlyView(only ?? {}) })),
        next: following,
      };
    },
  );
  app.post(
    '/api/people',
    {
      schema: {
        ...about(add),
        headers: idempotent,
        body: z.strictObject({ person: personId, name: z.string().min(1).max(100) }),
        response: { 201: done, ...problemsOf(add) },
      },
    },
    async (request, reply) => {
      keyOf(request);
      if (!(await addPerson(db, request.body.person, request.body.name))) throw new Problem('person-taken');
      await noted(request, { person: request.body.person, change: 'added' });
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
        response: { 200: done, ...problemsOf(roles) },
      },
    },
    async (request) => {
      keyOf(request);
      const { pack } = request.body;
      const wanted = request.body.roles.flatMap((one): Held[] =>
        typeof one === 'string' ? [{ role: one }] : one.places.map(({ kind, id }) => ({ role: one.role, place: `${kind}/${id}` })),
      );
      const who = request.params.person;
      if (!(await isPerson(db, who))) throw new Problem('not-found');
      // Whoever gives roles does not give them to themselves.
      if (who === me(request).person) throw new Problem('own-roles');
      const known = pack === INSTALLATION ? ['administrator', 'operator'] : (await rules.latest(pack, clock()))?.roles.map(({ id }) => id);
      const unknown = wanted.map(({ role }) => role).filter((role) => !known?.includes(role));
      if (known === undefined || unknown.length > 0) {
        const what = known === undefined ? pack : unknown.join(', ');
        throw new Problem('bad-request', { zh: `没有此制度包或岗位:${what}。`, en: `There is no such pack or role: ${what}.` });
      }
      await checkPlaces(pack, wanted);
      await setRoles(db, who, pack, wanted);
      const said = wanted.map(({ role, place: where }) => (where === undefined ? role : `${role}@${where}`));
      await noted(request, { person: who, change: 'roles', pack, roles: said.join(' ') });
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
        response: { 201: z.object({ link: z.string(), endsAt: instant }), ...problemsOf(invite) },
      },
    },
    async (request, reply) => {
      keyOf(request);
      const who = request.params.person;
      if (!(await isPerson(db, who))) throw new Problem('not-found');
      const secret = newSecret();
      const endsAt = await makeLink(db, { hash: hashSecret(secret), person: who, madeBy: me(request).person, at: clock() });
      await noted(request, { person: who, change: 'one-time link' });
      void reply.code(201);
      return { link: `${config.publicUrl}/welcome#${secret}`, endsAt: iso(endsAt) };
    },
  );
  app.post(
    '/api/people/:person/name',
    {
      schema: {
        ...about(called),
        headers: idempotent,
        params: z.object({ person: personId }),
        body: z.strictObject({ name: z.string().min(1).max(100) }),
        response: { 200: done, ...problemsOf(called) },
      },
    },
    async (request) => {
      keyOf(request);
      const who = request.params.person;
      if (!(await isPerson(db, who))) throw new Problem('not-found');
      await rename(db, who, request.body.name);
      await noted(request, { person: who, change: 'name' });
      return { done: true as const };
    },
  );
  app.post(
    '/api/people/:person/clearance',
    {
      schema: {
        ...about(clearance),
        headers: idempotent,
        params: z.object({ person: personId }),
        body: z.strictObject({ label: z.string().max(64).nullable() }),
        response: { 200: done, ...problemsOf(clearance) },
      },
    },
    async (request) => {
      keyOf(request);
      const who = request.params.person;
      if (!(await isPerson(db, who))) throw new Problem('not-found');
      if (who === me(request).person) throw new Problem('own-roles');
      const { label } = request.body;
      if (label !== null) knownLabel(label);
      await setClearance(db, who, label);
      await noted(request, { person: who, change: 'clearance', label: label ?? '' });
      return { done: true as const };
    },
  );
  app.post(
    '/api/people/:person/mail',
    {
      schema: {
        ...about(mail),
        headers: idempotent,
        params: z.object({ person: personId }),
        body: z.strictObject({ mail: z.email().max(254).nullable() }),
        response: { 200: done, ...problemsOf(mail) },
      },
    },
    async (request) => {
      keyOf(request);
      const who = request.params.person;
      if (!(await isPerson(db, who))) throw new Problem('not-found');
      await setMail(db, who, request.body.mail);
      await noted(request, { person: who, change: 'mail' });
      return { done: true as const };
    },
  );
  app.post(
    '/api/people/:person/shut-out',
    {
      schema: {
        ...about(shut),
        headers: idempotent,
        params: z.object({ person: personId }),
        body: z.strictObject({ account: z.boolean() }),
        response: { 200: z.object({ sessions: z.number().int() }), ...problemsOf(shut) },
      },
    },
    async (request) => {
      keyOf(request);
      const who = request.params.person;
      if (!(await isPerson(db, who))) throw new Problem('not-found');
      const { account } = request.body;
      const sessions = await shutOut(db, { person: who, by: me(request).person, at: clock(), account });
      await noted(request, { person: who, change: account ? 'shut out' : 'sessions ended' });
      return { sessions };
    },
  );

  /** @throws Problem bad-request for a place that no register knows */
  async function checkPlaces(pack: string, wanted: readonly Held[]): Promise<void> {
    const named = [...new Set(wanted.flatMap(({ place: where }) => where ?? []))];
    const found = await Promise.all(named.map((where) => findEntry(db, ...placeParts(where))));
    const missing = named.filter((_, i) => found[i] === undefined);
    if (named.length > 0 && pack === INSTALLATION)
      throw new Problem('bad-request', { zh: '管理员不限地点。', en: 'An administrator is one for all places.' });
    if (missing.length > 0) {
      const what = missing.join(', ');
      throw new Problem('bad-request', {
        zh: `登记中没有此地点:${what}。请先登记。`,
        en: `No register has this place: ${what}. Enter it first.`,
      });
    }
  }

  type Asked = Parameters<typeof me>[0];
  const noted = (request: Asked, what: Readonly<Record<string, string>>): Promise<number> => {
    const { person: whom = '', ...rest } = what;
    return note(db, { kind: 'people', at: clock(), person: me(request).person, what: { of: whom, ...rest } });
  };
};

const mutable = (packs: Readonly<Record<string, readonly string[]>>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(packs).map(([pack, held]) => [pack, [...held]]));
