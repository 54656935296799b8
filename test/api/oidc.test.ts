/** Signing in by a provider of OpenID Connect, against a real one on loopback, as a browser does it. */
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { hashSecret, newSecret } from '../../api/sign-in/secret.ts';
import { linkIdentity } from '../../db/identities.ts';
import { makeLink } from '../../db/one-time-links.ts';
import { addPerson, setRoles } from '../../db/people.ts';
import { useStore } from '../store/support/store.ts';
import { administrator } from './support/administrators.ts';
import { useApi } from './support/api.ts';
import { Browser, type Page } from './support/browser.ts';
import { scriptedDesk } from './support/desk.ts';
import { useProvider } from './support/provider.ts';

const OURS = 'http://127.0.0.1:8080';
const CALLBACK = '/api/oidc/callback';
let later = 0;
const clock = () => Date.now() + later;
const store = useStore();
const provider = useProvider(OURS);
const below = {
  get db() {
    return store.db;
  },
  get url() {
    return store.url;
  },
  desk: scriptedDesk(),
};
const api = useApi(below, {
  clock,
  get oidc() {
    return provider.settings;
  },
});
const withoutSecret = useApi(below, {
  clock,
  get oidc() {
    return provider.open;
  },
});
const nobodyThere = useApi(below, { oidc: { issuer: 'http://127.0.0.1:9', clientId: 'redress', secretFile: undefined, scopes: 'openid' } });
beforeEach(() => {
  later = 0;
});

const browser = () => new Browser(api.app, OURS);
const problem = ({ status, text }: Page) => ({ status, ...(JSON.parse(text) as { code: string; detail?: string }) });
const issuer = () => new URL(provider.settings.issuer).href;

/** Somebody whose subject at the provider is `sub-<id>`. */
async function member(roles: readonly string[] = ['recordsClerk']): Promise<{ person: string; subject: string }> {
  const person = `o-${randomUUID().slice(0, 8)}`;
  await addPerson(store.db, person, '秦月');
  await setRoles(store.db, person, 's3-cs19', roles);
  const subject = `sub-${person}`;
  await linkIdentity(store.db, { issuer: issuer(), subject, person, by: person, at: clock() });
  return { person, subject };
}

/** Through the provider's pages, whatever they ask; the page that sends back to us, not yet followed. */
async function atProvider(one: Browser, address: string, subject: string): Promise<{ back: URL; asked: readonly string[] }> {
  const asked: string[] = [];
  let page = await one.go(address, CALLBACK);
  for (let forms = 0; page.location === undefined && forms < 5; forms += 1) {
    const prompt = /name="prompt" value="(\w+)"/.exec(page.text)?.[1] ?? '';
    asked.push(prompt);
    page = await one.fill(page, prompt === 'login' ? { login: subject, password: 'whatever' } : {}, CALLBACK);
  }
  return { back: new URL(page.location!, page.url), asked };
}
async function begin(one: Browser, query = ''): Promise<URL> {
  const { status, location } = await one.ask(`/api/oidc/login${query}`);
  expect(status).toBe(302);
  return new URL(location!);
}
/** The whole dance; the answer of our callback. */
async function signIn(one: Browser, subject: string, query = ''): Promise<Page & { asked: readonly string[] }> {
  const { back, asked } = await atProvider(one, (await begin(one, query)).href, subject);
  return { ...(await one.ask(back)), asked };
}
const whoIs = async (one: Browser) => {
  const { status, text } = await one.ask('/api/me');
  return status === 200 ? (JSON.parse(text) as { person: string; packs: unknown[] }) : undefined;
};
const failed = { status: 401, code: 'oidc-failed' };

describe('the whole way', () => {
  test('a person is signed in and sent to where they were going; roles are ours, not the provider’s', async () => {
    const { person, subject } = await member();
    const one = browser();
    const asked = await begin(one, '?to=%2Fcases%3Fmine%3Dtrue');
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    const { back } = await atProvider(one, asked.href, subject);
    expect(await one.ask(back)).toMatchObject({ status: 302, location: '/cases?mine=true' });
    expect(await whoIs(one)).toMatchObject({ person, packs: [{ pack: 's3-cs19', roles: [{ id: 'recordsClerk' }] }] });
    expect((await one.ask('/api/people')).status).toBe(403);
    const kept = JSON.stringify(await store.db.selectFrom('oidc_login').selectAll().execute());
    for (const secret of [
      asked.searchParams.get('state')!,
      asked.searchParams.get('nonce')!,
      one.cookie('redress-login')!,
      one.cookie('redress')!,
    ])
      expect(kept).not.toContain(secret);
  });

  test('what the provider hands out for it reaches neither the browser nor the store', async () => {
    const { subject } = await member();
    const one = browser();
    const { back } = await atProvider(one, (await begin(one)).href, subject);
    const handed = provider.handedOut().length;
    const page = await one.ask(back);
    expect(page.status).toBe(302);
    const tokens = provider.handedOut().slice(handed);
    expect(tokens.length).toBeGreaterThan(0);
    const me = await one.ask('/api/me');
    const seen = [page.location, page.text, me.text, one.cookie('redress'), one.cookie('redress-login')].join('\n');
    const tables = ['session', 'oidc_login', 'oidc_identity'] as const;
    const kept = JSON.stringify(await Promise.all(tables.map((table) => store.db.selectFrom(table).selectAll().execute())));
    for (const token of tokens) expect([seen.includes(token), kept.includes(token)]).toEqual([false, false]);
  });

  test('a person without roles is signed in and may do nothing', async () => {
    const { person, subject } = await member([]);
    const one = browser();
    expect(await signIn(one, subject)).toMatchObject({ status: 302, location: '/' });
    expect(await whoIs(one)).toMatchObject({ person, packs: [] });
    expect((await one.ask('/api/packs/s3-cs19')).status).toBe(404);
  });

  test('by a client without a secret, which PKCE alone protects', async () => {
    const { person, subject } = await member();
    const one = new Browser(withoutSecret.app, OURS);
    expect(await signIn(one, subject)).toMatchObject({ status: 302, location: '/' });
    expect(await whoIs(one)).toMatchObject({ person });
    const asked = await begin(one);
    asked.searchParams.set('code_challenge', newSecret());
    expect(problem(await one.ask((await atProvider(one, asked.href, subject)).back))).toMatchObject({ code: 'oidc-failed' });
  });

  test('two tabs that log in at once both come through', async () => {
    const { person, subject } = await member();
    const one = browser();
    const [first, second] = [await begin(one, '?to=/a'), await begin(one, '?to=/b')];
    const backs = [await atProvider(one, first.href, subject), await atProvider(one, second.href, subject)];
    expect(await one.ask(backs[1]!.back)).toMatchObject({ status: 302, location: '/b' });
    expect(await one.ask(backs[0]!.back)).toMatchObject({ status: 302, location: '/a' });
    expect(await whoIs(one)).toMatchObject({ person });
  });

  test('signing out ends the session here, and says where the provider’s ends', async () => {
    const { subject } = await member();
    const one = browser();
    await signIn(one, subject);
    const { status, text } = await one.ask('/api/oidc/logout', {});
    expect(status).toBe(200);
    expect(await whoIs(one)).toBeUndefined();
    const { location } = JSON.parse(text) as { location: string };
    expect(location).toMatch(new RegExp(`^${provider.settings.issuer}/session/end\\?`));
    expect((await one.ask(location)).status).toBe(200); // the provider's own page asks whether to
    expect(await (await api.as('recordsClerk')).post('/api/oidc/logout', {})).toMatchObject({ status: 403 }); // a token has no session
  });
});

describe('what does not come through', () => {
  test('an unknown identity is told who it is and what to do', async () => {
    const one = browser();
    const subject = `stranger-${randomUUID()}`;
    const answer = problem(await signIn(one, subject));
    expect(answer).toMatchObject({ status: 403, code: 'identity-unknown' });
    expect(answer.detail).toContain(subject);
    expect(answer.detail).toContain('/identities');
    expect(await whoIs(one)).toBeUndefined();
  });

  test('a state that is not ours, or none', async () => {
    const { subject } = await member();
    const one = browser();
    const { back } = await atProvider(one, (await begin(one)).href, subject);
    const forged = new URL(back);
    forged.searchParams.set('state', newSecret());
    expect(problem(await one.ask(forged))).toMatchObject(failed);
    forged.searchParams.delete('state');
    expect(problem(await one.ask(forged))).toMatchObject(failed);
    expect(await whoIs(one)).toBeUndefined();
    expect((await one.ask(back)).status).toBe(302); // the right one is not used up by it
  });

  test('another browser than the one that began; it does not use it up', async () => {
    const { person, subject } = await member();
    const [one, other] = [browser(), browser()];
    const { back } = await atProvider(one, (await begin(one)).href, subject);
    expect(problem(await other.ask(back))).toMatchObject(failed);
    await begin(other); // with a cookie of its own as well
    expect(problem(await other.ask(back))).toMatchObject(failed);
    expect(await whoIs(other)).toBeUndefined();
    await one.ask(back);
    expect(await whoIs(one)).toMatchObject({ person });
  });

  test('the same callback again, five at once: one comes through', async () => {
    const { subject } = await member();
    const one = browser();
    const { back } = await atProvider(one, (await begin(one)).href, subject);
    const answers = await Promise.all(Array.from({ length: 5 }, () => one.ask(back)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([302, 401, 401, 401, 401]);
    // Refused by us: the provider, which would say invalid_grant, was not asked again.
    const refusals = [...answers.filter(({ status }) => status === 401), await one.ask(back)].map(problem);
    for (const refusal of refusals) {
      expect(refusal).toMatchObject(failed);
      expect(refusal.detail).toBeUndefined();
    }
  });

  test('a code that was used, with a new state: the provider refuses it', async () => {
    const { subject } = await member();
    const one = browser();
    const { back } = await atProvider(one, (await begin(one)).href, subject);
    await one.ask(back);
    const again = await begin(one);
    const replayed = new URL(back);
    replayed.searchParams.set('state', again.searchParams.get('state')!);
    expect(problem(await one.ask(replayed))).toMatchObject({ ...failed, detail: expect.stringContaining('invalid_grant') });
  });

  test('a code of somebody else’s login, put into one’s own', async () => {
    const [mine, theirs] = [await member(), await member()];
    const [one, other] = [browser(), browser()];
    const { back } = await atProvider(other, (await begin(other)).href, theirs.subject);
    const { back: own } = await atProvider(one, (await begin(one)).href, mine.subject);
    own.searchParams.set('code', back.searchParams.get('code')!);
    expect(problem(await one.ask(own))).toMatchObject({ ...failed, detail: expect.stringContaining('invalid_grant') });
    expect(await whoIs(one)).toBeUndefined();
  });

  test.each(['nonce', 'code_challenge'])('a %s that is not of this login', async (name) => {
    const { subject } = await member();
    const one = browser();
    const asked = await begin(one);
    asked.searchParams.set(name, newSecret());
    const { back } = await atProvider(one, asked.href, subject);
    expect(back.searchParams.has('code')).toBe(true);
    expect(problem(await one.ask(back))).toMatchObject(failed);
    expect(await whoIs(one)).toBeUndefined();
  });

  test('an answer that says it is another provider’s', async () => {
    const { subject } = await member();
    const one = browser();
    const { back } = await atProvider(one, (await begin(one)).href, subject);
    back.searchParams.set('iss', 'https://login.example.com');
    expect(problem(await one.ask(back))).toMatchObject(failed);
  });

  test('a login after ten minutes; those that have ended are removed', async () => {
    const { subject } = await member();
    const one = browser();
    const asked = await begin(one);
    const { back } = await atProvider(one, asked.href, subject);
    later = 10 * 60_000;
    expect(problem(await one.ask(back))).toMatchObject(failed);
    later += 1_000;
    await begin(one);
    const hash = hashSecret(asked.searchParams.get('state')!);
    expect(await store.db.selectFrom('oidc_login').selectAll().where('state_hash', '=', hash).execute()).toEqual([]);
  });

  test('somebody who declines at the provider', async () => {
    const one = browser();
    const page = await one.go((await begin(one)).href);
    const abort = /href="([^"]+\/abort)"/.exec(page.text)?.[1];
    const back = await one.go(new URL(abort!, page.url), CALLBACK);
    expect(problem(await one.ask(back.location!))).toMatchObject({ ...failed, detail: expect.stringContaining('access_denied') });
  });

  test.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'cases',
    'javascript:alert(1)',
    '/.//evil.example',
    '/x/../api/oidc/login',
    '',
  ])('a way back to %j', async (to) => {
    const { status, text } = await browser().ask(`/api/oidc/login?to=${encodeURIComponent(to)}`);
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ code: 'bad-request', errors: [{ path: 'to' }] });
  });

  test('a provider that does not answer is told from one that refuses', async () => {
    expect(await nobodyThere.anybody.get('/api/oidc/login')).toMatchObject({ status: 503, body: { code: 'oidc-away' } });
  });
});

describe('linking', () => {
  const linkFor = async (person: string): Promise<string> => {
    const secret = newSecret();
    await makeLink(store.db, { hash: hashSecret(secret), person, madeBy: null, at: clock() });
    return secret;
  };

  test('by a one-time link, which is used up when the person comes back', async () => {
    const person = `o-${randomUUID().slice(0, 8)}`;
    await addPerson(store.db, person, '何为');
    const secret = await linkFor(person);
    const one = browser();
    const { status, text } = await one.ask('/api/oidc/login', { secret, to: '/welcome' });
    expect(status).toBe(201);
    const { back } = await atProvider(one, (JSON.parse(text) as { location: string }).location, `new-${person}`);
    expect(await one.ask(back)).toMatchObject({ status: 302, location: '/welcome' });
    expect(await whoIs(one)).toMatchObject({ person });
    const other = browser();
    expect(problem(await other.ask('/api/oidc/login', { secret }))).toMatchObject({ status: 404, code: 'link-used' });
    await signIn(other, `new-${person}`);
    expect(await whoIs(other)).toMatchObject({ person });
    const noted = await store.db.selectFrom('journal').select('body').where('person', '=', person).execute();
    expect(noted.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([{ change: 'identity linked', of: person }]);
    expect(JSON.stringify(noted)).not.toContain(`new-${person}`);
  });

  test('not of an identity that is somebody else’s; the link stays good', async () => {
    const theirs = await member();
    const person = `o-${randomUUID().slice(0, 8)}`;
    await addPerson(store.db, person, '何为');
    const secret = await linkFor(person);
    const one = browser();
    const { text } = await one.ask('/api/oidc/login', { secret });
    const { back } = await atProvider(one, (JSON.parse(text) as { location: string }).location, theirs.subject);
    expect(problem(await one.ask(back))).toMatchObject({ status: 409, code: 'identity-taken' });
    expect(await whoIs(one)).toBeUndefined();
    expect((await one.ask('/api/oidc/login', { secret })).status).toBe(201);
  });

  test('by an administrator, who parts it again: sessions that came of it end at once', async () => {
    const admin = await administrator(api, store.db, 'oidc-admin');
    const person = `o-${randomUUID().slice(0, 8)}`;
    await addPerson(store.db, person, '何为');
    const path = `/api/people/${person}/identities`;
    const body = { issuer: provider.settings.issuer, subject: `by-${person}` };
    expect((await admin.post(path, body)).status).toBe(201);
    expect((await admin.post(path, body)).status).toBe(201); // is so already
    const other = await member();
    expect(await admin.post(`/api/people/${other.person}/identities`, body)).toMatchObject({
      status: 409,
      body: { code: 'identity-taken' },
    });
    expect(await admin.post('/api/people/nobody-at-all/identities', body)).toMatchObject({ status: 404 });
    expect(await admin.post(path, { ...body, issuer: 'https://login.example.com' })).toMatchObject({ status: 400 });
    const one = browser();
    await signIn(one, body.subject);
    expect(await whoIs(one)).toMatchObject({ person });
    const { items } = (await admin.get(path)).body as { items: { id: string }[] };
    expect(items).toMatchObject([{ subject: body.subject, issuer: issuer(), linkedBy: 'oidc-admin' }]);
    const end = (whose: string) => admin.post(`/api/people/${whose}/identities/${items[0]!.id}/end`, {});
    expect((await end(other.person)).status).toBe(404);
    expect((await end(person)).status).toBe(200);
    expect(await whoIs(one)).toBeUndefined();
    expect(problem(await signIn(browser(), body.subject))).toMatchObject({ code: 'identity-unknown' });
    const clerk = await api.as('recordsClerk');
    expect((await clerk.post(path, body)).status).toBe(403);
  });
});

describe('showing again to be there', () => {
  const freshAt = async (person: string): Promise<number[]> => {
    const rows = await store.db
      .selectFrom('session')
      .select('fresh_at')
      .where('person', '=', person)
      .where('ended_at', 'is', null)
      .execute();
    return rows.map(({ fresh_at }) => fresh_at.getTime());
  };

  test('a sign-in whose time the provider does not say is not fresh; a new one is, and ends the session before', async () => {
    const { person, subject } = await member();
    const one = browser();
    await signIn(one, subject);
    expect(await freshAt(person)).toEqual([0]);
    const before = one.cookie('redress')!;
    const silent = await signIn(one, subject);
    expect(silent.asked).toEqual([]); // the provider has a session of its own
    const { status, asked } = await signIn(one, subject, '?fresh=true');
    expect(asked).toContain('login');
    expect(status).toBe(302);
    const [at, ...more] = await freshAt(person);
    expect(more).toEqual([]);
    expect(clock() - at!).toBeLessThan(60_000);
    expect(one.cookie('redress')).not.toBe(before);
    const rows = await store.db.selectFrom('session').select('how').where('person', '=', person).execute();
    expect(new Set(rows.map(({ how }) => how))).toEqual(new Set(['oidc']));
  });

  test('not by somebody else, not by leaving out that one must, not without a session', async () => {
    const [mine, theirs] = [await member(), await member()];
    const one = browser();
    expect((await one.ask('/api/oidc/login?fresh=true')).status).toBe(401);
    await signIn(one, mine.subject);
    expect(problem(await signIn(one, theirs.subject, '?fresh=true'))).toMatchObject({
      ...failed,
      detail: expect.stringContaining('the session'),
    });
    expect(await whoIs(one)).toMatchObject({ person: mine.person });
    const other = browser();
    await signIn(other, mine.subject);
    const asked = await begin(other, '?fresh=true');
    asked.searchParams.delete('max_age');
    asked.searchParams.delete('prompt');
    const silent = await atProvider(other, asked.href, mine.subject);
    expect(silent.asked).toEqual([]); // the provider's own session did
    expect(problem(await other.ask(silent.back))).toMatchObject(failed);
    expect(await freshAt(mine.person)).toEqual([0, 0]);
  });
});
