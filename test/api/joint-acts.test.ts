/** What no administrator does alone: asked for by one, in force when a second has confirmed it; alone only while there has never been a second. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { setPassword } from '../../db/accounts.ts';
import { linkIdentity } from '../../db/identities.ts';
import { addPerson, setRoles } from '../../db/people.ts';
import { makeAdministrator } from '../../scripts/commands/admin.ts';
import { JOINT_ACT_MS } from '../../domain/authority/joint-act.ts';
import { useStore } from '../store/support/store.ts';
import { inSession } from './support/administrators.ts';
import { useApi, type Answer, type Caller } from './support/api.ts';
import { scriptedDesk } from './support/desk.ts';

const HOUR_MS = 3_600_000;
const PACK = 's3-cs19';
let now = Date.UTC(2026, 10, 25, 2);
const store = useStore();
const below = {
  get db() {
    return store.db;
  },
  get url() {
    return store.url;
  },
  desk: scriptedDesk(),
};
const oidc = { issuer: 'http://127.0.0.1:9/', clientId: 'redress', secretFile: undefined, scopes: 'openid' };
const api = useApi(below, { clock: () => now, oidc: oidc as never });

/** Somebody with these roles who has a password. */
async function person(name: string, roles: Readonly<Record<string, readonly string[]>> = {}): Promise<string> {
  const id = `${name}-${randomUUID().slice(0, 6)}`;
  await addPerson(store.db, id, '林一方');
  for (const [pack, held] of Object.entries(roles)) await setRoles(store.db, id, pack, held);
  await setPassword(store.db, { person: id, passwordHash: 'none', at: now });
  return id;
}
const by = (id: string): Promise<Caller> => inSession(api, store.db, id, now);
const administrator = (name: string): Promise<string> => person(name, { redress: ['administrator'] });
const give = (who: Caller, to: string, roles: unknown[] = ['serviceManager'], key: string = randomUUID()): Promise<Answer> =>
  who.post(`/api/people/${to}/roles`, { pack: PACK, roles }, { 'idempotency-key': key });
const confirm = (who: Caller, id: string, key: string = randomUUID()): Promise<Answer> =>
  who.post(`/api/joint-acts/${id}/confirm`, undefined, { 'idempotency-key': key });
const refuse = (who: Caller, id: string): Promise<Answer> => who.post(`/api/joint-acts/${id}/refuse`, undefined);
const rolesOf = async (id: string): Promise<string[]> =>
  (await store.db.selectFrom('person_role').select('role').where('person', '=', id).where('pack_id', '=', PACK).execute()).map(
    ({ role }) => role,
  );
/** What the journal of people says of somebody, in order. */
async function journal(of: string): Promise<Record<string, unknown>[]> {
  const rows = await store.db
    .selectFrom('journal')
    .select('body')
    .where('chain', 'like', 'people:%')
    .orderBy('chain')
    .orderBy('seq')
    .execute();
  return rows.map(({ body }) => JSON.parse(body) as Record<string, unknown>).filter((one) => one['of'] === of);
}
const waits = { status: 202, body: { status: 'waiting' } };

let [first, an, bo, cy] = ['', '', '', ''];
let [anIn, boIn, cyIn] = [] as unknown as [Caller, Caller, Caller];

describe('while there has never been a second administrator who could sign in', () => {
  beforeAll(async () => {
    first = await administrator('first');
  });

  test('the first acts alone, and the journal says so; making the second ends it for ever', async () => {
    const alone = await by(first);
    const clerk = await person('clerk');
    expect((await give(alone, clerk)).body).toEqual({ done: true });
    expect(await rolesOf(clerk)).toEqual(['serviceManager']);
    expect(await journal(clerk)).toMatchObject([{ person: first, change: 'roles', roles: 'serviceManager', alone: 'sole administrator' }]);

    // Holds the role, and has no way in yet.
    const second = `second-${randomUUID().slice(0, 6)}`;
    await addPerson(store.db, second, '林二方');
    const made = await alone.post(`/api/people/${second}/roles`, { pack: 'redress', roles: ['administrator'] });
    expect(made).toMatchObject({ status: 200, body: { done: true } });
    const link = await alone.post(`/api/people/${second}/one-time-link`, undefined);
    expect(link).toMatchObject({ status: 201, body: { link: expect.stringContaining('#') } });
    expect(await alone.post('/api/erasures', { of: `person:${clerk}`, subjects: 1, reason: 'left' })).toMatchObject({
      status: 200,
      body: { erased: [`person:${clerk}`] },
    });

    const secret = String(link.body['link']).split('#')[1];
    expect((await api.anybody.post('/api/one-time-links/use', { secret, password: 'tQ8#mLw2vR-9' })).status).toBe(201);
    const other = await person('other');
    expect(await give(alone, other)).toMatchObject(waits);
    // Taking the second's role away does not bring the first's power back.
    expect((await alone.post(`/api/people/${second}/roles`, { pack: 'redress', roles: [] })).status).toBe(200);
    expect(await give(alone, other)).toMatchObject(waits);
    expect(await rolesOf(other)).toEqual([]);
  });

  test('whoever holds the database makes another by the command line, and the journal says so', async () => {
    const id = `third-${randomUUID().slice(0, 6)}`;
    await expect(makeAdministrator(store.db, id, undefined)).rejects.toThrow('say --name');
    const secret = await makeAdministrator(store.db, id, '林三方');
    expect((await api.anybody.post('/api/one-time-links/use', { secret, password: 'tQ8#mLw2vR-9' })).status).toBe(201);
    expect(await (await by(id)).get('/api/joint-acts')).toMatchObject({ status: 200 });
    const said = { person: 'command-line', alone: 'command line' };
    expect(await journal(id)).toMatchObject([
      { ...said, change: 'role given', roles: 'administrator' },
      { ...said, change: 'one-time link' },
    ]);
  });

  test('the store refuses it, too, and forgets nothing', async () => {
    const [waiting] = await store.db
      .selectFrom('joint_act')
      .select('id')
      .where('kind', '=', 'roles')
      .orderBy('id', 'desc')
      .limit(1)
      .execute();
    const alone = {
      joint_act: waiting!.id,
      outcome: 'confirmed',
      alone: 'sole-administrator',
      person: first,
      at: new Date(now),
      key: 'forged',
    } as const;
    await expect(store.db.insertInto('joint_act_end').values(alone).execute()).rejects.toMatchObject({ constraint: 'sole_administrator' });
    await expect(store.owner.deleteFrom('second_administrator').execute()).rejects.toThrow(/append-only/);
  });
});

describe('with several', () => {
  beforeAll(async () => {
    [an, bo, cy] = [await administrator('an'), await administrator('bo'), await administrator('cy')];
    [anIn, boIn, cyIn] = [await by(an), await by(bo), await by(cy)];
  });

  test('a role by which somebody decides is in force when a second has confirmed it; both stand in the journal', async () => {
    const to = await person('boss');
    const asked = await give(anIn, to, ['serviceManager', 'recordsClerk']);
    expect(asked).toMatchObject({
      ...waits,
      body: {
        kind: 'roles',
        person: to,
        pack: PACK,
        what: { roles: ['serviceManager', 'recordsClerk'], had: [] },
        askedBy: an,
        alone: false,
      },
    });
    const id = String(asked.body['id']);
    expect(await rolesOf(to)).toEqual([]);
    expect((await boIn.get('/api/joint-acts')).body['items'][0]).toMatchObject({ id, status: 'waiting' });

    // In the inbox of whoever may, and of nobody else.
    const inbox = async (who: Caller) => ((await who.get('/api/tasks')).body['jointActs'] as { id: string }[]).map((one) => one.id);
    expect(await inbox(boIn)).toContain(id);
    for (const other of [anIn, await by(to), await by(await person('clerk', { [PACK]: ['serviceManager'] }))])
      expect(await inbox(other)).not.toContain(id);
    expect(await confirm(anIn, id)).toMatchObject({ status: 403, body: { code: 'second-person-needed' } });
    const key = randomUUID();
    expect(await confirm(boIn, id, key)).toMatchObject({ status: 200, body: { status: 'confirmed', endedBy: bo, link: null } });
    expect(await confirm(boIn, id, key)).toMatchObject({ status: 200, body: { status: 'confirmed', endedBy: bo } });
    expect(await confirm(cyIn, id)).toMatchObject({ status: 409, body: { code: 'already-decided', detail: expect.stringContaining(bo) } });
    expect(await inbox(boIn)).not.toContain(id);
    expect((await rolesOf(to)).toSorted()).toEqual(['recordsClerk', 'serviceManager']);
    expect(await journal(to)).toMatchObject([
      { person: an, change: 'roles asked', act: Number(id) },
      { person: bo, change: 'roles', roles: 'serviceManager recordsClerk', act: Number(id), asked: an },
    ]);
    // What is asked for does not stand readable in the table.
    const { body } = await store.db.selectFrom('joint_act').select('body').where('id', '=', id).executeTakeFirstOrThrow();
    expect(body).not.toContain('serviceManager');
  });

  test('neither by whom it benefits', async () => {
    const asked = await give(anIn, bo);
    expect(asked).toMatchObject(waits);
    expect(await confirm(boIn, String(asked.body['id']))).toMatchObject({ status: 403, body: { code: 'second-person-needed' } });
    expect(await rolesOf(bo)).toEqual([]);
    const forged = {
      joint_act: String(asked.body['id']),
      outcome: 'confirmed',
      alone: null,
      person: bo,
      at: new Date(now),
      key: randomUUID(),
    } as const;
    await expect(store.db.insertInto('joint_act_end').values(forged).execute()).rejects.toMatchObject({
      constraint: 'separation_of_duties',
    });
    expect((await confirm(cyIn, String(asked.body['id']))).status).toBe(200);
    expect(await rolesOf(bo)).toEqual(['serviceManager']);
    await setRoles(store.db, bo, PACK, []);
  });

  test('what gives nobody a say, and what takes away, is in force at once', async () => {
    const to = await person('clerk');
    expect((await give(anIn, to, ['recordsClerk', 'sales'])).status).toBe(200);
    await setRoles(store.db, to, PACK, ['serviceManager', 'customerService']);
    expect((await give(anIn, to, ['customerService', 'sales'])).status).toBe(200);
    expect((await rolesOf(to)).toSorted()).toEqual(['customerService', 'sales']);
    expect((await journal(to)).every((one) => one['alone'] === undefined && one['asked'] === undefined)).toBe(true);
    expect(await give(anIn, to, ['generalManager'])).toMatchObject(waits);
    expect(await anIn.post(`/api/people/${to}/roles`, { pack: 'redress', roles: ['operator'] })).toMatchObject(waits);
    expect((await boIn.get('/api/joint-acts?limit=100')).body['items'].filter((one: { person: string }) => one.person === to)).toHaveLength(
      2,
    );
  });

  test('is refused by another, or taken back by whoever asked; then it is confirmed by nobody', async () => {
    const to = await person('boss');
    for (const [who, status] of [
      [boIn, 'refused'],
      [anIn, 'taken-back'],
    ] as const) {
      const id = String((await give(anIn, to)).body['id']);
      expect(await refuse(who, id)).toMatchObject({ status: 200, body: { status } });
      expect(await confirm(cyIn, id)).toMatchObject({ status: 409, body: { code: 'already-decided' } });
      expect((await journal(to)).at(-1)).toMatchObject({ change: `roles ${status}`, act: Number(id) });
    }
    expect(await rolesOf(to)).toEqual([]);
  });

  test('within three days, by somebody who has just shown to be there', async () => {
    const to = await person('boss');
    const id = String((await give(anIn, to)).body['id']);
    const stale = await inSession(api, store.db, bo, now, now - 6 * 60_000);
    expect(await confirm(stale, id)).toMatchObject({ status: 403, body: { code: 'fresh-sign-in' } });
    const began = now;
    now = began + JOINT_ACT_MS;
    const later = await by(bo);
    expect(await confirm(later, id)).toMatchObject({ status: 409, body: { code: 'joint-act-void' } });
    expect((await later.get('/api/joint-acts?limit=100')).body['items'].find((one: { id: string }) => one.id === id)).toMatchObject({
      status: 'over',
    });
    now -= 1;
    expect((await confirm(await by(bo), id)).status).toBe(200);
    now = began;
  });

  test('nothing comes of it when it rests on what is so no more', async () => {
    const [to, leaves] = [await person('boss'), await administrator('leaves')];
    const one = String((await give(anIn, to)).body['id']);
    await setRoles(store.db, to, PACK, ['sales']);
    expect(await confirm(boIn, one)).toMatchObject({ status: 409, body: { code: 'joint-act-void' } });
    const two = String((await give(await by(leaves), to)).body['id']);
    await setRoles(store.db, leaves, 'redress', []);
    expect(await confirm(boIn, two)).toMatchObject({ status: 409, body: { code: 'joint-act-void' } });
    expect(await rolesOf(to)).toEqual(['sales']);
    // It still waits: nothing of the attempt was kept.
    expect(await refuse(boIn, one)).toMatchObject({ status: 200, body: { status: 'refused' } });
  });

  test('nor when what was asked for was altered in the store, or exchanged for what another has asked for', async () => {
    const to = await person('boss');
    const [one, two, other] = [await give(anIn, to), await give(anIn, to), await give(cyIn, to, ['generalManager'])];
    const altered = [
      `{"had":[],"roles":["generalManager"]}`,
      (await store.db.selectFrom('joint_act').select('body').where('id', '=', String(other.body['id'])).executeTakeFirstOrThrow()).body,
    ];
    for (const [i, { body }] of [one, two].entries()) {
      await store.tamper(`update joint_act set body = '${altered[i]}' where id = ${String(body['id'])}`);
      expect(await confirm(boIn, String(body['id']))).toMatchObject({ status: 409, body: { code: 'joint-act-void' } });
    }
    expect(await rolesOf(to)).toEqual([]);
  });

  test('the general manager confirms roles of his pack, and sees nothing else of it all', async () => {
    const boss = await person('gm', { [PACK]: ['generalManager'] });
    const bossIn = await by(boss);
    const to = await person('manager');
    const own = String((await give(anIn, to)).body['id']);
    const link = String((await anIn.post(`/api/people/${boss}/one-time-link`, undefined)).body['id']);
    const elsewhere = await anIn.post(`/api/people/${to}/roles`, { pack: 's1-eval', roles: ['manager'] });
    expect(elsewhere).toMatchObject(waits);
    for (const id of [link, String(elsewhere.body['id'])]) expect((await confirm(bossIn, id)).status).toBe(404);
    const seen = (await bossIn.get('/api/joint-acts?limit=100')).body['items'] as { id: string; pack: string }[];
    expect(seen.map(({ id }) => id)).toContain(own);
    expect(new Set(seen.map(({ pack }) => pack))).toEqual(new Set([PACK]));
    expect((await confirm(bossIn, own)).status).toBe(200);
    expect(await rolesOf(to)).toEqual(['serviceManager']);
    // Of one estate alone he is not the pack's.
    await store.owner.updateTable('person_role').set({ place: 'estates/X' }).where('person', '=', boss).execute();
    const next = String((await give(anIn, to, ['serviceManager', 'auditDepartment'])).body['id']);
    expect((await confirm(bossIn, next)).status).toBe(404);
    expect((await (await by(to)).get('/api/joint-acts')).body['items']).toEqual([]);
  });

  test('a link of somebody who decides is told to whoever confirms it, once, and never to whoever asked', async () => {
    const [boss, clerk] = [await person('boss', { [PACK]: ['serviceManager'] }), await person('clerk', { [PACK]: ['sales'] })];
    expect((await anIn.post(`/api/people/${clerk}/one-time-link`, undefined)).status).toBe(201);
    const asked = await anIn.post(`/api/people/${boss}/one-time-link`, undefined);
    expect(asked).toMatchObject(waits);
    const [id, key] = [String(asked.body['id']), randomUUID()];
    const confirmed = await confirm(boIn, id, key);
    expect((await confirm(boIn, id, key)).body['link']).toBeNull();
    const secret = String(confirmed.body['link']).split('#')[1];
    for (const text of [(await anIn.get('/api/joint-acts?limit=100')).text, asked.text]) expect(text).not.toContain(secret);
    expect((await api.anybody.post('/api/one-time-links/use', { secret, password: 'tQ8#mLw2vR-9' })).status).toBe(201);
    expect(await journal(boss)).toMatchObject([{ change: 'link asked' }, { change: 'one-time link', person: bo, asked: an }]);
  });

  test('nor of somebody whose role has just been taken away', async () => {
    const boss = await person('boss', { [PACK]: ['serviceManager'] });
    expect((await give(anIn, boss, [])).status).toBe(200);
    expect(await anIn.post(`/api/people/${boss}/one-time-link`, undefined)).toMatchObject(waits);
    now += 31 * 24 * HOUR_MS;
    expect((await (await by(an)).post(`/api/people/${boss}/one-time-link`, undefined)).status).toBe(201);
    now -= 31 * 24 * HOUR_MS;
  });

  test('a link that one has made is nothing from the moment its person decides', async () => {
    const to = await person('new');
    const { body } = await anIn.post(`/api/people/${to}/one-time-link`, undefined);
    const secret = String(body['link']).split('#')[1];
    expect((await confirm(boIn, String((await give(anIn, to)).body['id']))).status).toBe(200);
    expect((await api.anybody.post('/api/one-time-links/use', { secret, password: 'tQ8#mLw2vR-9' })).body['code']).toBe('link-used');
  });

  test('an identity of somebody else waits, one’s own does not', async () => {
    const to = await person('clerk');
    const body = { issuer: oidc.issuer, subject: `s-${to}` };
    const asked = await anIn.post(`/api/people/${to}/identities`, body);
    expect(asked).toMatchObject(waits);
    const linked = async (id: string) => (await anIn.get(`/api/people/${id}/identities`)).body['items'] as unknown[];
    expect(await linked(to)).toEqual([]);
    expect((await confirm(boIn, String(asked.body['id']))).status).toBe(200);
    expect(await linked(to)).toMatchObject([{ subject: body.subject, linkedBy: an }]);
    expect((await anIn.post(`/api/people/${an}/identities`, { ...body, subject: 'own' })).status).toBe(201);
    // Taken by somebody else meanwhile: refused, and it still waits.
    const late = String((await anIn.post(`/api/people/${to}/identities`, { ...body, subject: 'late' })).body['id']);
    await linkIdentity(store.db, { issuer: 'http://127.0.0.1:9/', subject: 'late', person: cy, by: cy, at: now });
    expect(await confirm(boIn, late)).toMatchObject({ status: 409, body: { code: 'identity-taken' } });
    expect((await refuse(boIn, late)).status).toBe(200);
  });

  describe('erasing', () => {
    const ask = (of: string, more: object = {}) => ({ of, subjects: 1, reason: '本人要求', ...more });

    test('is done when a second has confirmed it, not by whose data it is, and keeps its key', async () => {
      const gone = await administrator('gone');
      const [key, of] = [{ 'idempotency-key': randomUUID() }, `person:${gone}`];
      const asked = await anIn.post('/api/erasures', ask(of), key);
      expect(asked).toMatchObject({ ...waits, body: { kind: 'erasure', what: ask(of) } });
      const id = String(asked.body['id']);
      expect(await anIn.post('/api/erasures', ask(of), key)).toMatchObject({ ...waits, body: { id } });
      expect(await confirm(await by(gone), id)).toMatchObject({ status: 403, body: { code: 'second-person-needed' } });
      expect((await confirm(boIn, id)).status).toBe(200);
      expect((await anIn.get('/api/erasures')).body['items'][0]).toMatchObject({ subject: of, person: an });
      expect(await anIn.post('/api/erasures', ask(of), key)).toMatchObject({ status: 200, body: { erased: [of] } });
      for (const other of [ask(of, { reason: 'x' }), ask(`person:${bo}`), ask(of, { despite: 'x' })])
        expect(await anIn.post('/api/erasures', other, key)).toMatchObject({ status: 422, body: { code: 'key-reused' } });
      expect(await cyIn.post('/api/erasures', ask(of), key)).toMatchObject({ status: 422, body: { code: 'key-reused' } });
      const rows = await store.db
        .selectFrom('journal')
        .select('body')
        .where('person', '=', bo)
        .where('body', 'like', '%"erased"%')
        .execute();
      expect(rows.map((row) => JSON.parse(row.body) as object)).toMatchObject([{ asked: an, act: Number(id), subjects: 1 }]);
    });

    test('whoever asked and is erased is not confirmed: nobody can read any more what it was', async () => {
      const asker = await administrator('asker');
      const to = await person('boss');
      const id = String((await give(await by(asker), to)).body['id']);
      const erasing = String((await anIn.post('/api/erasures', ask(`person:${asker}`))).body['id']);
      expect((await confirm(boIn, erasing)).status).toBe(200);
      expect(await confirm(boIn, id)).toMatchObject({ status: 409, body: { code: 'joint-act-void' } });
      const list = (await boIn.get('/api/joint-acts?limit=100')).body['items'] as { id: string; what: unknown }[];
      expect(list.find((one) => one.id === id)?.what).toBeNull();
    });
  });

  describe('at once', () => {
    const ROUNDS = 15;

    test('two who confirm: one has, the other is told who', async () => {
      for (let i = 0; i < ROUNDS; i += 1) {
        const to = await person('boss');
        const id = String((await give(anIn, to)).body['id']);
        const answers = await Promise.all([confirm(boIn, id), confirm(cyIn, id)]);
        expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
        const winner = answers[0]!.status === 200 ? bo : cy;
        expect(answers.find(({ status }) => status === 409)!.body).toMatchObject({
          code: 'already-decided',
          detail: expect.stringContaining(winner),
        });
        expect((await journal(to)).filter(({ change }) => change === 'roles')).toMatchObject([{ person: winner }]);
      }
    });

    test('one confirms and the other refuses: the roles are as the one that stands', async () => {
      for (let i = 0; i < ROUNDS; i += 1) {
        const to = await person('boss');
        const id = String((await give(anIn, to)).body['id']);
        const [yes, no] = await Promise.all([confirm(boIn, id), i % 2 === 0 ? refuse(cyIn, id) : refuse(anIn, id)]);
        expect([yes.status, no.status].toSorted((a, b) => a - b)).toEqual([200, 409]);
        expect(await rolesOf(to)).toEqual(yes.status === 200 ? ['serviceManager'] : []);
      }
    });

    test('the same key twice: one act', async () => {
      const to = await person('boss');
      const key = randomUUID();
      const answers = await Promise.all([give(anIn, to, ['serviceManager'], key), give(anIn, to, ['serviceManager'], key)]);
      expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1);
      expect((await give(anIn, to, ['generalManager'], key)).body['code']).toBe('key-reused');
    });

    test('two acts on one person: the second rests on what is so no more', async () => {
      for (let i = 0; i < ROUNDS; i += 1) {
        const to = await person('boss');
        const [one, two] = [await give(anIn, to, ['serviceManager']), await give(cyIn, to, ['generalManager'])];
        const both = await Promise.all([confirm(boIn, String(one.body['id'])), confirm(boIn, String(two.body['id']))]);
        expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
        expect(await rolesOf(to)).toHaveLength(1);
      }
    });
  });

  test('an act that is nowhere, and a key of another act', async () => {
    const to = await person('boss');
    const [one, two] = [String((await give(anIn, to)).body['id']), String((await give(anIn, to, ['auditDepartment'])).body['id'])];
    expect((await confirm(boIn, '999999')).status).toBe(404);
    const key = randomUUID();
    expect((await confirm(boIn, one, key)).status).toBe(200);
    expect(await confirm(boIn, two, key)).toMatchObject({ status: 422, body: { code: 'key-reused' } });
    expect(now).toBeLessThan(Date.UTC(2026, 10, 25, 2) + HOUR_MS);
  });
});
