/** The document describes every route, completely and without dangling references. */
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { expect, test } from 'vitest';
import { access, type Route } from '../../api/access.ts';
import { useStore } from '../store/support/store.ts';
import { useApi } from './support/api.ts';
import { scriptedDesk } from './support/desk.ts';

const store = useStore();
const api = useApi({
  get db() {
    return store.db;
  },
  get url() {
    return store.url;
  },
  desk: scriptedDesk(),
});

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: string[];
  readonly security?: unknown[];
  readonly parameters?: { in: string; name: string }[];
  readonly responses: Record<string, { description?: string; content?: Record<string, unknown> }>;
}

interface Body {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: { readonly properties?: object } }>> };
}

async function operations(): Promise<[string, Operation][]> {
  const { body } = await api.anybody.get('/api/openapi.json');
  expect(body['openapi']).toMatch(/^3\.1/);
  const paths = body['paths'] as Record<string, Record<string, Operation>>;
  return Object.entries(paths).flatMap(([path, of]) =>
    Object.entries(of).map(([method, op]): [string, Operation] => [`${method.toUpperCase()} ${path}`, op]),
  );
}

test('every route of the access table is described, and no other', async () => {
  const described = (await operations()).map(([route]) => route.replaceAll(/\{(\w+)\}/g, ':$1')).toSorted();
  const routes = Object.keys(access)
    .filter((route) => !/openapi|docs/.test(route))
    .toSorted();
  expect(described).toEqual(routes);
});

test('each has summary, operationId, tag, security, and problems of its own', async () => {
  const all = await operations();
  for (const [route, op] of all) {
    expect(op.summary, route).toBeTruthy();
    expect(op.tags, route).toHaveLength(1);
    expect(op.security, route).toEqual(
      access[route.replaceAll(/\{(\w+)\}/g, ':$1') as Route][0] === 'public' || route === 'GET /metrics'
        ? []
        : [{ token: [] }, { session: [] }],
    );
    const problems = Object.entries(op.responses).filter(([, r]) => r.content?.['application/problem+json'] !== undefined);
    expect(
      problems.map(([status]) => status),
      route,
    ).toContain('500');
    for (const response of Object.values(op.responses)) expect(response.description, route).toBeTruthy();
  }
  const ids = all.map(([, op]) => op.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).not.toContain(undefined);
});

/** What is told once is not told again for the same key: a secret. Ending what has ended changes nothing, nor does reading by a secret. */
const WITHOUT_KEY = /^POST \/api\/((sessions|password|one-time-links|tokens|oidc\/login)\b|public\/tracking$)/;

test('no secret travels in an address, but what the provider sends back', async () => {
  const named = (await operations()).flatMap(([route, { parameters = [] }]) =>
    parameters.filter((one) => one.in === 'path' || one.in === 'query').map(({ name }) => `${route} ${name}`),
  );
  expect(named.length).toBeGreaterThan(100);
  const secret = /secret|password|token|tail|telephone|mail|\bcode$|\bstate$/i;
  expect(named.filter((one) => secret.test(one.split(' ')[2]!))).toEqual(['GET /api/oidc/callback state', 'GET /api/oidc/callback code']);
});

test('what signs in or sets a password asks for no hint and no secret question', async () => {
  const { body } = await api.anybody.get('/api/openapi.json');
  const fields = new Map<string, string[]>();
  for (const [path, { post }] of Object.entries(body['paths'] as Record<string, { post?: Body }>)) {
    const schema = post?.requestBody?.content['application/json']?.schema;
    if (/password|session|one-time-link/.test(path) && schema !== undefined) fields.set(path, Object.keys(schema.properties ?? {}));
  }
  expect(Object.fromEntries(fields)).toEqual({
    '/api/one-time-links/use': ['secret', 'password'],
    '/api/password': ['old', 'new', 'keepTokens'],
    '/api/sessions': ['person', 'password'],
    '/api/sessions/fresh': ['password'],
  });
});

test('every POST that changes something names the Idempotency-Key', async () => {
  const posts = (await operations()).filter(
    ([route]) => route.startsWith('POST') && !route.endsWith('/preview') && !WITHOUT_KEY.test(route),
  );
  expect(posts.length).toBeGreaterThan(6);
  for (const [route, op] of posts)
    expect(
      op.parameters?.map((p) => `${p.in} ${p.name}`),
      route,
    ).toContain('header idempotency-key');
});

test('references lead somewhere and no component is left over', async () => {
  const { body, text } = await api.anybody.get('/api/openapi.json');
  const schemas = Object.keys((body['components'] as { schemas: object }).schemas);
  const referred = new Set([...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map((m) => m[1] ?? ''));
  expect([...referred].toSorted()).toEqual(schemas.toSorted());
  expect(schemas).toContain('Problem');
});

test('its pages come from this server alone', async () => {
  const page = await api.anybody.get('/api/docs/');
  expect(page.status).toBe(200);
  expect(page.text).not.toMatch(/(src|href)="(https?:)?\/\//);
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  const scripts = [...page.text.matchAll(/src="\.?\/?([^"]+)"/g)].map((m) => m[1] ?? '');
  expect(scripts.length).toBeGreaterThan(0);
  for (const script of scripts) expect((await api.anybody.get(new URL(script, 'http://h/api/docs/').pathname)).status).toBe(200);
});

test('a linter of OpenAPI documents finds nothing in it, and something in a broken one', async () => {
  const { text } = await api.anybody.get('/api/openapi.json');
  // A route that sends the browser on has no 2xx; every other one has.
  const config = await createConfig({ extends: ['recommended'], rules: { 'operation-2xx-response': 'off' } });
  const all = await operations();
  expect(
    all.filter(([, { responses }]) => !Object.keys(responses).some((status) => status.startsWith('2'))).map(([route]) => route),
  ).toEqual(['GET /api/oidc/login', 'GET /api/oidc/callback']);
  const found = async (source: string) => (await lintFromString({ source, config })).map(({ ruleId, message }) => `${ruleId}: ${message}`);
  expect(await found(text)).toEqual([]);
  expect(await found(text.replaceAll('"operationId":"listCases"', '"operationId":"listEvents"'))).not.toEqual([]);
});
