/** Server-sent events over a real connection. */
import type { AddressInfo } from 'node:net';
import { beforeAll, expect, test } from 'vitest';
import { hashSecret, newSecret } from '../../api/sign-in/secret.ts';
import { setRoles } from '../../db/people.ts';
import { startSession } from '../../db/sessions.ts';
import { useApi } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { signUp } from './support/people.ts';
import { openRepair, step, surveyForm } from './support/stories.ts';

const office = useEngine();
const api = useApi(office);
let address: string;
let token: string;
let stranger: string;

beforeAll(async () => {
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  address = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}/api/live`;
  token = (await signUp(office.db, 'follower', { 's3-cs19': ['customerService'] })).token;
  stranger = (await signUp(office.db, 'live-stranger', { 's3-cs19': ['finance'] })).token;
});

interface Told {
  readonly id: string;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** Follows changes; `told` fills as they come. */
async function follow(as: string | undefined, headers: Record<string, string> = {}) {
  const stop = new AbortController();
  const response = await fetch(address, {
    headers: { ...(as === undefined ? {} : { authorization: `Bearer ${as}` }), accept: 'text/event-stream', ...headers },
    signal: stop.signal,
  });
  const told: Told[] = [];
  let text = '';
  let ended = false;
  const reading = (async () => {
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk as Uint8Array).toString('utf8');
      const parts = text.split('\n\n');
      text = parts.pop() ?? '';
      for (const part of parts) {
        const fields = Object.fromEntries(
          part.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
        );
        if (fields['event'] !== undefined)
          told.push({
            id: String(fields['id']),
            event: fields['event'],
            data: JSON.parse(String(fields['data'])) as Record<string, unknown>,
          });
      }
    }
  })()
    .catch(() => undefined)
    .finally(() => (ended = true));
  return { response, told, reading, ended: () => ended, stop: () => stop.abort() };
}

const of = (told: Told[], number: string) => told.filter((t) => t.data['number'] === number).map((t) => Number(t.data['seq']));

test('a change is told as it is recorded, to those who may see it, and again after a break', async () => {
  const first = await follow(token);
  const other = await follow(stranger);
  expect(first.response.headers.get('content-type')).toBe('text/event-stream');
  const number = await openRepair(api);
  await expect.poll(() => of(first.told, number), { timeout: 5_000 }).not.toEqual([]);
  const last = first.told.at(-1);
  first.stop();

  const witness = await follow(token);
  const surveyed = await step(api, number, 'customerService', 'survey', surveyForm);
  await expect.poll(() => of(witness.told, number), { timeout: 5_000 }).toContain(surveyed.body['seq']);
  const back = await follow(token, { 'last-event-id': String(last?.id) });
  await expect.poll(() => of(back.told, number), { timeout: 5_000 }).toContain(surveyed.body['seq']);
  expect(back.told.find((t) => t.data['number'] === number)?.data).toMatchObject({ stage: 'approval', status: 'open', pack: 's3-cs19' });
  expect(other.told).toEqual([]);
  back.stop();
  witness.stop();
  other.stop();
});

test('whose role is taken away hears no more of it from that moment, without waiting for the heartbeat', async () => {
  const { token: theirs } = await signUp(office.db, 'moved', { 's3-cs19': ['customerService'] });
  const [moved, witness] = [await follow(theirs), await follow(token)];
  const number = await openRepair(api);
  await expect.poll(() => of(moved.told, number), { timeout: 5_000 }).not.toEqual([]);
  const before = of(moved.told, number);
  await setRoles(office.db, 'moved', 's3-cs19', [{ role: 'customerService', place: 'estates/elsewhere' }]);
  const { seq } = (await step(api, number, 'customerService', 'survey', surveyForm)).body;
  await expect.poll(() => of(witness.told, number), { timeout: 5_000 }).toContain(seq);
  expect(of(moved.told, number)).toEqual(before);
  moved.stop();
  witness.stop();
});

test('whose session or token ends hears no more of it from that moment, without waiting for the heartbeat', async () => {
  const { token: theirs } = await signUp(office.db, 'leaving', { 's3-cs19': ['customerService'] });
  const secret = newSecret();
  await startSession(office.db, { hash: hashSecret(secret), person: 'leaving', how: 'password', agent: '', at: Date.now() });
  const other = newSecret();
  await startSession(office.db, { hash: hashSecret(other), person: 'leaving', how: 'password', agent: '', at: Date.now() });
  const by = (one: string) => ({ cookie: `redress=${one}` });
  const [left, stays, program] = [await follow(undefined, by(secret)), await follow(undefined, by(other)), await follow(theirs)];
  const headers = { cookie: `redress=${secret}`, origin: 'http://127.0.0.1:8080' };
  const out = await api.app.inject({ method: 'POST', url: '/api/sessions/current/end', headers });
  expect(out.statusCode).toBe(200);
  await expect.poll(left.ended, { timeout: 3_000 }).toBe(true);
  expect([stays.ended(), program.ended()]).toEqual([false, false]);
  await office.db.updateTable('api_token').set({ ended_at: new Date() }).where('person', '=', 'leaving').execute();
  await expect.poll(program.ended, { timeout: 3_000 }).toBe(true);
  expect(stays.ended()).toBe(false);
  stays.stop();
});

test('a stream has the headers of every answer', async () => {
  const one = await follow(token);
  const plain = await api.app.inject({ url: '/api/me', headers: { authorization: `Bearer ${token}` } });
  for (const name of ['x-content-type-options', 'x-frame-options', 'referrer-policy', 'content-security-policy', 'cache-control']) {
    expect(plain.headers[name], name).toBeDefined();
    expect(one.response.headers.get(name), name).toBe(plain.headers[name]);
  }
  expect(one.response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  one.stop();
});

test('a stream needs a client that reads one', async () => {
  const answer = await api.app.inject({
    method: 'GET',
    url: '/api/live',
    headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
  });
  expect(answer.statusCode).toBe(406);
  expect(answer.json()).toMatchObject({ code: 'not-acceptable' });
});

test('closing the app ends every stream, and fast', async () => {
  const open = await follow(token);
  const begun = Date.now();
  await api.app.close();
  await open.reading;
  expect(open.ended()).toBe(true);
  expect(Date.now() - begun).toBeLessThan(5_000);
});
