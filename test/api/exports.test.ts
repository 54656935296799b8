/** Every list as a file: all pages, what its reader may see and no more, in both formats. */
import { beforeAll, expect, test } from 'vitest';
import { readTable } from '../../sheets/read/read.ts';
import type { Table } from '../../sheets/table.ts';
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

/** More than two pages of an export. */
const CASES = 1_203;
const number = (i: number): string => `CS19-2026-${String(i).padStart(6, '0')}`;

beforeAll(async () => {
  const rows = Array.from({ length: CASES }, (_, i) => ({
    number: number(i),
    pack_id: i % 100 === 99 ? 'another-pack' : 's3-cs19',
    pack_version: '1',
    pack_hash: 'h',
    kind: i === 0 ? '=HYPERLINK("http://x")' : 'repair',
    severity: 'ordinary',
    stage: 'survey',
    status: i === 1 ? ('closed' as const) : ('open' as const),
    round: 1,
    opened_at: new Date(Date.UTC(2026, 2, 9, 1, 20) + 60_000 * Math.floor(i / 4)),
    next_due_at: new Date(Date.UTC(2026, 2, 10)),
    breaches: 0,
    escalations: 0,
    seq: 1,
    head_hash: '',
    state: JSON.stringify({ number: number(i), tasks: {} }),
  }));
  await store.db.insertInto('case_file').values(rows).execute();
  const task = ({ number: case_number, opened_at, next_due_at }: (typeof rows)[number], i: number) => ({
    case_number,
    task_id: 'survey#1',
    step: 'survey',
    roles: ['customerService'],
    round: 1,
    optional: false,
    escalation: false,
    status: 'open' as const,
    holder: i === 8 ? 'somebody' : null,
    due_at: i % 3 === 0 ? null : next_due_at,
    breached: false,
    opened_at,
  });
  await store.db.insertInto('task').values(rows.map(task)).execute();
  const notice = (i: number) => ({
    case_number: number(i),
    seq: 1,
    recipient: i % 2 ? 'customerService' : 'finance',
    kind: 'due-soon',
    body: '{}',
    status: 'pending' as const,
    created_at: new Date(),
  });
  await store.db
    .insertInto('outbox')
    .values(Array.from({ length: CASES }, (_, i) => notice(i)))
    .execute();
});

async function table(who: Caller, url: string): Promise<Table> {
  const { status, raw, text } = await who.get(url);
  if (status !== 200) throw new Error(text);
  return readTable(raw);
}
const column = ({ rows }: Table, heading: string): string[] => rows.map(({ cells }) => cells.get(heading)?.text ?? '?');
const mine = (i: number): boolean => i % 100 !== 99;
const numbers = (fits: (i: number) => boolean): string[] =>
  Array.from({ length: CASES }, (_, i) => i)
    .filter(fits)
    .map(number);

test.each(['csv', 'xlsx'])('cases as %s: every page, once, newest first, only what the reader may see', async (format) => {
  const cases = await table(await api.as('customerService'), `/api/cases/export?format=${format}&status=all`);
  expect(column(cases, '案件编号')).toEqual(numbers(mine).toReversed());
  expect(cases.rows.at(-1)?.cells.get('受理时间')?.text).toBe(format === 'csv' ? '2026-03-09T09:20:00+08:00' : '2026-03-09 09:20:00');
  expect(cases.rows.at(-1)?.cells.get('类型')?.text).toBe('=HYPERLINK("http://x")');
  expect(column(cases, '状态').filter((text) => text === '已办结')).toHaveLength(1);
});

test('what narrows the list narrows the file; whoever has no role gets a heading alone', async () => {
  const who = await api.as('customerService');
  expect(column(await table(who, '/api/cases/export?q=CS19-2026-00000&status=open'), '案件编号')).toEqual(
    [9, 8, 7, 6, 5, 4, 3, 2, 0].map(number),
  );
  expect((await who.get('/api/cases/export?sort=due')).status).toBe(400);
  const { text, headers } = await (await api.withPacks('stranger', {})).get('/api/cases/export?status=all');
  expect(text).toMatch(/^\uFEFF案件编号,[^\n]*\r\n$/);
  expect(headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(headers['content-disposition']).toMatch(/^attachment; filename=".*\.csv"; filename\*=UTF-8''%E6%A1%88/);
  expect((await api.anybody.get('/api/cases/export')).status).toBe(401);
});

test('my tasks and my notices: mine alone, every page', async () => {
  const who = await api.as('customerService');
  const tasks = await table(who, '/api/tasks/export');
  expect(column(tasks, '案件编号').toSorted()).toEqual(numbers((i) => mine(i) && i !== 8 && i !== 1));
  const notices = await table(who, '/api/notices/export?format=xlsx');
  expect(column(notices, '案件编号')).toEqual(numbers((i) => mine(i) && i % 2 === 1).toReversed());
});

test('absences, the record of a case, the cases of a bulk job: as the list shows them', async () => {
  const who = await api.as('customerService');
  const at = new Date(Date.UTC(2026, 2, 9));
  await api.as('finance');
  await store.db
    .insertInto('absence')
    .values({
      person: 'customerService',
      substitute: 'finance',
      starts_at: at,
      ends_at: new Date(Date.UTC(2126, 2, 9)),
      entered_by: 'customerService',
      entered_at: at,
      reason: '+休假',
      key: 'absence-export',
    })
    .execute();
  expect(column(await table(who, '/api/absences/export'), '原因')).toEqual(['+休假']);
  expect((await (await api.as('design')).get('/api/absences/export')).text.split('\r\n')).toHaveLength(2);

  expect((await (await api.withPacks('outsider', { 'another-pack': ['x'] })).get(`/api/cases/${number(0)}/events/export`)).status).toBe(
    404,
  );
  expect((await who.get(`/api/cases/${number(0)}/events/export`)).text).toMatch(/^\uFEFF序号,/);

  const job = 'a'.repeat(32);
  await store.db
    .insertInto('bulk_job')
    .values({ id: job, kind: 'rebase', status: 'done', pack_id: 's3-cs19', person: 'x', roles: [], confirmed: true, asked_at: at })
    .execute();
  const item = (i: number) => ({ job, case_number: number(i), status: 'changed' as const, code: null, changes: '[]' });
  await store.db
    .insertInto('bulk_item')
    .values(Array.from({ length: CASES }, (_, i) => item(i)))
    .execute();
  expect(column(await table(who, `/api/bulk-jobs/${job}/export`), '案件编号')).toEqual(
    // Those of another pack are in the job and not in what is shown of it.
    numbers((i) => i % 100 !== 99),
  );
  expect((await (await api.withPacks('outsider', { 'another-pack': ['x'] })).get(`/api/bulk-jobs/${job}/export`)).status).toBe(404);
});

test('headings and words are Chinese, and English where that is asked for', async () => {
  const who = await api.as('customerService');
  const words = ({ rows: [row] }: Table): object => Object.fromEntries([...row!.cells].map(([of, { text }]) => [of, text]));
  const zh = await table(who, '/api/cases/export?q=CS19-2026-000002');
  expect(words(zh)).toMatchObject({ 类型: '维修工程', 等级: '一般', 阶段: '现场勘察', 状态: '未办结', 时限待定: '否' });
  for (const [url, headers] of [
    ['&lang=en', {}],
    ['', { 'accept-language': 'en-GB,en;q=0.9' }],
  ] as const) {
    const answer = await who.get(`/api/cases/export?q=CS19-2026-000002${url}`, headers);
    expect(answer.headers).toMatchObject({ 'content-language': 'en', 'content-disposition': expect.stringContaining('filename="cases-') });
    expect(words(await readTable(answer.raw))).toMatchObject({
      case: number(2),
      kind: 'repair',
      severity: 'ordinary',
      stage: 'joint survey',
      status: 'open',
      'due provisional': 'no',
    });
  }
  expect((await who.get('/api/cases/export?lang=de')).status).toBe(400);
});

/** Lists that are read in another way, or by nobody who would want a file of them. */
const WITHOUT_FILE: Readonly<Record<string, string>> = {
  'GET /api/registers/{register}/entries': 'its file is /api/registers/{register}/export, which the import takes back',
  'GET /api/cases/{number}': 'one case; what lists it holds are lists of their own',
  'GET /api/cases/{number}/next': 'what may be done now, with the forms to be filled in; as a file it would be over when it is read',
  'GET /api/cases/{number}/why': 'an explanation, line by line',
  'GET /api/cases/{number}/timeline': 'the record and the deliveries side by side: each of the two has its file',
  'GET /api/cases/{number}/prints': 'papers to choose from: what leaves is the paper',
  'GET /api/registers/{register}/entries/{id}/prints': 'papers to choose from: what leaves is the paper',
  'GET /api/packs/{id}': 'one pack, as a whole',
  'GET /api/packs/{id}/versions/{version}': 'one version of a pack, as a whole',
  'GET /api/calendars/{id}': 'one calendar, as a whole',
  'GET /api/accounts/{id}/statement': 'sums of one account; the entries behind them are a list',
  'GET /api/erasures/plan': 'what would be erased by one act, before it is confirmed',
  'GET /api/me': 'whoever asks',
  'GET /api/cases/{number}/drafts/{step}': 'one draft, with what is missing in it',
  'GET /api/drafts/{pack}/{kind}': 'one draft, with what is missing in it',
  'GET /health/ready': 'public: whether the process can work',
  'GET /api/public/intake': 'public: forms to be filled in',
  'GET /api/public/service-defects': 'public: as it is published',
};

interface Schema {
  readonly $ref?: string;
  readonly type?: string | string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

test('every list has a file, or a reason why it has none', async () => {
  const { body } = await api.anybody.get('/api/openapi.json');
  const schemas = (body['components'] as { schemas: Record<string, Schema> }).schemas;
  const of = (schema: Schema | undefined): Schema =>
    schema?.$ref === undefined ? (schema ?? {}) : of(schemas[schema.$ref.split('/').at(-1)!]);
  const paths = body['paths'] as Record<string, { get?: { responses: Record<string, { content?: Record<string, { schema: Schema }> }> } }>;
  const lists = Object.entries(paths).flatMap(([path, { get }]) => {
    const answer = of(get?.responses['200']?.content?.['application/json']?.schema);
    const isList = Object.values(answer.properties ?? {}).some((one) => of(one).type === 'array' && of(of(one).items).type !== 'string');
    return isList ? [path] : [];
  });
  expect(lists.length).toBeGreaterThan(50);
  expect(lists.filter((path) => paths[`${path}/export`] === undefined && WITHOUT_FILE[`GET ${path}`] === undefined)).toEqual([]);
  const stale = Object.keys(WITHOUT_FILE).map((route) => route.slice('GET '.length));
  expect(stale.filter((path) => !lists.includes(path) || paths[`${path}/export`] !== undefined)).toEqual([]);
});
