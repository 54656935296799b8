/** Registers through HTTP: written, found, changed, reviewed, withdrawn; by whom, and what is kept of it. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../db/hash.ts';
import { canonicalJson } from '../../domain/canonical.ts';
import { loadRegistersText } from '../../packs/registers/load.ts';
import { useStore } from '../store/support/store.ts';
import { useApi, type Caller } from './support/api.ts';
import { scriptedDesk } from './support/desk.ts';

const registers = loadRegistersText(
  `
id: company
version: 1.2.0
registers:
  people:
    zh: 客户
    en: customers
    clause: '1'
    key: code
    prefix: P
    search: [name, telephone]
    filter: [level]
    unique: [[licence]]
    checks: [similar]
    write: { s3-cs19: [customerService] }
    read: { s3-cs19: [finance] }
    fields:
      - { name: code, type: id, required: true, zh: 编号, en: code }
      - { name: name, type: text, required: true, zh: 名称, en: name }
      - { name: telephone, type: text, zh: 电话, en: telephone }
      - { name: level, type: choice, zh: 等级, en: level, options: { key: [重点, key], other: [其他, other] } }
      - { name: licence, type: text, open: true, zh: 许可证, en: licence }
  orders:
    zh: 订单
    en: orders
    clause: '2'
    prefix: DD
    write: { s3-cs19: [customerService] }
    read: { s3-cs19: [finance] }
    fields:
      - { name: customer, type: ref, register: people, required: true, zh: 客户, en: customer }
      - name: items
        type: rows
        zh: 明细
        en: items
        fields:
          - { name: product, type: text, required: true, zh: 产品, en: product }
          - { name: quantity, type: decimal, zh: 数量, en: quantity }
  measures:
    zh: 措施
    en: measures
    clause: '3'
    prefix: CS
    write: { s1-eval: [serviceDepartment] }
    review: { pack: s1-eval, review: manager, approve: generalManager }
    fields: [{ name: measure, type: text, required: true, zh: 措施, en: measure }]
`,
  'a test',
);
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
  { registers },
);
const write = (who: Caller, register: string, body: object, headers = {}) =>
  who.post(`/api/registers/${register}/entries`, { body }, headers);
const service = () => api.as('customerService');
const customer = async (more: object = {}): Promise<string> => {
  const code = `C-${randomUUID().slice(0, 8)}`;
  expect((await write(await service(), 'people', { code, name: `公司${code}`, ...more })).status).toBe(201);
  return code;
};

describe('who', () => {
  test('reads and writes what the register says; for others it is as good as absent', async () => {
    const [writer, reader, stranger] = [
      await service(),
      await api.as('finance'),
      await api.withPacks('outsider', { 's4-feedback': ['quality'] }),
    ];
    expect((await reader.get('/api/registers')).body['items']).toEqual([
      expect.objectContaining({ id: 'people', mayWrite: false }),
      expect.objectContaining({ id: 'orders', mayWrite: false }),
    ]);
    expect((await stranger.get('/api/registers')).body['items']).toEqual([]);
    expect((await stranger.get('/api/registers/people/entries')).status).toBe(404);
    expect((await stranger.get('/api/registers/people')).status).toBe(404);
    expect((await api.as('builder').then((who) => who.get('/api/registers/orders'))).status).toBe(404);
    expect(await write(reader, 'people', { code: 'X', name: 'x' })).toMatchObject({ status: 403, body: { code: 'not-allowed' } });
    expect((await writer.get('/api/registers/people')).body).toMatchObject({
      key: 'code',
      search: ['name', 'telephone'],
      version: '1.2.0',
    });
    expect((await api.anybody.get('/api/registers')).status).toBe(401);
  });
});

describe('an entry', () => {
  test('is written once for a key, changed under the version that was looked at, and every version stays', async () => {
    const writer = await service();
    const code = `C-${randomUUID().slice(0, 8)}`;
    const key = randomUUID();
    const body = { code, name: '海天门窗', level: 'key' };
    const first = await write(writer, 'people', body, { 'idempotency-key': key });
    expect(first).toMatchObject({ status: 201, body: { id: code, version: 1, status: 'inForce' } });
    expect((await write(writer, 'people', body, { 'idempotency-key': key })).body).toMatchObject({ id: code, version: 1 });
    expect((await write(writer, 'people', { ...body, name: '别的' }, { 'idempotency-key': key })).status).toBe(422);
    expect(await write(writer, 'people', body)).toMatchObject({ status: 409, body: { code: 'entry-taken' } });

    const url = `/api/registers/people/entries/${code}`;
    const change = { body: { ...body, level: 'other' }, reason: '降级' };
    expect((await writer.put(url, change)).status).toBe(428);
    expect(await writer.put(url, change, { 'if-match': '"1"' })).toMatchObject({ status: 200, body: { version: 2 } });
    expect(await writer.put(url, change, { 'if-match': '"1"' })).toMatchObject({ status: 412, headers: { etag: '"2"' } });
    expect((await writer.put(url, { body: { ...body, code: 'other' }, reason: 'x' }, { 'if-match': '"2"' })).status).toBe(409);
    const read = await writer.get(url);
    expect(read).toMatchObject({
      headers: { etag: '"2"' },
      body: { version: 2, inForce: 2, body: { level: 'other' }, writtenBy: 'customerService' },
    });

    const { items } = (await writer.get(`${url}/history`)).body as { items: Record<string, any>[] };
    expect(items).toMatchObject([
      { version: 1, what: 'written', reason: null, body },
      { version: 2, what: 'written', reason: '降级', body: change.body },
    ]);
    // The chain runs over what is kept, in which the name is sealed.
    const kept = await store.db.selectFrom('entry_version').selectAll().where('id', '=', code).orderBy('version').execute();
    expect(JSON.stringify(kept)).not.toContain('海天');
    const textOf = ({ version, definition, person, at, reason, key: sent, body: said }: (typeof kept)[number]): string =>
      canonicalJson({ version, definition, person, at: at.getTime(), reason, key: sent, body: said });
    const hash = sha256(`${'0'.repeat(64)}\npeople ${code}\n${textOf(kept[0]!)}`);
    expect(items[0]!['hash']).toBe(hash);
    expect(items[1]!['hash']).toBe(sha256(`${hash}\npeople ${code}\n${textOf(kept[1]!)}`));
    await expect(store.db.updateTable('entry_version').set({ body: '{}' }).execute()).rejects.toMatchObject({ code: '42501' });
  });

  test('what is wrong is named field by field, and nothing is stored', async () => {
    const writer = await service();
    const wrong = await write(writer, 'people', { code: 'A B', level: 'highest', nick: 'x' });
    expect(wrong).toMatchObject({ status: 422, body: { code: 'bad-facts' } });
    expect((wrong.body['errors'] as { path: string }[]).map(({ path }) => path).toSorted()).toEqual(['code', 'level', 'name', 'nick']);
    const one = await customer();
    const row = await write(writer, 'orders', {
      customer: one,
      items: [
        { product: '门', quantity: '1.50' },
        { product: '窗', quantity: 'two' },
      ],
    });
    expect(row.body['errors']).toMatchObject([{ path: 'items[1].quantity' }]);
    expect(await write(writer, 'orders', { customer: 'nobody' })).toMatchObject({ status: 422, body: { errors: [{ path: 'customer' }] } });
    expect(await store.db.selectFrom('entry').select('id').where('register', '=', 'orders').execute()).toEqual([]);
  });

  test('is numbered without gaps where it has no key of its own', async () => {
    const writer = await service();
    const one = await customer();
    await write(writer, 'orders', { customer: 'nobody' });
    const made = await Promise.all(
      Array.from({ length: 6 }, () => write(writer, 'orders', { customer: one, items: [{ product: '门', quantity: '01.50' }] })),
    );
    const ids = made.map(({ body }) => String(body['id'])).toSorted();
    expect(ids).toEqual([1, 2, 3, 4, 5, 6].map((n) => `DD-${new Date().getUTCFullYear()}-0000${n}`));
    expect((await writer.get(`/api/registers/people/entries/${one}/named-by`)).body['items']).toEqual(
      ids.map((id) => ({ register: 'orders', id, field: 'customer' })),
    );
    const entry = await writer.get(`/api/registers/orders/entries/${ids[0]}`);
    expect(entry.body['body']).toEqual({ customer: one, items: [{ product: '门', quantity: '1.5' }] });
  });

  test('a further key belongs to one living entry', async () => {
    const writer = await service();
    const licence = `粤械${randomUUID().slice(0, 6)}`;
    const one = await customer({ licence });
    expect(await write(writer, 'people', { code: 'L-2', name: '另一家', licence })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining(one) },
    });
    const url = `/api/registers/people/entries/${one}/withdraw`;
    expect((await writer.post(url, {}, { 'if-match': '"1"' })).body).toMatchObject({ code: 'reason-missing' });
    expect((await writer.post(url, { reason: '并入' }, { 'if-match': '"1"' })).body).toMatchObject({ status: 'withdrawn' });
    expect((await write(writer, 'people', { code: `L-${randomUUID().slice(0, 5)}`, name: '另一家', licence })).status).toBe(201);
    // It stays, may be read, and nothing new may name it.
    expect((await writer.get(`/api/registers/people/entries/${one}`)).body).toMatchObject({ status: 'withdrawn', inForce: null });
    expect((await write(writer, 'orders', { customer: one })).status).toBe(422);
    expect(
      (await writer.put(`/api/registers/people/entries/${one}`, { body: { code: one, name: 'x' }, reason: 'x' }, { 'if-match': '"1"' }))
        .status,
    ).toBe(412);
  });

  test('of two changes at once one is taken', async () => {
    const writer = await service();
    const code = await customer();
    const put = (name: string) =>
      writer.put(`/api/registers/people/entries/${code}`, { body: { code, name }, reason: 'x' }, { 'if-match': '"1"' });
    const statuses = (await Promise.all(['甲', '乙', '丙', '丁'].map(put))).map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 412, 412, 412]);
  });

  test('a key is of one person, entry and version: for another it is refused, the same again says how the entry stands now', async () => {
    const writer = await service();
    const colleague = await api.withPacks('colleague', { 's3-cs19': ['customerService'] });
    const put = (who: Caller, id: string, version: number, key: string, body: object = { customer: one }) =>
      who.put(`/api/registers/orders/entries/${id}`, { body, reason: 'x' }, { 'if-match': `"${version}"`, 'idempotency-key': key });
    const one = await customer();
    const [first, key] = [randomUUID(), randomUUID()];
    const a = String((await write(writer, 'orders', { customer: one }, { 'idempotency-key': first })).body['id']);
    const b = String((await write(writer, 'orders', { customer: one })).body['id']);
    expect(await put(writer, a, 1, key)).toMatchObject({ status: 200, body: { id: a, version: 2 } });
    expect(await put(writer, a, 1, key)).toMatchObject({ status: 200, body: { id: a, version: 2 } });
    for (const other of [put(writer, b, 1, key), put(writer, a, 2, key), put(colleague, a, 1, key), put(writer, a, 1, first)])
      expect(await other).toMatchObject({ status: 422, body: { code: 'key-reused' } });
    expect((await writer.get(`/api/registers/orders/entries/${b}`)).body).toMatchObject({ version: 1 });
    expect((await write(colleague, 'orders', { customer: one }, { 'idempotency-key': first })).status).toBe(422);

    const act = (who: Caller) =>
      who.post(`/api/registers/orders/entries/${a}/withdraw`, { reason: 'x' }, { 'if-match': '"2"', 'idempotency-key': `${key}-w` });
    expect((await act(writer)).status).toBe(200);
    expect((await act(writer)).status).toBe(200);
    expect((await act(colleague)).body).toMatchObject({ code: 'key-reused' });
    expect((await write(writer, 'orders', { customer: one }, { 'idempotency-key': first })).body).toMatchObject({ status: 'withdrawn' });
  });

  test('somebody alike is pointed out, and it is taken all the same', async () => {
    const one = await customer({ telephone: '020-8888 1234' });
    const { status, body } = await write(await service(), 'people', {
      code: `S-${randomUUID().slice(0, 6)}`,
      name: '第三家',
      telephone: '02088881234',
    });
    expect(status).toBe(201);
    expect(body['warnings']).toMatchObject([{ check: 'similar', entries: [one] }]);
  });
});

describe('review', () => {
  const measures = '/api/registers/measures/entries';
  const person = (name: string, ...roles: string[]) => api.withPacks(name, { 's1-eval': roles });

  test('holds when one role has reviewed and another approved, neither by who wrote it; until then the version before holds', async () => {
    const writer = await person('writer', 'serviceDepartment', 'manager', 'generalManager');
    const [manager, boss] = [await person('the-manager', 'manager', 'generalManager'), await person('the-boss', 'generalManager')];
    const made = await write(writer, 'measures', { measure: '培训' });
    expect(made.body).toMatchObject({ status: 'draft', version: 1 });
    const url = `${measures}/${made.body['id']}`;
    const act = (who: Caller, what: string, version: number, reason?: string) =>
      who.post(`${url}/${what}`, reason === undefined ? {} : { reason }, { 'if-match': `"${version}"` });
    expect(await act(manager, 'review', 1)).toMatchObject({ status: 409, body: { code: 'act-out-of-order' } });
    expect((await act(boss, 'submit', 1)).status).toBe(403);
    expect((await act(writer, 'submit', 1)).body).toMatchObject({ status: 'submitted' });
    expect(await act(writer, 'review', 1)).toMatchObject({ status: 403, body: { code: 'contributor-cannot-approve' } });
    expect((await act(boss, 'review', 1)).status).toBe(403);
    expect((await act(manager, 'review', 1)).body).toMatchObject({ status: 'reviewed' });
    expect((await act(manager, 'approve', 1)).body).toMatchObject({ code: 'reviewer-cannot-approve' });
    expect((await act(boss, 'approve', 1)).body).toMatchObject({ status: 'inForce' });

    expect((await writer.put(url, { body: { measure: '培训与考核' }, reason: '补充' }, { 'if-match': '"1"' })).body).toMatchObject({
      status: 'draft',
      version: 2,
    });
    expect((await writer.get(url)).body).toMatchObject({ version: 2, status: 'draft', inForce: 1 });
    await act(writer, 'submit', 2);
    expect((await act(manager, 'reject', 2)).body).toMatchObject({ code: 'reason-missing' });
    expect((await act(manager, 'reject', 2, '不全')).body).toMatchObject({ status: 'rejected' });
    expect((await writer.get(url)).body).toMatchObject({ inForce: 1 });
    const { items } = (await writer.get(`${url}/history`)).body as { items: { what: string; person: string }[] };
    expect(items.map(({ what, person: by }) => `${what} ${by}`)).toEqual([
      'written writer', 'submit writer', 'review the-manager', 'approve the-boss', 'written writer', 'submit writer', 'reject the-manager',
    ]); // prettier-ignore
  });
});

describe('withdrawing what is reviewed', () => {
  const person = (name: string, ...roles: string[]) => api.withPacks(name, { 's1-eval': roles });
  test('a draft is withdrawn by whoever wrote it; what was approved by whoever approves, never by who wrote it', async () => {
    const writer = await person('w', 'serviceDepartment', 'generalManager');
    const only = await person('w2', 'serviceDepartment');
    const [manager, boss] = [await person('m', 'manager'), await person('b', 'generalManager')];
    const act = (who: Caller, id: unknown, what: string, version = 1) =>
      who.post(`/api/registers/measures/entries/${String(id)}/${what}`, { reason: 'x' }, { 'if-match': `"${version}"` });
    const made = async (by: Caller) => (await write(by, 'measures', { measure: '培训' })).body['id'];
    const draft = await made(only);
    expect((await act(await person('w3', 'serviceDepartment'), draft, 'withdraw')).body).toMatchObject({ code: 'not-allowed' });
    expect((await act(manager, draft, 'withdraw')).status).toBe(403);
    expect((await act(only, draft, 'withdraw')).body).toMatchObject({ status: 'withdrawn' });
    const inForce = async (by: Caller) => {
      const id = await made(by);
      await act(by, id, 'submit');
      await act(manager, id, 'review');
      expect((await act(boss, id, 'approve')).body).toMatchObject({ status: 'inForce' });
      return id;
    };
    const [one, other] = [await inForce(only), await inForce(writer)];
    expect((await act(only, one, 'withdraw')).body).toMatchObject({ code: 'not-allowed' });
    expect((await act(writer, other, 'withdraw')).body).toMatchObject({ code: 'contributor-cannot-approve' });
    // A next draft does not make it the writer's again.
    const url = `/api/registers/measures/entries/${String(one)}`;
    expect((await only.put(url, { body: { measure: '考核' }, reason: 'x' }, { 'if-match': '"1"' })).status).toBe(200);
    expect((await act(only, one, 'withdraw', 2)).status).toBe(403);
    expect((await act(boss, one, 'withdraw', 2)).body).toMatchObject({ status: 'withdrawn' });
  });
});

describe('search', () => {
  test('two characters find what contains them; longer words, digits, values and pages', async () => {
    const writer = await service();
    const mark = randomUUID().slice(0, 4);
    for (let i = 0; i < 25; i += 1) {
      await write(writer, 'people', {
        code: `Q${mark}-${String(i).padStart(2, '0')}`,
        name: i % 5 === 0 ? `广州白云${i}门窗厂` : `佛山南海${i}铝材行`,
        telephone: `1380000${1000 + i}`,
        level: i % 2 === 0 ? 'key' : 'other',
      });
    }
    const found = async (query: string): Promise<string[]> => {
      const ids: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: { body: Record<string, any> } = await writer.get(
          `/api/registers/people/entries?${query}&limit=7${cursor === '' ? '' : `&cursor=${cursor}`}`,
        );
        ids.push(...(page.body['items'] as { id: string }[]).map(({ id }) => id).filter((id) => id.startsWith(`Q${mark}`)));
        cursor = page.body['next'] as string | null;
      }
      return ids;
    };
    const q = (word: string) => `q=${encodeURIComponent(word)}`;
    expect(await found(q('白云'))).toEqual(['00', '05', '10', '15', '20'].map((n) => `Q${mark}-${n}`));
    expect(await found(q('白云15门'))).toEqual([`Q${mark}-15`]);
    expect(await found(q('云白'))).toEqual([]);
    expect(await found(q('1007'))).toEqual([`Q${mark}-07`]);
    expect(await found(`${q('南海')}&filter=level:key`)).toEqual(
      ['02', '04', '06', '08', '12', '14', '16', '18', '22', '24'].map((n) => `Q${mark}-${n}`),
    );
    expect(await found(q(`Q${mark}-2`))).toHaveLength(5);
    expect(await found(q('Ｑ' + mark))).toHaveLength(25); // full width
    expect((await writer.get('/api/registers/people/entries?filter=name:x')).status).toBe(400);
    expect((await writer.get('/api/registers/people/entries?cursor=xyz')).status).toBe(400);
  });

  test('who has read personal data stands in the journal, without the word that was sought', async () => {
    const reader = await api.as('finance');
    await customer();
    await reader.get(`/api/registers/people/entries?q=${encodeURIComponent('公司')}`);
    const rows = await store.db
      .selectFrom('journal')
      .select('body')
      .where('person', '=', 'finance')
      .where('chain', 'like', 'read:%')
      .execute();
    expect(rows.map(({ body }) => JSON.parse(body) as object)).toContainEqual(
      expect.objectContaining({ register: 'people', entries: expect.any(Number) }),
    );
    expect(JSON.stringify(rows)).not.toContain('公司');
  });
});
