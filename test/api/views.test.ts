/** Views through the API: the call and visit register with what people wrote, by page and by day. */
import { expect, test } from 'vitest';
import { useApi } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { openRepair, step } from './support/stories.ts';

const api = useApi(useEngine());

test('the register shows the wording of its forms to those whom the case concerns, and to nobody else', async () => {
  const number = await openRepair(api, { occurredAt: '2026-11-02 09:00' }, { customerName: '王小明', unit: 'DEMO-1-101' });
  const second = await openRepair(api, { occurredAt: '2026-11-04 09:00' });
  await step(api, number, 'recordsClerk', 'registerNote', { note: '客户不在家' });
  const clerk = await api.as('recordsClerk');
  const all = await clerk.get('/api/views/calls');
  expect(all.body['view']).toMatchObject({
    zh: '来电、来访登记表',
    columns: [{ name: 'channel' }, { name: 'customerName', zh: '客户' }, {}, {}, {}, {}, {}],
  });
  expect(all.body['items']).toMatchObject([
    { number: second },
    { number, status: 'open', cells: { channel: 'hotline', customerName: '王小明', unit: 'DEMO-1-101', handling: ['客户不在家'] } },
  ]);
  expect((await clerk.get('/api/views/calls?to=2026-11-03')).body['items']).toMatchObject([{ number }]);
  expect((await clerk.get('/api/views/calls?from=2026-11-03')).body['items']).toMatchObject([{ number: second }]);
  const table = (await clerk.get('/api/views/calls/export?to=2026-11-03')).text.trimEnd().split('\r\n');
  expect(table).toEqual([
    '\uFEFF统一编号,制度包,类型,等级,阶段,状态,受理时间,办结时间,来源,客户,电话,房号,内容,责任部门,处理过程',
    expect.stringMatching(
      new RegExp(`^${number},s3-cs19,维修工程,一般,[^,]*,未办结,2026-11-02T09:00:00\\+08:00,,热线,王小明,,DEMO-1-101,.*,,客户不在家$`),
    ),
  ]);
  expect((await (await api.as('design')).get('/api/views/calls/export')).text.trimEnd().split('\r\n')).toHaveLength(1);
  const first = await clerk.get('/api/views/calls?limit=1');
  expect((await clerk.get(`/api/views/calls?limit=1&cursor=${first.body['next']}`)).body).toMatchObject({
    items: [{ number }],
    next: null,
  });
  expect((await (await api.as('design')).get('/api/views/calls')).body['items']).toEqual([]);
});

test('[TS.F1] the services of a customer are the list of the customer file, of that customer alone', async () => {
  const by = await api.withPacks('p-service', { 's0-ts16949': ['marketing', 'marketingSupervisor', 'serviceStaff'] });
  const serve = async (customerFile: string): Promise<string> => {
    const form = { company: '某机械厂', content: '调试', customerKind: 'new', customerFile };
    const number = (await by.post('/api/cases', { pack: 's0-ts16949', kind: 'onSiteService', form })).body['number'] as string;
    const say = (name: string, filled: object) => by.post(`/api/cases/${number}/steps/${name}`, { form: filled });
    const notice = { object: '某机械厂', content: '调试', manner: '上门', plannedFor: '2026-11-25 09:00' };
    expect((await say('serviceNotice', notice)).status).toBe(200);
    expect((await say('serviceAssignment', { person: 'p-service' })).status).toBe(200);
    const done = { finishedAt: new Date(Date.now() - 1000).toISOString(), content: '已调试', manner: '上门', staff: '孙某', customerFile };
    expect((await say('serviceRecord', done)).body).toMatchObject({ status: 'decided' });
    return number;
  };
  const [one, other] = [await serve('KH-1'), await serve('KH-2')];
  const read = async (query: string) => (await by.get(`/api/views/customer-services${query}`)).body['items'];
  expect(await read('?customer=KH-1')).toMatchObject([
    { number: one, cells: { customerFile: 'KH-1', content: ['已调试'], staff: ['孙某'] } },
  ]);
  expect(await read('')).toMatchObject([{ number: other }, { number: one }]);
  expect((await by.get('/api/views/calls?customer=KH-1')).status).toBe(400);
});

test.each(['/api/views/secrets', '/api/views/calls?from=2026-02-30', '/api/views/calls?limit=1000000000', '/api/views/calls?page=2'])(
  '%s is refused',
  async (url) => {
    expect((await (await api.as('recordsClerk')).get(url)).status).toBe(400);
  },
);

test('a cursor of another view is refused; every view is listed', async () => {
  const clerk = await api.as('recordsClerk');
  const { body } = await clerk.get('/api/views/calls?limit=1');
  expect(await clerk.get(`/api/views/year-file?cursor=${body['next']}`)).toMatchObject({ status: 400, body: { code: 'bad-cursor' } });
  const names = ((await clerk.get('/api/views')).body['items'] as { name: string }[]).map(({ name }) => name);
  expect(names).toEqual(['calls', 'suggestions', 'early-warnings', 'dissatisfied', 'hand-over', 'customer-services', 'year-file']);
  for (const name of names) expect((await clerk.get(`/api/views/${name}`)).status, name).toBe(200);
});
