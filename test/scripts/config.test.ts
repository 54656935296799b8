import { expect, test } from 'vitest';
import { loadConfig, requireDatabaseUrl } from '../../temporal.config.ts';

test('an empty environment gives the defaults, frozen all the way down', () => {
  const config = loadConfig({});
  expect(config.temporal).toMatchObject({ address: '127.0.0.1:7233', namespace: 'default' });
  expect(config.api).toEqual({ host: '127.0.0.1', port: 8080 });
  expect(config.messageCap).toBe(1000);
  expect(Object.isFrozen(config.worker)).toBe(true);
});

test('an empty variable counts as not set', () => {
  expect(loadConfig({ REDRESS_API_PORT: '' }).api.port).toBe(8080);
});

test.each([
  ['REDRESS_API_PORT', 'http', 'a port from 1 to 65535'],
  ['REDRESS_API_PORT', '70000', 'a port from 1 to 65535'],
  ['REDRESS_DEMO', 'maybe', 'true or false'],
  ['REDRESS_SHUTDOWN_GRACE', '20', 'seconds such as 20s'],
  ['REDRESS_MESSAGE_CAP', '1001', 'at most 1000'],
  ['REDRESS_LOG_LEVEL', 'loud', 'trace, debug'],
])('%s=%s is refused with one sentence that names it', (name, value, right) => {
  expect(() => loadConfig({ [name]: value })).toThrow(new RegExp(`^${name} is not right: it must .*${right}`));
});

test('a bad database address is refused without showing it', () => {
  expect(() => loadConfig({ DATABASE_URL: 'mysql://user:secret@host/x' })).toThrow(/^DATABASE_URL is not right(?!.*secret)/);
});

test('a provider is asked for by https, but on this machine; its client has an id', () => {
  const at = (issuer: string) => loadConfig({ REDRESS_OIDC_ISSUER: issuer, REDRESS_OIDC_CLIENT_ID: 'redress' }).oidc;
  expect(loadConfig({}).oidc).toBeUndefined();
  expect(at('https://login.example.com/realms/one')).toMatchObject({ clientId: 'redress', scopes: 'openid', secretFile: undefined });
  expect(at('http://127.0.0.1:4000')).toBeDefined();
  for (const bad of ['http://login.example.com', 'http://127.0.0.1.example.com', 'http://localhost.example.com'])
    expect(() => at(bad)).toThrow(/^REDRESS_OIDC_ISSUER is not right: it must start with https/);
  expect(() => loadConfig({ REDRESS_OIDC_ISSUER: 'https://login.example.com' })).toThrow(/^REDRESS_OIDC_CLIENT_ID is not set/);
  expect(() => loadConfig({ REDRESS_OIDC_SCOPES: 'profile' })).toThrow(/^REDRESS_OIDC_SCOPES is not right: it must be scopes/);
});

test('beyond this machine the public address is one of https', () => {
  const urlOf = (REDRESS_API_HOST: string, REDRESS_PUBLIC_URL?: string) => loadConfig({ REDRESS_API_HOST, REDRESS_PUBLIC_URL }).publicUrl;
  expect(urlOf('127.0.0.1')).toBe('http://127.0.0.1:8080');
  expect(urlOf('localhost', 'http://cases.example.com')).toBe('http://cases.example.com'); // whoever stands in front is on this machine
  expect(urlOf('0.0.0.0', 'https://cases.example.com')).toBe('https://cases.example.com');
  expect(urlOf('0.0.0.0', 'http://localhost:8080')).toBe('http://localhost:8080'); // pages of another origin cannot sign in
  for (const [host, url] of [
    ['0.0.0.0'],
    ['10.0.0.5'],
    ['::', 'http://cases.example.com'],
    ['0.0.0.0', 'http://127.0.0.1.example.com'],
  ] as const)
    expect(() => urlOf(host, url)).toThrow(/^REDRESS_PUBLIC_URL is not right: it must start with https/);
});

test('a missing database address is an error only for whoever needs it', () => {
  expect(() => requireDatabaseUrl(loadConfig({}))).toThrow(/DATABASE_URL is not set/);
});
