/** Lists by keyset: every row once, in order, whatever the page's size; ties and absent dues included. */
import { beforeAll, expect, test } from 'vitest';
import { useStore } from '../store/support/store.ts';
import { useApi, type Caller } from './support/api.ts';
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
const DAY = 86_400_000;
const number = (i: number): string => `CS19-2026-${String(i).padStart(6, '0')}`;

beforeAll(async () => {
  const rows = Array.from({ length: 25 }, (_, i) => ({
    number: number(i),
    pack_id: i === 24 ? 'another-pack' : 's3-cs19',
    pack_version: '1',
    pack_hash: 'h',
    kind: i % 2 ? 'repair' : 'other',
    severity: 'ordinary',
    stage: 'survey',
    status: i < 20 ? ('open' as const) : ('closed' as const),
    round: 1,
    opened_at: new Date(DAY * Math.floor(i / 4)),
    next_due_at: i % 5 === 0 || i >= 20 ? null : new Date(Date.now() + DAY * (Math.floor(i / 7) - 0.5)),
    breaches: 0,
    escalations: i === 3 ? 1 : 0,
    seq: 1,
    head_hash: '',
    state: '{"tasks":{}}',
  }));
  await store.db.insertInto('case_file').values(rows).execute();
  const tasks = rows.slice(0, 20).map((r, i) => ({
    case_number: r.number,
    task_id: 'survey#1',
    step: 'survey',
    roles: ['customerService'],
    round: 1,
    optional: i === 7,
    escalation: false,
    status: 'open' as const,
    holder: i === 8 ? 'somebody' : null,
    due_at: r.next_due_at,
    breached: false,
    opened_at: r.opened_at,
  }));
  await store.db.insertInto('task').values(tasks).execute();
});

async function walk(who: Caller, address: string, limit: number): Promise<Record<string, any>[]> {
  const all: Record<string, any>[] = [];
  for (let next: string | null = ''; next !== null;) {
    const { status, body, text } = await who.get(
      `${address}${address.includes('?') ? '&' : '?'}limit=${limit}${next === '' ? '' : `&cursor=${next}`}`,
    );
    if (status !== 200) throw new Error(text);
    all.push(...(body['items'] as Record<string, any>[]));
    next = body['next'] as string | null;
    if (all.length > 100) throw new Error('does not end');
  }
  return all;
}

const byDue = (a: Record<string, any>, b: Record<string, any>): number =>
  String(a['nextDueAt'] ?? a['dueAt'] ?? '9999').localeCompare(String(b['nextDueAt'] ?? b['dueAt'] ?? '9999')) ||
  String(a['number'] ?? a['case']).localeCompare(String(b['number'] ?? b['case']));

test.each([1, 3, 7, 19, 20, 100])('open cases by due, %d a page', async (limit) => {
  const items = await walk(await api.as('customerService'), '/api/cases', limit);
  expect(items.map((c) => String(c['number'])).toSorted()).toEqual(Array.from({ length: 20 }, (_, i) => number(i)));
  expect(items).toEqual(items.toSorted(byDue));
});

test.each([1, 4, 24])('all cases by opening, newest first, %d a page', async (limit) => {
  const items = await walk(await api.as('customerService'), '/api/cases?status=all&sort=opened', limit);
  expect(items.map((c) => c['number'])).toEqual(Array.from({ length: 24 }, (_, i) => number(23 - i)));
});

test('filters hold on every page', async () => {
  const who = await api.as('customerService');
  const repairs = await walk(who, '/api/cases?kind=repair', 2);
  expect(repairs.map((c) => c['kind'])).toEqual(Array.from({ length: 10 }, () => 'repair'));
  expect((await walk(who, '/api/cases?escalated=true', 2)).map((c) => c['number'])).toEqual([number(3)]);
  expect(await walk(who, '/api/cases?status=closed', 2)).toHaveLength(4);
  expect((await walk(who, '/api/cases?overdue=true', 2)).map((c) => c['number'])).toEqual([1, 2, 3, 4, 6].map(number));
  expect(await walk(who, '/api/cases?mine=true', 5)).toHaveLength(18);
  expect(await walk(who, '/api/cases?q=CS19-2026-00001', 3)).toHaveLength(10);
});

test.each([1, 5, 18])('my tasks by due, %d a page: without what is optional or another’s', async (limit) => {
  const items = await walk(await api.as('customerService'), '/api/tasks', limit);
  expect(items.map((t) => String(t['case'])).toSorted()).toEqual(
    Array.from({ length: 20 }, (_, i) => number(i)).filter((_, i) => i !== 7 && i !== 8),
  );
  expect(items).toEqual(items.toSorted(byDue));
  expect(await walk(await api.as('finance'), '/api/tasks', limit)).toEqual([]);
});

test('a broken deadline keeps a case overdue until its matter is done or no longer owed', async () => {
  const who = await api.as('customerService');
  const overdue = async (): Promise<boolean> => (await walk(who, '/api/cases?overdue=true', 50)).some((c) => c['number'] === number(19));
  const task = (status: string): string => JSON.stringify({ tasks: { 'approval#1': { clock: 'approval#1', status } } });
  const state = (text: string) => store.db.updateTable('case_file').set({ state: text }).where('number', '=', number(19)).execute();
  const on = {
    case_number: number(19),
    hardness: 'hard' as const,
    round: 1,
    start_at: new Date(0),
    due_at: new Date(DAY),
    provisional: false,
  };
  expect(await overdue()).toBe(false);
  await store.db
    .insertInto('clock')
    .values({ ...on, clock_id: 'approval#1', limit_name: 'approval', status: 'breached' })
    .execute();
  await state(task('open'));
  expect(await overdue()).toBe(true);
  await state(task('lapsed'));
  expect(await overdue()).toBe(false);
  await store.db
    .insertInto('clock')
    .values({ ...on, clock_id: 'repairSingle#1', limit_name: 'repairSingle', status: 'breached' })
    .execute();
  expect(await overdue()).toBe(true);
  await store.db.updateTable('clock').set({ done_at: new Date() }).where('clock_id', '=', 'repairSingle#1').execute();
  expect(await overdue()).toBe(false);
});

test('a cursor of another sort is refused', async () => {
  const who = await api.as('customerService');
  const { body } = await who.get('/api/cases?limit=2');
  expect((await who.get(`/api/cases?limit=2&status=all&sort=opened&cursor=${body['next']}`)).body).toMatchObject({
    status: 400,
    code: 'bad-cursor',
  });
});
