/** The typed client against the real routes: its types come from the committed document, so that a change of routes shows here. */
import { expect, test } from 'vitest';
import { ApiProblem, redressClient } from '../../client/client.ts';
import { useStore } from '../store/support/store.ts';
import { useApi } from './support/api.ts';
import { scriptedDesk } from './support/desk.ts';
import { signUp } from './support/people.ts';

const store = useStore();
const desk = scriptedDesk();
const api = useApi({
  get db() {
    return store.db;
  },
  get url() {
    return store.url;
  },
  desk,
});

/** The client speaks to the app itself, without a socket. */
const through = async (input: Request | URL | string): Promise<Response> => {
  const request = input as Request;
  const url = new URL(request.url);
  const { statusCode, headers, body } = await api.app.inject({
    method: request.method as 'GET' | 'POST',
    url: `${url.pathname}${url.search}`,
    headers: Object.fromEntries(request.headers),
    ...(request.method === 'GET' ? {} : { payload: await request.text() }),
  });
  const kept = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  return new Response(body, { status: statusCode, headers: kept });
};
const client = (token?: string) =>
  redressClient({ baseUrl: 'http://redress.test', fetch: through, ...(token === undefined ? {} : { token }) });

test('a signed-in person lists cases and opens one, each POST under a key of its own', async () => {
  const { token } = await signUp(store.db, 'client-clerk', { 's3-cs19': ['recordsClerk'] });
  const { data } = await client(token).GET('/api/cases', { params: { query: { limit: 5 } } });
  expect(data).toEqual({ items: [], next: null });
  const body = { pack: 's3-cs19', kind: 'repair', form: { channel: 'hotline' } };
  await client(token).POST('/api/cases', { body });
  await client(token).POST('/api/cases', { body });
  expect(desk.said).toHaveLength(2);
  expect(desk.said[0]).toMatchObject({ kind: 'repair', form: { channel: 'hotline' } });
  expect(desk.said[0]?.key).not.toBe(desk.said[1]?.key);
});

test('what is not 2xx is thrown with its problem', async () => {
  const refused = await client()
    .GET('/api/cases')
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ApiProblem);
  expect(refused).toMatchObject({ status: 401, problem: { code: 'not-signed-in' } });
});
