/** A year of days off and a newer pack for many cases, through the API: looked at, loaded, told, and who may not. */
import { beforeAll, describe, expect, test } from 'vitest';
import { putIntoForce, surveyWithin } from '../support/versions.ts';
import { eventually, useOffice } from '../store/support/office.ts';
import { useApi, type Caller } from './support/api.ts';

const office = useOffice();
const decemberFirst = Date.parse('2026-12-01T09:00:00+08:00');
let now: number | undefined;
const api = useApi(office, { clock: () => now ?? Date.now() });
const yaml = { 'content-type': 'application/yaml' };
const year = "2027:\n  source: fixture\n  off: ['01-01..01-03']\n  work: []\n";
let admin: Caller;
let clerk: Caller;
let manager: Caller;

beforeAll(async () => {
  admin = await api.withPacks('an-ran', { redress: ['administrator'] });
  clerk = await api.as('recordsClerk');
  manager = await api.as('serviceManager');
});

const job = async (id: string, by: Caller = admin) => (await by.get(`/api/bulk-jobs/${id}`)).body;
const ended = (id: string, as: string, by: Caller = admin) => eventually(async () => (await job(id, by))['status'] === as);

describe('a year of days off', () => {
  test('who is no administrator may neither look nor load', async () => {
    for (const path of ['/api/calendars/cn/years/2027/preview', '/api/calendars/cn/years/2027']) {
      expect(await clerk.post(path, year, yaml)).toMatchObject({ status: 403, body: { code: 'not-allowed' } });
      expect((await api.anybody.post(path, year, yaml)).status).toBe(401);
    }
  });

  test('a file that is not in order is refused with the place, and nothing is stored', async () => {
    const bad = await admin.post('/api/calendars/cn/years/2027', year.replace('01-01..01-03', '13-40'), yaml);
    expect(bad).toMatchObject({ status: 422, body: { code: 'bad-calendar' } });
    expect(JSON.stringify(bad.body['errors'])).toContain('13-40');
    expect(await admin.post('/api/calendars/cn/years/2028', year, yaml)).toMatchObject({ status: 422 }); // of another year
    expect(await admin.post('/api/calendars/xx/years/2027', year, yaml)).toMatchObject({ status: 404 });
    expect(await admin.post('/api/calendars/cn/years/2027', { year })).toMatchObject({ status: 400 });
    expect((await admin.get('/api/calendars/cn')).body['years']).toEqual(['2025', '2026']);
  });

  test('looking says which days and which deadlines, and changes nothing; loading makes a version and a job', async () => {
    const before = (await admin.get('/api/calendars/cn')).body['version'];
    const preview = await admin.post('/api/calendars/cn/years/2027/preview', year, yaml);
    expect(preview.body).toMatchObject({
      year: 2027,
      daysOff: ['2027-01-01', '2027-01-02', '2027-01-03'],
      differences: [{ day: '2027-01-01', before: 'weekday', after: 'day-off' }],
      cases: { moving: 0, first: [] },
    });
    expect((await admin.get('/api/calendars/cn')).body['version']).toBe(before);
    const loaded = await admin.post('/api/calendars/cn/years/2027', year, yaml);
    expect(loaded).toMatchObject({ status: 200, body: { version: { from: before, to: '2027.1' } } });
    await ended(String(loaded.body['job']), 'done');
    expect((await admin.get('/api/calendars/cn')).body).toMatchObject({
      version: '2027.1',
      versions: [{ loadedBy: 'an-ran' }, { loadedBy: null }],
    });
    const number = await office.open();
    expect((await manager.get(`/api/cases/${number}`)).body).toMatchObject({ calendarVersion: '2027.1', nextDueProvisional: false });
  });

  test('the same key again is the same load; with another file it is refused', async () => {
    const keyed = { ...yaml, 'idempotency-key': 'load-once' };
    const twice = [
      await admin.post('/api/calendars/cn/years/2027', year, keyed),
      await admin.post('/api/calendars/cn/years/2027', year, keyed),
    ];
    expect(twice[1]?.body['job']).toBe(twice[0]?.body['job']);
    const other = year.replace('01-01..01-03', '01-01');
    expect(await admin.post('/api/calendars/cn/years/2027', other, keyed)).toMatchObject({ status: 422, body: { code: 'key-reused' } });
    expect((await admin.get('/api/calendars/cn')).body['version']).toBe('2027.1');
  });

  test('the same year again makes no version', async () => {
    const again = await admin.post('/api/calendars/cn/years/2027', year, yaml);
    expect(again.body).toMatchObject({ version: { from: '2027.1', to: '2027.1' } });
    expect((await admin.get('/api/calendars/cn')).body['versions']).toHaveLength(2);
    await ended(String(again.body['job']), 'done');
  });

  test('health, list and metrics say how far the days go; from 1 December they warn while the next year is missing', async () => {
    expect((await api.anybody.get('/health/ready')).body).toMatchObject({
      calendars: [{ id: 'cn', loadedTo: '2027-12-31', warning: null }],
    });
    now = decemberFirst + 365 * 86_400_000;
    expect((await api.anybody.get('/health/ready')).body).toMatchObject({ calendars: [{ warning: { year: 2028 } }] });
    expect((await clerk.get('/api/calendars')).body).toMatchObject({ items: [{ id: 'cn', warning: { year: 2028 } }] });
    expect((await api.anybody.get('/metrics')).text).toContain('redress_calendar_coverage_days{calendar="cn"} 30');
    now = undefined;
  });
});

describe('a newer pack for its open cases', () => {
  test('looked at, confirmed by whoever asked, told case by case; why says how a deadline was reckoned anew', async () => {
    const number = await office.open();
    await putIntoForce(office.db, surveyWithin('7.0.0', 4));
    const body = { pack: 's3-cs19', reason: '新制度' };
    expect(await clerk.post('/api/bulk-jobs', body)).toMatchObject({ status: 403, body: { code: 'wrong-role' } });
    expect(await manager.post('/api/bulk-jobs', { ...body, toVersion: '8.0.0' })).toMatchObject({ status: 404 });
    expect(await manager.post('/api/bulk-jobs', { pack: 's3-cs19' })).toMatchObject({ status: 400 });
    const asked = await manager.post('/api/bulk-jobs', body);
    const again = { 'idempotency-key': 'rebase-once' };
    const ids = [await manager.post('/api/bulk-jobs', body, again), await manager.post('/api/bulk-jobs', body, again)].map(
      (one) => one.body['id'],
    );
    expect(ids[0]).toBe(ids[1]);
    expect(await manager.post('/api/bulk-jobs', { ...body, reason: '别的' }, again)).toMatchObject({
      status: 422,
      body: { code: 'key-reused' },
    });
    expect(asked).toMatchObject({ status: 202, body: { kind: 'rebase', toVersion: '7.0.0' } });
    const id = String(asked.body['id']);
    await ended(id, 'previewed', manager);
    const { items, counts } = await job(id, manager);
    expect(counts).toMatchObject({ changed: 0 });
    const foreseen = items.find((item: { number: string }) => item.number === number);
    expect(foreseen).toMatchObject({ status: 'due', changes: [{ clock: 'survey#1' }] });
    // Its counts would tell of cases: it is there for those who oversee the cases, and for nobody else.
    expect(await clerk.post(`/api/bulk-jobs/${id}/confirm`, {})).toMatchObject({ status: 404 });
    expect((await clerk.get('/api/bulk-jobs')).body['items']).toEqual([]);
    expect((await api.withPacks('stranger', { 's2-cement': ['market'] }).then((one) => one.get(`/api/bulk-jobs/${id}`))).status).toBe(404);
    expect((await manager.post(`/api/bulk-jobs/${id}/confirm`, {})).status).toBe(202);
    await ended(id, 'done', manager);
    const done = (await job(id, manager))['items'].find((item: { number: string }) => item.number === number);
    expect(done).toEqual({ ...foreseen, status: 'changed' });
    const seen = (await manager.get(`/api/cases/${number}`)).body;
    expect(seen).toMatchObject({ packVersion: '7.0.0' });
    expect(seen['clocks'].find((clock: { id: string }) => clock.id === 'survey#1')['recomputed']).toHaveLength(1);
    const { lines } = (await manager.get(`/api/cases/${number}/clocks/survey%231/why?lang=en`)).body;
    expect(lines.filter((line: string) => line.includes('reckoned anew'))).toEqual([
      expect.stringContaining(`from ${foreseen.changes[0].from} to ${foreseen.changes[0].to}`),
    ]);
    expect(lines.at(-1)).toContain(foreseen.changes[0].to);
    expect(lines.join()).not.toContain('by an extension');
  });

  test('one case alone, by its own step', async () => {
    await putIntoForce(office.db, surveyWithin('7.1.0', 5));
    const listed = (await manager.get('/api/cases?status=open&limit=1')).body['items'][0]['number'];
    const path = `/api/cases/${listed}/steps/rebase`;
    expect(await manager.post(path, { form: {} })).toMatchObject({ status: 422, body: { code: 'reason-missing' } });
    expect(await clerk.post(path, { form: { reason: '新制度' } })).toMatchObject({ status: 403 });
    expect(await manager.post(path, { form: { reason: '新制度' } })).toMatchObject({ status: 200 });
    expect(await manager.post(path, { form: { reason: '新制度', toVersion: '7.0.0' } })).toMatchObject({
      status: 409,
      body: { code: 'not-newer' },
    });
  });
});
