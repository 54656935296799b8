/**
 * Every route that reads, asked for what somebody may not see: word for word the answer is that for what is not there, and no list holds anything of it. Asked by
 * whoever holds the role elsewhere, whoever reads below the label, and whoever has only contributed or is of another trade; before the label is raised, and after.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { access, type Route } from '../../api/access.ts';
import type { Rule } from '../../api/access/rule.ts';
import { asks } from './matrix/asks.ts';
import { same, signIn, type Asking, type Got } from './matrix/asking.ts';
import { follow } from './matrix/following.ts';
import { seed, type Things } from './matrix/seed.ts';
import type { Who } from './matrix/who.ts';
import { useApi } from './support/api.ts';
import { useEngine } from './support/engine.ts';

const office = useEngine();
const api = useApi(office);
/** What reads and is neither everybody's nor the installation's. */
const routes = (Object.keys(access) as Route[]).filter((route) => route.startsWith('GET') && (access[route] as Rule)[0] === 'signed-in');

const token = (name: string, packs: Who['packs']): Who => ({ name, packs, by: 'token' });
const cleared = token('cleared', { 's3-cs19': ['generalManager'], 's0-ts16949': ['generalManager'], 's1-outlet': ['generalManager'] });
const below = token('below', { 's3-cs19': ['recordsClerk'], 's0-ts16949': ['marketingRecorder'], 's1-outlet': ['dispatcher'] });
const contributor = token('opener', { 's3-cs19': ['humanResources'] });
const technician = token('technician', { 's3-std': ['technician'] });
const elsewhere = token('other-place', { 's3-cs19': ['customerService', 'finance'] });

let things: Things;
let none: Things;
const asking = new Map<Who, Asking>();

beforeAll(async () => {
  things = await seed(api, office);
  none = { ...things, number: things.absent, customer: 'KH-none', contact: 'LX-2026-99999', outlet: 'WD-none', file: '0'.repeat(64) };
  const all = [cleared, below, contributor, technician, elsewhere];
  for (const [i, who] of all.entries()) asking.set(who, await signIn(api.app, office.db, office.owner, who, i));
}, 120_000);

/** Their own request and drafts stay theirs. */
const isOwn = (route: Route): boolean => (access[route] as Rule).some((one) => one === 'own' || one === 'own-rows');

async function ask(route: Route, who: Who, url: string): Promise<Got> {
  const { send, headers } = asking.get(who)!;
  return route === 'GET /api/live' ? follow(api.app, headers, asks[route]) : send('GET', url, asks[route], undefined);
}

/** Ids apart, which whoever asks has written themselves. */
const bare = (got: Got, of: Things): string =>
  [of.number, of.customer, of.contact, of.outlet, of.file].reduce((text, id) => text.replaceAll(id, 'X'), `${got.status} ${same(got)}`);

/** What tells of the seeded things, by themselves. */
const tells = (): string[] => [things.number, things.other, ...things.words, ...things.otherWords, things.customer, '某客户', things.contact, things.outlet, '某网点']; // prettier-ignore

/** Faults of one route for one reader to whom nothing of what is seeded is there. */
async function unseen(route: Route, who: Who): Promise<string[]> {
  if (isOwn(route)) return [];
  const one = asks[route];
  const got = await ask(route, who, one.url(things));
  const url = one.url(none) === one.url(things) ? one.absent?.(things) : one.url(none);
  const shown = tells().filter((word) => !one.url(things).includes(word) && got.text.includes(word));
  const faults = shown.map((word) => `${who.name} is shown ${word}`);
  const [, ...depends] = access[route] as Rule;
  const names =
    depends.some((each) => each === 'case' || each === 'file') || (depends.includes('register') && one.url(none) !== one.url(things));
  if (!names || url === undefined) return faults;
  const other = await ask(route, who, url);
  if (got.status !== 404) faults.push(`${who.name}: ${got.status}, not 404`);
  if (bare(got, things) !== bare(other, none)) faults.push(`${who.name}: ${bare(got, things)} differs from ${bare(other, none)}`);
  return faults;
}

describe('before the label is raised', () => {
  test('whoever reads below it, and whoever has contributed, is shown what is asked for: the routes are asked rightly', async () => {
    const got = await Promise.all(routes.filter((route) => (access[route] as Rule).includes('case') && !isOwn(route)).map(async (route) => [route, (await ask(route, below, asks[route].url(things))).status, (await ask(route, contributor, asks[route].url(things))).status])); // prettier-ignore
    expect(got.filter(([, first, second]) => first !== 200 || second !== 200)).toEqual([]);
    expect(got.length).toBeGreaterThan(15);
  });

  test.each(routes)('%s: nothing for whoever holds the role elsewhere or is of another trade', async (route) => {
    // An entry that names no place is everybody's who may read the register, wherever they hold the role.
    const ofRegister = (access[route] as Rule).some((one) => one === 'register');
    expect(ofRegister ? [] : await unseen(route, elsewhere).then((faults) => faults.filter((one) => !one.includes('某客户') && !one.includes(things.customer)))).toEqual([]); // prettier-ignore
    if (!ofRegister) expect(await unseen(route, technician)).toEqual([]);
  });
});

describe('once it is raised', () => {
  beforeAll(async () => {
    await office.owner.updateTable('case_file').set({ label: 'secret' }).execute();
    await office.owner.updateTable('entry').set({ label: 'secret' }).execute();
  });

  test.each(routes)(
    '%s: nothing for whoever reads below it, has contributed, holds the role elsewhere, or is of another trade',
    async (route) => {
      for (const who of [below, contributor, elsewhere, technician]) expect(await unseen(route, who)).toEqual([]);
    },
  );

  test('whoever is cleared is shown it as before', async () => {
    const statuses = await Promise.all(routes.filter((route) => (access[route] as Rule).some((one) => one === 'case' || one === 'register') && !isOwn(route)).map(async (route) => [route, (await ask(route, cleared, asks[route].url(things))).status])); // prettier-ignore
    expect(statuses.filter(([route, status]) => status !== 200 && !String(route).includes('opening'))).toEqual([]);
  });
});
