/**
 * Who may see and do what: every line of api/access crossed with every kind of caller, each cell asked of the running application and held
 * against what the procedures say. A route without a line in test/api/matrix is no TypeScript.
 */
import { beforeAll, expect, test } from 'vitest';
import { access, type Route } from '../../api/access.ts';
import { relations } from '../../api/access/relation.ts';
import type { Rule } from '../../api/access/rule.ts';
import type { Ask } from './matrix/ask.ts';
import { asks } from './matrix/asks.ts';
import { same, signIn, type Asking, type Got } from './matrix/asking.ts';
import { everythingKept } from './matrix/engine.ts';
import { follow } from './matrix/following.ts';
import { rights, seesCase, seesOther } from './matrix/rights.ts';
import { seed, type Things } from './matrix/seed.ts';
import { everybody, isAdministrator, type Who } from './matrix/who.ts';
import { useApi } from './support/api.ts';
import { useEngine } from './support/engine.ts';

const office = useEngine();
const api = useApi(office, { publicCasesPerHour: 1_000 });
const routes = Object.keys(access) as Route[];
const exercised = new Set<string>();

let things: Things;
let asking: ReadonlyMap<Who, Asking>;

beforeAll(async () => {
  things = await seed(api, office);
  const made = await Promise.all(everybody.map(async (who, i) => [who, await signIn(api.app, office.db, office.owner, who, i)] as const));
  asking = new Map(made);
}, 120_000);

/** What the answer must be: its status, or `through` when nothing stands in the way. */
function expected(route: Route, ask: Ask, who: Who): number | 'through' {
  const [caller, ...depends] = access[route] as Rule;
  if (caller === 'loopback') return who.fromHere ? 'through' : 403;
  if (caller !== 'public') {
    if (who.by === 'none') return 401;
    const scope = caller === 'administrator' ? 'administer' : route.startsWith('GET') ? 'read' : 'act';
    if (who.scopes !== undefined && !who.scopes.includes(scope)) return 403;
    if (caller === 'administrator' && !isAdministrator(who)) return 403;
  }
  for (const one of depends) {
    const may = ask.may?.[one] ?? rights[one];
    if (may === undefined) throw new Error(`Who has the right "${one}" at ${route}? Say so in matrix/rights.ts or where it is asked.`);
    if (!may(who)) return relations[one].lacking === 'absent' ? 404 : 403;
  }
  return 'through';
}

/** Nothing of a case to whom it does not concern, whatever the answer is: its words to nobody, its number to administrators alone. */
function leaks(who: Who, got: Got): string[] {
  const { number, words, other, otherWords, session, token } = things;
  const shown = same(got);
  const unseen = [
    ...[session, token],
    ...(seesCase(who) ? [] : [...words, ...(isAdministrator(who) ? [] : [number])]),
    ...(seesOther(who) ? [] : [...otherWords, ...(isAdministrator(who) ? [] : [other])]),
  ];
  return unseen.filter((word) => shown.includes(word));
}

async function cell(route: Route, who: Who): Promise<string[]> {
  const ask = asks[route];
  const [method = ''] = route.split(' ');
  const { send, headers } = asking.get(who)!;
  const want = expected(route, ask, who);
  const body = ask.bodyOf === undefined ? ask.body : ask.bodyOf(things, want === 'through');
  const open = route === 'GET /api/live' && want === 'through';
  const got = open ? await follow(api.app, headers, ask) : await send(method, ask.url(things), ask, body);
  const faults = leaks(who, got).map((word) => `shows ${word}`);
  if (want === 'through') {
    if (!ask.through.includes(got.status) && !ask.through.includes(got.code)) faults.push(`want ${ask.through.join(' or ')}: ${say(got)}`);
    const shows = ask.shows?.(things);
    const { showsBy = 'case' } = ask;
    const seen = (typeof showsBy === 'string' ? rights[showsBy] : showsBy)?.(who) === true;
    if (shows !== undefined && got.text.includes(shows) !== seen) faults.push(`${seen ? 'lacks' : 'shows'} ${shows}`);
  } else {
    if (got.status !== want) faults.push(`want ${want}: ${say(got)}`);
    if (ask.absent !== undefined && want === 404) {
      const none = await send(method, ask.absent(things), ask, body);
      if (same(none) !== same(got)) faults.push(`differs from what is absent: ${same(got)} / ${same(none)}`);
    }
  }
  exercised.add(`${route} | ${who.name}`);
  return faults.map((fault) => `${who.name}: ${fault}`);
}

const say = ({ status, code, text }: Got): string => `${status} ${code} ${code === '' ? '' : text.slice(0, 300)}`;

test.each(routes)('%s', async (route) => {
  const faults: string[] = [];
  // A case takes few at once.
  const atOnce = route.startsWith('POST /api/cases/:number') ? 3 : everybody.length;
  for (let i = 0; i < everybody.length; i += atOnce)
    faults.push(...(await Promise.all(everybody.slice(i, i + atOnce).map((who) => cell(route, who)))).flat());
  expect(faults).toEqual([]);
});

test('every cell was asked', () => {
  expect(exercised.size).toBe(routes.length * everybody.length);
  expect(exercised.size).toBeGreaterThan(10_000);
});

test('who holds the link and the end of the telephone sees the state of that one case, and nothing that was written down inside', async () => {
  const { number, words } = things;
  const clerk = asking.get(everybody.find(({ name }) => name === 's3-cs19.recordsClerk')!)!;
  const made = await clerk.send('POST', `/api/cases/${number}/tracking-link`, asks['POST /api/cases/:number/tracking-link'], {});
  const { secret } = JSON.parse(made.text) as { secret: string };
  const enter = (tail: string) => api.anybody.post('/api/public/tracking', { secret, tail });
  const [right, wrong, none] = [await enter('2222'), await enter('1111'), await api.anybody.post('/api/public/tracking', { secret: 'x'.repeat(43), tail: '2222' })]; // prettier-ignore
  expect(right.status).toBe(200);
  expect(right.text).toContain(number);
  for (const word of words) expect(right.text).not.toContain(word);
  const said = ({ text, status }: { text: string; status: number }) => same({ text, status, code: 'not-found' });
  expect([wrong.status, said(wrong)]).toEqual([404, said(none)]);
});

test('operators of the engine see of a case what decides in it: no word of the customer in its details, attributes, memo or history', async () => {
  for (const [number, words] of [
    [things.number, things.words],
    [things.other, things.otherWords],
  ] as const) {
    // prettier-ignore
    const kept = await everythingKept(office.client, number);
    expect(kept).toContain(number);
    for (const word of words) expect(kept).not.toContain(word);
  }
});

test('nothing was changed by all that asking: other people’s sessions, tokens and notices are as they were', async () => {
  const { session, token, number } = things;
  const alive = { session: office.owner.selectFrom('session').select('ended_at').where('id', '=', session) };
  expect(await alive.session.executeTakeFirstOrThrow()).toEqual({ ended_at: null });
  expect(await office.owner.selectFrom('api_token').select('ended_at').where('id', '=', token).executeTakeFirstOrThrow()).toEqual({
    ended_at: null,
  });
  const { status } = await office.owner.selectFrom('case_file').select('status').where('number', '=', number).executeTakeFirstOrThrow();
  expect(status).toBe('open');
});
