/** What the log says of sign-ins and refusals: each by name, who, whence and how; no secret in any line, and no line of somebody else's making. */
import { beforeEach, expect, test } from 'vitest';
import { makeLink } from '../../db/one-time-links.ts';
import { addPerson } from '../../db/people.ts';
import { hashSecret, newSecret } from '../../api/sign-in/secret.ts';
import { useStore } from '../store/support/store.ts';
import { useApi } from './support/api.ts';
import { scriptedDesk } from './support/desk.ts';

const ORIGIN = 'http://127.0.0.1:8080';
const PASSWORD = 'tQ8#mLw2vR-9';
const lines: string[] = [];
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
  { log: { write: (line) => void lines.push(line) }, requestsPerMinute: 40 },
);
beforeEach(() => {
  lines.length = 0;
});

interface Line {
  readonly [name: string]: unknown;
}
const events = (): Line[] => lines.map((line) => JSON.parse(line) as Line).filter(({ security }) => security !== undefined);

async function signedUp(person: string): Promise<{ cookie: string; secret: string }> {
  await addPerson(store.db, person, '林一方');
  const secret = newSecret();
  await makeLink(store.db, { hash: hashSecret(secret), person, madeBy: null, at: Date.now() });
  const answer = await api.anybody.post('/api/one-time-links/use', { secret, password: PASSWORD });
  expect(answer.status).toBe(201);
  return { cookie: String(answer.headers['set-cookie']).split(';')[0]!, secret };
}

test('signing in, failing to, signing out, tokens: by name, with person, address and way; no secret in any line', async () => {
  const { cookie, secret } = await signedUp('lin.yf');
  await api.anybody.post('/api/sessions', { person: 'lin.yf', password: 'wrong-one-9' });
  await api.anybody.post('/api/sessions', { person: 'hunter2-hunter2', password: 'wrong-one-9' }); // a password in the wrong field
  const signedIn = await api.anybody.post('/api/sessions', { person: 'lin.yf', password: PASSWORD });
  const fresh = { cookie: String(signedIn.headers['set-cookie']).split(';')[0]!, origin: ORIGIN };
  const made = await api.anybody.post('/api/tokens', { name: 'mine', scopes: ['read'], days: 9 }, fresh);
  const token = made.body['secret'] as string;
  await api.anybody.get('/api/me', { authorization: `Bearer ${token}` });
  await api.anybody.post('/api/sessions/current/end', undefined, { cookie, origin: ORIGIN });
  expect(events().map(({ security, person }) => [security, person])).toEqual([
    ['password-set', 'lin.yf'],
    ['signed-in', 'lin.yf'],
    ['wrong-password', 'lin.yf'],
    ['sign-in-failed', undefined],
    ['wrong-password', undefined],
    ['sign-in-failed', undefined],
    ['signed-in', 'lin.yf'],
    ['token-made', 'lin.yf'],
    ['signed-out', 'lin.yf'],
  ]);
  for (const event of events())
    expect(event).toMatchObject({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      reqId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      address: '127.0.0.1',
      method: 'POST',
      route: expect.stringMatching(/^\/api\//),
    });
  expect(events()[1]).toMatchObject({ how: 'link', level: 30 });
  const all = lines.join('');
  for (const never of [PASSWORD, 'wrong-one-9', 'hunter2', secret, cookie.split('=')[1]!, token, '林一方'])
    expect(all).not.toContain(never);
});

test('what may be somebody trying what they may not is logged as refused, with who it was', async () => {
  const { cookie } = await signedUp('gu.mn');
  const clerk = await api.as('recordsClerk');
  lines.length = 0;
  await api.anybody.get('/api/cases');
  await clerk.get('/api/people');
  await api.anybody.post('/api/sessions/current/end', undefined, { cookie, origin: 'https://evil.example' });
  await clerk.post('/api/cases', '{"__proto__":{}}');
  for (let i = 0; i < 45; i += 1) await clerk.get('/api/me');
  const refused = events();
  expect(refused.map(({ security, person }) => `${String(security)} ${String(person)}`)).toEqual([
    'not-signed-in undefined',
    'not-allowed recordsClerk',
    'foreign-origin undefined',
    'bad-json recordsClerk',
    ...Array<string>(6).fill('too-many-requests recordsClerk'),
  ]);
  expect(refused.every(({ level }) => level === 40)).toBe(true);
});

test('what a caller sends makes no line of its own, and what is sought stands in none', async () => {
  const evil = 'x\r\n{"level":30,"security":"signed-in","person":"generalManager"}\u2028';
  await api.app.inject({
    method: 'GET',
    url: `/api/cases/${encodeURIComponent(evil)}?q=${encodeURIComponent('王小明 13800001234')}`,
    headers: { 'user-agent': 'a\tb', 'x-forwarded-for': '1.2.3.4' },
  });
  await api.anybody.post('/api/sessions', { person: evil, password: evil });
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) expect(line.trimEnd().split(/[\r\n]/)).toHaveLength(1);
  expect(events().map(({ security }) => security)).toEqual(['not-signed-in']);
  const all = lines.join('');
  expect(all).not.toContain('王小明');
  expect(all).not.toContain('13800001234');
  expect(all).not.toContain('1.2.3.4');
});
