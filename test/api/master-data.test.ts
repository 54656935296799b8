/** What cases read of the company's registers: orders, warranties, licences; who is on duty; defects that are published. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { useApi, type Caller } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { openRepair } from './support/stories.ts';

const api = useApi(useEngine());

const service = (): Promise<Caller> => api.withPacks('std-clerk', { 's3-std': ['customerService'] });
const sales = (): Promise<Caller> => api.withPacks('seller', { 's3-13485-contract': ['business', 'salesperson'] });
const code = (): string => randomUUID().slice(0, 8);

async function enter(who: Caller, register: string, body: object): Promise<Record<string, any>> {
  const answer = await who.post(`/api/registers/${register}/entries`, { body });
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.body;
}

describe('a case and its order', () => {
  test('[SAL.F3 STD.D3] the order of a case says what was promised, and lists its cases', async () => {
    const clerk = await service();
    const [customer, order] = [`KH-${code()}`, `DD-${code()}`];
    await enter(clerk, 'customers', { code: customer, name: `公司${customer}` });
    const { warnings } = await enter(clerk, 'orders', {
      number: order,
      customer,
      orderedOn: '2026-07-01',
      items: [{ product: 'P-40', quantity: '2' }],
      address: '某路1号',
      payment: '月结',
      promisedDate: '2026-07-20',
      deliveredOn: '2026-07-23',
    });
    expect(warnings).toMatchObject([{ check: 'promise' }]);
    const serial = `SN-${code()}`;
    await enter(clerk, 'products', { serial, name: '水泵', warrantyMonths: 120, soldOn: '2026-07-23' });
    const opened = await clerk.post('/api/cases', { pack: 's3-std', kind: 'complaint', form: { order, product: serial, summary: '异响' } });
    expect(opened.status).toBe(201);
    const { number } = opened.body;
    expect((await clerk.get(`/api/cases/${number}/goods`)).body).toEqual({
      order: { number: order, known: true, promisedDate: '2026-07-20', deliveredOn: '2026-07-23', daysLate: 3 },
      product: { serial, known: true, warrantyUntil: '2036-07-23', underWarranty: true },
      unit: null,
    });
    expect((await clerk.get(`/api/cases?order=${order}`)).body['items']).toMatchObject([{ number }]);
    expect((await clerk.get(`/api/cases?order=${order}x`)).body['items']).toEqual([]);
    const other = await api.withPacks('outsider', { 's4-feedback': ['quality'] });
    expect((await other.get(`/api/cases/${number}/goods`)).status).toBe(404);
    expect((await other.get(`/api/cases?order=${order}`)).body['items']).toEqual([]);
  });

  test('an order that no register has is said to be unknown, and the case is taken all the same', async () => {
    const clerk = await service();
    const opened = await clerk.post('/api/cases', { pack: 's3-std', kind: 'inquiry', form: { order: 'DD-none', summary: '咨询' } });
    expect(opened.status).toBe(201);
    expect((await clerk.get(`/api/cases/${opened.body['number']}/goods`)).body['order']).toMatchObject({ known: false, daysLate: null });
  });

  test('an oral order is confirmed in writing', async () => {
    const clerk = await service();
    const customer = `KH-${code()}`;
    await enter(clerk, 'customers', { code: customer, name: `公司${customer}` });
    const body = {
      number: `DD-${code()}`,
      customer,
      orderedOn: '2026-07-01',
      items: [{ product: 'P', quantity: '1' }],
      address: '某路',
      payment: '现款',
      oral: true,
    };
    const answer = await clerk.post('/api/registers/orders/entries', { body });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'confirmation' }] } });
    await enter(clerk, 'orders', { ...body, confirmation: '7月2日邮件' });
  });
});

describe('a dealer’s licence', () => {
  const form = { requirement: 'order', buyer: 'dealer', medicalDevice: true, scopeCovers: true, stated: '质量', legal: '国家标准' };
  const open = async (customer: string, licence: string) =>
    (await sales()).post('/api/cases', { pack: 's3-13485-contract', kind: 'contractReview', form: { ...form, customer, licence } });

  test('an expired or another licence than the file has is refused; one that holds is taken', async () => {
    const seller = await sales();
    const file = (licence: string, licenceUntil: string) => ({
      code: `KH-${code()}`,
      name: code(),
      kind: 'dealer',
      licence,
      licenceScope: '二类器械',
      licenceUntil,
    });
    const [expired, holding] = [file(`A-${code()}`, '2020-01-01'), file(`B-${code()}`, '2099-01-01')];
    const bare = { code: `KH-${code()}`, name: code(), kind: 'dealer' };
    for (const body of [expired, holding, bare]) await enter(seller, 'customers', body);
    const refused = { status: 409, body: { code: 'buyer-not-licensed', errors: [{ path: 'licence' }] } };
    expect(await open(expired.code, expired.licence)).toMatchObject(refused);
    expect(await open(holding.code, expired.licence)).toMatchObject(refused);
    expect(await open(bare.code, 'C-1')).toMatchObject(refused);
    expect((await open(holding.code, holding.licence)).status).toBe(201);
    expect((await open('KH-nobody', 'C-1')).status).toBe(201);
  });

  test('a licence that is shown later is held against the file as well', async () => {
    const seller = await sales();
    const customer = `KH-${code()}`;
    const licence = `D-${code()}`;
    await enter(seller, 'customers', {
      code: customer,
      name: customer,
      kind: 'dealer',
      licence,
      licenceScope: '二类',
      licenceUntil: '2099-01-01',
    });
    const { scopeCovers: _, ...unlicensed } = form;
    const opened = await seller.post('/api/cases', {
      pack: 's3-13485-contract',
      kind: 'contractReview',
      form: { ...unlicensed, customer },
    });
    expect(opened.status).toBe(201);
    const show = (shown: string) =>
      seller.post(`/api/cases/${opened.body['number']}/steps/licence`, { form: { licence: shown, scopeCovers: true } });
    expect(await show('E-1')).toMatchObject({ status: 409, body: { code: 'buyer-not-licensed', errors: [{ path: 'licence' }] } });
    expect((await show(licence)).status).toBe(200);
  });
});

test('[GB.P12] an outlet says who is on duty', async () => {
  const department = await api.withPacks('outlets', { 's1-outlet': ['serviceDepartment'] });
  const outlet = `WD-${code()}`;
  const roster = [{ person: 'li.si', from: '2026-11-25 08:00', until: '2026-11-25 20:00' }];
  await enter(department, 'outlets', { code: outlet, name: '城东网点', kind: 'internal', region: '城东', roster });
  const at = async (instant: string) =>
    (await department.get(`/api/outlets/${outlet}/duty?at=${encodeURIComponent(instant)}`)).body['people'];
  expect([await at('2026-11-25 12:00'), await at('2026-11-25 20:00')]).toEqual([['li.si'], []]);
  expect((await (await service()).get(`/api/outlets/${outlet}/duty`)).status).toBe(404);
});

test('[FIND.P4] a defect is shown to everybody once it is approved and public, and no longer when it is withdrawn', async () => {
  const department = await api.withPacks('outlets', { 's1-outlet': ['serviceDepartment'] });
  const manager = await api.withPacks('outlet-manager', { 's1-outlet': ['manager'] });
  const general = await api.withPacks('outlet-general', { 's1-outlet': ['generalManager'] });
  const listed = async () => ((await api.anybody.get('/api/public/service-defects')).body['items'] as { id: string }[]).map(({ id }) => id);
  const write = async (open: boolean): Promise<string> => {
    const { id } = await enter(department, 'serviceDefects', {
      defect: '备件到货慢',
      foundOn: '2026-10-01',
      measure: '增加库存',
      public: open,
    });
    return String(id);
  };
  const act = async (who: Caller, id: string, what: string, reason?: string) =>
    expect((await who.post(`/api/registers/serviceDefects/entries/${id}/${what}`, { reason }, { 'if-match': '"1"' })).status).toBe(200);
  const [shown, kept] = [await write(true), await write(false)];
  expect(await listed()).toEqual([]);
  for (const id of [shown, kept]) {
    await act(department, id, 'submit');
    await act(manager, id, 'review');
    await act(general, id, 'approve');
  }
  expect((await api.anybody.get('/api/public/service-defects')).body).toEqual({
    items: [{ id: shown, defect: '备件到货慢', foundOn: '2026-10-01', measure: '增加库存' }],
    next: null,
  });
  await act(general, shown, 'withdraw', '已消除');
  expect(await listed()).toEqual([]);
});

test('a department is found by the name that only the company has for it', async () => {
  const number = await openRepair(api);
  const clerk = await api.as('recordsClerk');
  const alias = `设计中心${code()}`;
  const route = async () => (await api.as('customerService')).post(`/api/cases/${number}/steps/route`, { form: { department: alias } });
  expect((await route()).status).toBe(422);
  await enter(clerk, 'departments', { code: `BM-${code()}`, name: alias, roles: [{ pack: 's3-cs19', role: 'design' }] });
  expect((await route()).status).toBe(200);
  expect((await (await api.as('design')).get(`/api/cases/${number}`)).status).toBe(200);
});
