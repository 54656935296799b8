/** What is changed of people and of labels stands in the journal, or is not changed: there is nothing between the two. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import { hashSecret, newSecret } from '../../api/sign-in/secret.ts';
import { personOf } from '../../api/sign-in/person-of.ts';
import { makeLink } from '../../db/one-time-links.ts';
import { administrator } from './support/administrators.ts';
import { useApi } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { signUp } from './support/people.ts';
import { openRepair } from './support/stories.ts';

const office = useEngine();
const api = useApi(office);
/** As when the process dies just then: whatever was to be noted is not. */
const nothingIsNoted = () => sql`revoke insert on journal from redress_app`.execute(office.owner);
afterEach(() => sql`grant insert on journal to redress_app`.execute(office.owner));

const stateOf = async (person: string) => ({
  name: (await office.db.selectFrom('person').select('name').where('id', '=', person).executeTakeFirst())?.name,
  clearance: (await office.db.selectFrom('person_clearance').select('label').where('person', '=', person).executeTakeFirst())?.label,
  contacts: (await office.db.selectFrom('person_contact').select('person').where('person', '=', person).execute()).length,
  identities: (await office.db.selectFrom('oidc_identity').select('ended_at').where('person', '=', person).where('ended_at', 'is', null).execute()).length,
}); // prettier-ignore

test('people: what cannot be noted is not done, and can be done by the same key afterwards', async () => {
  const root = await administrator(api, office.db, 'root');
  const { person } = await signUp(office.db, `lin-${randomUUID().slice(0, 6)}`, {});
  const added = `new-${person}`;
  const before = await stateOf(person);
  const changes: [url: string, body: object, key: string][] = [
    ['/api/people', { person: added, name: '新人' }, randomUUID()],
    [`/api/people/${person}/name`, { name: '林二' }, randomUUID()],
    [`/api/people/${person}/clearance`, { label: 'secret' }, randomUUID()],
    [`/api/people/${person}/mail`, { mail: 'lin@example.com' }, randomUUID()],
    [`/api/people/${person}/shut-out`, { account: true }, randomUUID()],
  ];
  await nothingIsNoted();
  for (const [url, body, key] of changes) expect((await root.post(url, body, { 'idempotency-key': key })).status, url).toBe(500);
  expect(await stateOf(person)).toEqual(before);
  expect((await stateOf(added)).name).toBeUndefined();
  await sql`grant insert on journal to redress_app`.execute(office.owner);
  await sql`update request_answer set begun_at = now() - interval '2 minutes'`.execute(office.db);
  for (const [url, body, key] of changes) expect((await root.post(url, body, { 'idempotency-key': key })).status, url).toBeLessThan(300);
  expect(await stateOf(person)).toMatchObject({ name: '林二', clearance: 'secret', contacts: 1 });
});

test('an identity is linked by a one-time link with its entry, or the link is still good', async () => {
  const { person } = await signUp(office.db, `gu-${randomUUID().slice(0, 6)}`, {});
  const linkHash = hashSecret(newSecret());
  const at = Date.now();
  await makeLink(office.db, { hash: linkHash, person, madeBy: null, at });
  const identity = { issuer: 'https://id.example/', subject: randomUUID() };
  await nothingIsNoted();
  await expect(personOf(office.db, identity, { linkHash, at })).rejects.toThrow(/permission denied/);
  expect((await stateOf(person)).identities).toBe(0);
  await sql`grant insert on journal to redress_app`.execute(office.owner);
  expect(await personOf(office.db, identity, { linkHash, at })).toBe(person);
  expect((await stateOf(person)).identities).toBe(1);
});

test('a label is raised with its entry, or not at all', async () => {
  const number = await openRepair(api);
  const clerk = await api.as('customerService');
  const label = async () =>
    (await office.db.selectFrom('case_file').select('label').where('number', '=', number).executeTakeFirst())?.label;
  const raise = () => clerk.post(`/api/cases/${number}/labels`, { label: 'secret' });
  const before = await label();
  await nothingIsNoted();
  expect((await raise()).status).toBe(500);
  expect(await label()).toBe(before);
});
