/** Signing in as people do: by a one-time link, a password, a session; and as programs do, by a token with scope and end. */
import { randomUUID } from 'node:crypto';
import type { InjectOptions } from 'fastify';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeLink } from '../../db/one-time-links.ts';
import { addPerson, setRoles } from '../../db/people.ts';
import { liveSession } from '../../db/sessions.ts';
import { hashSecret, newSecret } from '../../api/sign-in/secret.ts';
import { useStore } from '../store/support/store.ts';
import { useApi } from './support/api.ts';
import { scriptedDesk } from './support/desk.ts';

const ORIGIN = 'http://127.0.0.1:8080';
const MINUTE = 60_000;
const PASSWORD = 'tQ8#mLw2vR-9';
/** Guesses are counted by address: each test comes from another. */
let address = 1;
let now = Date.UTC(2026, 10, 25, 2);
const store = useStore();
const api = useApi(
  {
    get db() {
      return store.db;
    },
    get url() {
      return store.url;
    },
    desk: scriptedDesk(),
  },
  { clock: () => now },
);
beforeEach(() => {
  now += 24 * 60 * MINUTE;
  address += 1;
});

interface Answer {
  readonly status: number;
  readonly body: Record<string, any>;
  readonly cookie: string | undefined;
  /** By which the browser is known again, when the answer sets it. */
  readonly browser: string | undefined;
  readonly setCookie: string;
}

async function ask(
  method: 'GET' | 'POST',
  url: string,
  more: { body?: unknown; cookie?: string | undefined; token?: string; origin?: string | null; from?: string } = {},
): Promise<Answer> {
  const { body, cookie, token, origin = ORIGIN, from = `10.0.0.${address}` } = more;
  const options: InjectOptions = {
    method,
    url,
    remoteAddress: from,
    headers: {
      'idempotency-key': randomUUID(),
      ...(origin === null ? {} : { origin }),
      ...(cookie === undefined ? {} : { cookie }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { payload: body as object }),
  };
  const answer = await api.app.inject(options);
  const setCookie = String(answer.headers['set-cookie'] ?? '');
  return {
    status: answer.statusCode,
    body: answer.body === '' ? {} : JSON.parse(answer.body),
    setCookie,
    cookie: /^[^;]+/.exec(setCookie)?.[0],
    browser: /redress-browser=[^;]+/.exec(setCookie)?.[0],
  };
}

/** Somebody with an account; returns their id. */
async function member(roles: readonly string[] = ['recordsClerk'], pack = 's3-cs19'): Promise<string> {
  const person = `m-${randomUUID().slice(0, 8)}`;
  await addPerson(store.db, person, '林一方');
  await setRoles(store.db, person, pack, roles);
  const secret = newSecret();
  await makeLink(store.db, { hash: hashSecret(secret), person, madeBy: null, at: now });
  expect(await ask('POST', '/api/one-time-links/use', { body: { secret, password: PASSWORD } })).toMatchObject({
    status: 201,
    body: { person },
  });
  return person;
}
const signIn = (person: string, password = PASSWORD) => ask('POST', '/api/sessions', { body: { person, password } });

describe('one-time links', () => {
  test('set a password and sign in; used, replaced or a day old they are nothing', async () => {
    const person = await member();
    const [first, second] = [newSecret(), newSecret()];
    const use = (secret: string) => ask('POST', '/api/one-time-links/use', { body: { secret, password: 'eine andere Losung' } });
    await makeLink(store.db, { hash: hashSecret(first), person, madeBy: null, at: now });
    await makeLink(store.db, { hash: hashSecret(second), person, madeBy: null, at: now });
    expect(await use(first)).toMatchObject({ status: 404, body: { code: 'link-used' } });
    const answers = await Promise.all([use(second), use(second), use(second)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 404, 404]);
    expect((await signIn(person)).status).toBe(401); // the old password is no more
    const late = newSecret();
    await makeLink(store.db, { hash: hashSecret(late), person, madeBy: null, at: now });
    now += 24 * 60 * MINUTE;
    expect((await use(late)).status).toBe(404);
  });

  test('a weak password is refused and the link stays good', async () => {
    const person = await member();
    const secret = newSecret();
    await makeLink(store.db, { hash: hashSecret(secret), person, madeBy: null, at: now });
    const use = (password: string) => ask('POST', '/api/one-time-links/use', { body: { secret, password } });
    expect(await use('password1')).toMatchObject({ status: 422, body: { code: 'bad-password' } });
    // Longer than ten characters, no word of the first heads, and breached a hundred times.
    expect(await use('Newfoundland')).toMatchObject({
      status: 422,
      body: { code: 'bad-password', detail: expect.stringContaining('泄露') },
    });
    expect((await use('码头上的三只白鹭飞走了')).status).toBe(201);
  });
});

test('a password is checked as it was typed, to its last character; two writings of one character are one', async () => {
  const person = await member();
  const secret = newSecret();
  await makeLink(store.db, { hash: hashSecret(secret), person, madeBy: null, at: now });
  const typed = `  Grüße vom Hafen ${'ö'.repeat(100)}x `;
  expect((await ask('POST', '/api/one-time-links/use', { body: { secret, password: typed } })).status).toBe(201);
  const others = [
    typed.trim(),
    typed.trimStart(),
    typed.toLowerCase(),
    typed.toUpperCase(),
    typed.slice(0, -2),
    typed.slice(0, 72),
    `${typed}x`,
  ];
  for (const other of others) {
    expect((await signIn(person, other)).status, other).toBe(401);
    now += 24 * 60 * MINUTE; // no guess is to be refused for the one before
  }
  expect((await signIn(person, typed.normalize('NFD'))).status).toBe(201);
  expect((await signIn(person, typed)).status).toBe(201);
});

describe('sessions', () => {
  test('the cookie is out of reach of scripts and other sites; the person is signed in by it', async () => {
    const person = await member();
    const { status, cookie, setCookie } = await signIn(person);
    expect(status).toBe(201);
    expect(setCookie).toMatch(/HttpOnly/);
    expect(setCookie).toMatch(/SameSite=Lax/);
    expect((await ask('GET', '/api/me', { cookie })).body).toMatchObject({ person });
    expect(JSON.stringify(await store.db.selectFrom('session').selectAll().execute())).not.toContain(cookie!.split('=')[1]);
  });

  test('ends after half an hour of silence, after twelve hours in any case, and by signing out', async () => {
    const person = await member();
    const alive = async (cookie: string | undefined): Promise<number> => (await ask('GET', '/api/me', { cookie })).status;
    const silent = await signIn(person);
    now += 31 * MINUTE;
    expect(await alive(silent.cookie)).toBe(401);
    // A stream that stays open looks by itself: that is no sign of the person.
    const watched = await signIn(person);
    const secret = /redress=([^;]+)/.exec(watched.cookie ?? '')![1]!;
    for (let minutes = 0; minutes < 30; minutes += 10) {
      expect(await liveSession(store.db, hashSecret(secret), now, 'machine')).toBeDefined();
      now += 10 * MINUTE;
    }
    expect(await liveSession(store.db, hashSecret(secret), now, 'machine')).toBeUndefined();
    const busy = await signIn(person);
    for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
      now += 20 * MINUTE;
      expect(await alive(busy.cookie)).toBe(200);
    }
    now += 21 * MINUTE;
    expect(await alive(busy.cookie)).toBe(401);
    const left = await signIn(person);
    expect((await ask('POST', '/api/sessions/current/end', { cookie: left.cookie })).status).toBe(200);
    expect(await alive(left.cookie)).toBe(401);
  });

  test('each sees and ends their own; a change of password ends all others', async () => {
    const [person, other] = [await member(), await member()];
    const [one, two, theirs] = [await signIn(person), await signIn(person), await signIn(other)];
    const list = (await ask('GET', '/api/sessions', { cookie: one.cookie })).body['items'] as { id: string; current: boolean }[];
    expect(list.filter(({ current }) => current)).toHaveLength(1);
    const second = list.find(({ current }) => !current)!.id;
    expect((await ask('POST', `/api/sessions/${second}/end`, { cookie: theirs.cookie })).status).toBe(404);
    const changed = { old: PASSWORD, new: '码头上的三只白鹭飞走了' };
    expect((await ask('POST', '/api/password', { cookie: one.cookie, body: { ...changed, old: 'wrong-one-9' } })).status).toBe(401);
    expect((await ask('POST', '/api/password', { cookie: one.cookie, body: changed })).status).toBe(200);
    expect((await ask('GET', '/api/me', { cookie: one.cookie })).status).toBe(200);
    expect((await ask('GET', '/api/me', { cookie: two.cookie })).status).toBe(401);
    expect((await ask('GET', '/api/me', { cookie: theirs.cookie })).status).toBe(200);
  });

  test('another one is ended by whoever has just shown to be there', async () => {
    const person = await member();
    const [lost, one] = [await signIn(person), await signIn(person)];
    const list = (await ask('GET', '/api/sessions', { cookie: one.cookie })).body['items'] as { id: string; current: boolean }[];
    const others = list.filter(({ current }) => !current).map(({ id }) => id); // the lost one, and that of the link
    now += 6 * MINUTE;
    const end = (cookie: string | undefined, id = others[0]) => ask('POST', `/api/sessions/${id}/end`, { cookie });
    expect(await end(one.cookie)).toMatchObject({ status: 403, body: { code: 'fresh-sign-in' } });
    const fresh = await ask('POST', '/api/sessions/fresh', { cookie: one.cookie, body: { password: PASSWORD } });
    for (const id of others) expect((await end(fresh.cookie, id)).status).toBe(200);
    const alive = async (cookie: string | undefined): Promise<number> => (await ask('GET', '/api/me', { cookie })).status;
    expect([await alive(lost.cookie), await alive(one.cookie), await alive(fresh.cookie)]).toEqual([401, 401, 200]);
  });

  test('no token ends a session', async () => {
    const person = await member();
    const { cookie } = await signIn(person);
    const { body } = await ask('POST', '/api/tokens', { cookie, body: { name: 'x', scopes: ['read', 'act'], days: 1 } });
    const mine = (await ask('GET', '/api/sessions', { cookie })).body['items'] as { id: string }[];
    for (const { id } of mine)
      expect(await ask('POST', `/api/sessions/${id}/end`, { token: String(body['secret']) })).toMatchObject({
        status: 403,
        body: { code: 'fresh-sign-in' },
      });
    expect((await ask('GET', '/api/me', { cookie })).status).toBe(200);
  });

  test('signing in again ends the session that the browser had, whosesoever it was, and no other', async () => {
    const [person, next] = [await member(), await member()];
    const [had, elsewhere] = [await signIn(person), await signIn(person)];
    const alive = async ({ cookie }: Answer): Promise<number> => (await ask('GET', '/api/me', { cookie })).status;
    const again = await ask('POST', '/api/sessions', { cookie: had.cookie, body: { person: next, password: PASSWORD } });
    expect(again.status).toBe(201);
    expect([await alive(had), await alive(again), await alive(elsewhere)]).toEqual([401, 200, 200]);
    expect((await ask('POST', '/api/sessions', { cookie: again.cookie, body: { person: next, password: 'wrong-one-9' } })).status).toBe(
      401,
    );
    expect(await alive(again)).toBe(200); // what fails ends nothing
  });

  test('what changes something must come from our own pages', async () => {
    const person = await member();
    const { cookie } = await signIn(person);
    const end = (origin: string | null) => ask('POST', '/api/sessions/current/end', { cookie, origin });
    expect(await end('https://evil.example')).toMatchObject({ status: 403, body: { code: 'foreign-origin' } });
    expect((await end(null)).status).toBe(403);
    expect((await end(ORIGIN)).status).toBe(200);
    expect(await ask('POST', '/api/sessions', { origin: 'https://evil.example', body: { person, password: PASSWORD } })).toMatchObject({
      status: 403,
    });
  });
});

describe('wrong passwords', () => {
  test('nobody learns whether there is such a person', async () => {
    const person = await member();
    const [wrong, nobody] = [await signIn(person, 'wrong-one-9'), await signIn('nobody-here', 'wrong-one-9')];
    expect(wrong.status).toBe(401);
    expect(nobody.status).toBe(401);
    const told = ({ body: { traceId: _, ...rest } }: Answer) => rest;
    expect(told(nobody)).toEqual(told(wrong));
  });

  /** Tries from an address at which the person is strange, unless another is named; `cookie` says by which browser. */
  const tryIt = (person: string, more: { password?: string; from?: string; cookie?: string | undefined } = {}) => {
    const { password = PASSWORD, from = `10.7.${address}.1`, cookie } = more;
    return ask('POST', '/api/sessions', { body: { person, password }, from, cookie });
  };
  const wrong = (person: string, more: { from?: string; cookie?: string | undefined } = {}) =>
    tryIt(person, { ...more, password: 'wrong-one-9' });
  const all = async (answers: readonly Promise<Answer>[]): Promise<Set<number>> =>
    new Set((await Promise.all(answers)).map(({ status }) => status));
  const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
  const failures = async (person: string, door: string): Promise<number> => {
    const rows = await store.db.selectFrom('sign_in_door').select(['door', 'failures']).where('person', '=', person).execute();
    return rows.find((row) => row.door.startsWith(door))?.failures ?? 0;
  };

  test('five in a row shut the address for a quarter of an hour, the right one too; then a right one opens it', async () => {
    const person = await member();
    await all(times(5, () => wrong(person)));
    expect((await tryIt(person)).status).toBe(401);
    now += 14 * MINUTE;
    expect((await tryIt(person)).status).toBe(401);
    now += 2 * MINUTE;
    expect((await tryIt(person)).status).toBe(201);
    expect((await wrong(person)).status).toBe(401); // counted from one again
    expect((await tryIt(person)).status).toBe(201);
  });

  test('whoever guesses, be it for days, keeps the owner neither from signing in nor from entering the password again', async () => {
    const person = await member();
    for (let day = 0; day < 14; day += 1) {
      await all(times(6, () => wrong(person)));
      expect((await tryIt(person, { from: `10.7.${address}.2` })).status).toBe(201); // another address, where they never were
      now += 24 * 60 * MINUTE;
    }
    await all(times(6, () => wrong(person)));
    expect((await signIn(person)).status).toBe(201);
    // From the owner's own address, too: their browser is another door, and so is their session.
    const mine = await signIn(person);
    await all(times(6, () => wrong(person, { from: `10.0.0.${address}` })));
    expect((await signIn(person)).status).toBe(401);
    const again = { cookie: mine.cookie, body: { password: PASSWORD } };
    expect((await ask('POST', '/api/sessions/fresh', again)).status).toBe(200);
    await all(times(6, () => wrong(person, { from: `10.0.0.${address}` })));
    expect((await tryIt(person, { from: `10.0.0.${address}`, cookie: mine.browser })).status).toBe(201);
  });

  test('of an address of IPv6 the /64 counts, for the person and for the minute', async () => {
    const person = await member();
    await all(times(5, (i) => wrong(person, { from: `2001:db8:7:1::${i + 1}` })));
    expect((await tryIt(person, { from: '2001:db8:7:1:ffff::1' })).status).toBe(401);
    expect((await tryIt(person, { from: '2001:db8:7:2::1' })).status).toBe(201);
    const statuses = await all(times(31, (i) => ask('POST', '/api/sessions', { body: { person: `nobody-${i}`, password: 'x' }, from: `2001:db8:8:1::${i}` }))); // prettier-ignore
    expect(statuses).toEqual(new Set([401, 429]));
  });

  test('from many addresses at once twenty are looked at, then fewer and fewer, a hundred in all; the owner’s browser and address stay open', async () => {
    const person = await member();
    const { browser } = await signIn(person);
    await all(times(60, (i) => wrong(person, { from: `10.8.0.${i}` })));
    expect(await failures(person, 'strange')).toBe(20);
    expect((await tryIt(person, { from: '10.8.1.1' })).status).toBe(401);
    now += 2 * MINUTE;
    await all(times(9, (i) => wrong(person, { from: `10.8.2.${i}` })));
    expect(await failures(person, 'strange')).toBe(21);
    await store.db.updateTable('sign_in_door').set({ failures: 99 }).where('person', '=', person).where('door', '=', 'strange').execute();
    now += 3 * 60 * MINUTE;
    await wrong(person, { from: '10.8.3.1' });
    now += 7 * 24 * 60 * MINUTE;
    expect((await tryIt(person, { from: '10.8.3.2' })).status).toBe(401);
    expect(await failures(person, 'strange')).toBe(100);
    expect((await tryIt(person, { from: '10.8.3.2', cookie: browser })).status).toBe(201);
    expect((await tryIt(person, { from: '10.8.3.3' })).status).toBe(201); // a right one, and strange doors count from nought
  });

  test('a browser that is known counts for itself, and is strange after twenty in a row', async () => {
    const person = await member();
    const { browser, setCookie } = await signIn(person);
    expect(setCookie).toMatch(/redress-browser=[^;]+; Max-Age=15552000; Path=\/; HttpOnly; SameSite=Lax/);
    expect(JSON.stringify(await store.db.selectFrom('sign_in_door').selectAll().execute())).not.toContain(browser!.split('=')[1]);
    const lent = { cookie: browser, from: '10.7.0.3' };
    await all(times(6, () => wrong(person, lent)));
    expect([(await tryIt(person, lent)).status, await failures(person, 'strange')]).toEqual([401, 0]);
    await store.db
      .updateTable('sign_in_door')
      .set({ failures: 20 })
      .where('person', '=', person)
      .where('door', 'like', 'browser:%')
      .execute();
    now += 24 * 60 * MINUTE;
    await wrong(person, lent);
    expect(await failures(person, 'strange')).toBe(1);
  });

  test('thirty in a minute from one address are enough, whomever they try', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 35; i += 1) statuses.push((await signIn(`nobody-${i}`, 'wrong-one-9')).status);
    expect(statuses).toEqual([...Array<number>(30).fill(401), ...Array<number>(5).fill(429)]);
  });

  test('one more after that shuts it for longer', async () => {
    const person = await member();
    await all(times(5, () => wrong(person)));
    now += 16 * MINUTE;
    await wrong(person);
    now += 16 * MINUTE;
    expect((await tryIt(person)).status).toBe(401);
    now += 15 * MINUTE;
    expect((await tryIt(person)).status).toBe(201);
  });

  test('a new password by a link opens every door', async () => {
    const person = await member();
    await all(times(6, () => wrong(person)));
    const secret = newSecret();
    await makeLink(store.db, { hash: hashSecret(secret), person, madeBy: null, at: now });
    expect((await ask('POST', '/api/one-time-links/use', { body: { secret, password: PASSWORD } })).status).toBe(201);
    expect((await tryIt(person)).status).toBe(201);
  });
});

describe('tokens', () => {
  test('made from a session, told once, good for their scope and until their end', async () => {
    const person = await member(['serviceManager']);
    const { cookie } = await signIn(person);
    const make = (scopes: string[], more = {}) =>
      ask('POST', '/api/tokens', { cookie, body: { name: 'import', scopes, days: 2, ...more } });
    const { status, body } = await make(['read']);
    expect(status).toBe(201);
    const token = String(body['secret']);
    expect((await ask('GET', '/api/cases', { token })).status).toBe(200);
    const act = { body: { person, from: '2026-12-01 00:00', until: '2026-12-02 00:00', substitute: person }, token };
    expect(await ask('POST', '/api/absences', act)).toMatchObject({ status: 403, body: { detail: expect.stringContaining('act') } });
    expect(await ask('POST', '/api/tokens', { token, body: { name: 'more', scopes: ['read'], days: 1 } })).toMatchObject({ status: 403 });
    expect((await make(['administer'])).status).toBe(403);
    expect((await make(['read'], { days: 9_999 })).status).toBe(400);
    now += 3 * 24 * 60 * MINUTE;
    expect((await ask('GET', '/api/cases', { token })).status).toBe(401);
  });

  test('ended by its person, and by nobody else', async () => {
    const [person, other] = [await member(), await member()];
    const [mine, theirs] = [await signIn(person), await signIn(other)];
    const { body } = await ask('POST', '/api/tokens', { cookie: mine.cookie, body: { name: 'x', scopes: ['read'], days: 1 } });
    const token = String(body['secret']);
    expect((await ask('POST', `/api/tokens/${body['id']}/end`, { cookie: theirs.cookie })).status).toBe(404);
    expect((await ask('GET', '/api/me', { token })).status).toBe(200);
    expect((await ask('POST', `/api/tokens/${body['id']}/end`, { cookie: mine.cookie })).status).toBe(200);
    expect((await ask('GET', '/api/me', { token })).status).toBe(401);
  });

  test('end with a change of password, unless they are kept, and with a link in any case', async () => {
    const person = await member();
    const { cookie } = await signIn(person);
    const token = async (): Promise<string> =>
      String((await ask('POST', '/api/tokens', { cookie, body: { name: 'x', scopes: ['read'], days: 1 } })).body['secret']);
    const alive = async (one: string): Promise<number> => (await ask('GET', '/api/me', { token: one })).status;
    const [first, second] = ['码头上的三只白鹭飞走了', '渡口边的两棵柳树发芽了'];
    const change = (old: string, next: string, more = {}) => ask('POST', '/api/password', { cookie, body: { old, new: next, ...more } });
    const kept = await token();
    expect((await change(PASSWORD, first, { keepTokens: true })).status).toBe(200);
    expect(await alive(kept)).toBe(200);
    expect((await change(first, second)).status).toBe(200);
    expect(await alive(kept)).toBe(401);
    const last = await token();
    const secret = newSecret();
    await makeLink(store.db, { hash: hashSecret(secret), person, madeBy: null, at: now });
    expect((await ask('POST', '/api/one-time-links/use', { body: { secret, password: PASSWORD } })).status).toBe(201);
    expect([await alive(last), (await ask('GET', '/api/me', { cookie })).status]).toEqual([401, 401]);
  });

  test('a request with a token of its own is not signed in by a cookie that comes along', async () => {
    const { cookie } = await signIn(await member());
    expect((await ask('GET', '/api/me', { cookie, token: 'x'.repeat(43) })).status).toBe(401);
  });
});

describe('people', () => {
  test('an administrator adds people, gives roles and links; not to herself; all of it stands in the journal', async () => {
    const me = await member(['administrator'], 'redress');
    const { cookie } = await signIn(me);
    const id = `p-${randomUUID().slice(0, 8)}`;
    expect((await ask('POST', '/api/people', { cookie, body: { person: id, name: '何为' } })).status).toBe(201);
    expect(await ask('POST', '/api/people', { cookie, body: { person: id, name: '何为' } })).toMatchObject({ status: 409 });
    const give = (who: string, pack: string, roles: string[]) => ask('POST', `/api/people/${who}/roles`, { cookie, body: { pack, roles } });
    expect((await give(id, 's3-cs19', ['recordsClerk'])).status).toBe(200);
    expect(await give(id, 's3-cs19', ['emperor'])).toMatchObject({ status: 400, body: { detail: expect.stringContaining('emperor') } });
    expect(await give(me, 's3-cs19', ['generalManager'])).toMatchObject({ status: 403, body: { code: 'own-roles' } });
    const { body } = await ask('POST', `/api/people/${id}/one-time-link`, { cookie });
    const secret = String(body['link']).split('#')[1]!;
    expect((await ask('POST', '/api/one-time-links/use', { body: { secret, password: PASSWORD } })).status).toBe(201);
    expect((await ask('GET', '/api/people?limit=100', { cookie })).body['items']).toContainEqual(
      expect.objectContaining({ person: id, name: '何为', packs: { 's3-cs19': ['recordsClerk'] }, account: true }),
    );
    const noted = await store.db.selectFrom('journal').select('body').where('person', '=', me).where('chain', 'like', 'people:%').execute();
    expect(noted.map(({ body: one }) => (JSON.parse(one) as { change: string }).change)).toEqual(['added', 'roles', 'one-time link']);
    expect(JSON.stringify(noted)).not.toContain('何为');
  });

  test('an administrator ends the sessions of a person; of whoever leaves every way in, until a new link', async () => {
    const [admin, person] = [await member(['administrator'], 'redress'), await member()];
    const { cookie } = await signIn(admin);
    const [one, two] = [await signIn(person), await signIn(person)];
    const token = (await ask('POST', '/api/tokens', { cookie: two.cookie, body: { name: 'mine', scopes: ['read'], days: 9 } })).body[
      'secret'
    ] as string;
    const me = async (by: { cookie?: string | undefined; token?: string }): Promise<number> => (await ask('GET', '/api/me', by)).status;
    const shutOut = (account: boolean, by = cookie) => ask('POST', `/api/people/${person}/shut-out`, { cookie: by, body: { account } });
    expect((await shutOut(false, one.cookie)).status).toBe(403);
    expect(await shutOut(false)).toMatchObject({ status: 200, body: { sessions: 3 } }); // one began with the link
    expect([await me(one), await me(two), await me({ token })]).toEqual([401, 401, 200]);
    const again = await signIn(person);
    expect(again.status).toBe(201);
    expect(await shutOut(true)).toMatchObject({ status: 200, body: { sessions: 1 } });
    expect([await me(again), await me({ token }), (await signIn(person)).status]).toEqual([401, 401, 401]);
    now += 48 * 60 * MINUTE;
    expect((await signIn(person)).status).toBe(401);
    const secret = newSecret();
    await makeLink(store.db, { hash: hashSecret(secret), person, madeBy: null, at: now });
    expect((await ask('POST', '/api/one-time-links/use', { body: { secret, password: PASSWORD } })).status).toBe(201);
    expect((await signIn(person)).status).toBe(201);
  });

  test('what gives somebody a way in, a say or another name, and what erases, is done by whoever has just shown to be there, and by no token', async () => {
    const admin = await member(['administrator'], 'redress');
    const person = await member();
    const { cookie } = await signIn(admin);
    const made = await ask('POST', '/api/tokens', { cookie, body: { name: 'x', scopes: ['read', 'act', 'administer'], days: 1 } });
    const token = String(made.body['secret']);
    const acts: [string, object | undefined][] = [
      [`/api/people/${person}/roles`, { pack: 's3-cs19', roles: ['sales'] }],
      [`/api/people/${person}/one-time-link`, undefined],
      [`/api/people/${person}/identities`, { issuer: 'https://login.example.com', subject: 's' }],
      [`/api/people/${person}/clearance`, { label: 'internal' }],
      [`/api/people/${person}/name`, { name: '林二方' }],
      ['/api/erasures', { of: `person:${person}`, subjects: 1, reason: 'x' }],
      ['/api/tokens', { name: 'y', scopes: ['read'], days: 1 }],
    ];
    now += 6 * MINUTE;
    const refused = { status: 403, body: { code: 'fresh-sign-in' } };
    for (const [url, body] of acts) {
      expect(await ask('POST', url, { cookie, body }), url).toMatchObject(refused);
      expect(await ask('POST', url, { token, body }), url).toMatchObject(refused);
    }
    expect((await ask('GET', '/api/people', { token })).status).toBe(200);
    const fresh = await ask('POST', '/api/sessions/fresh', { cookie, body: { password: PASSWORD } });
    for (const [url, body] of acts)
      expect((await ask('POST', url, { cookie: fresh.cookie, body })).body['code'], url).not.toBe('fresh-sign-in');
  });

  test('nobody else', async () => {
    const { cookie } = await signIn(await member(['generalManager']));
    expect((await ask('GET', '/api/people', { cookie })).status).toBe(403);
    expect((await ask('POST', '/api/people', { cookie, body: { person: 'x', name: 'x' } })).status).toBe(403);
  });
});
