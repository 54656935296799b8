/** The registers as they ship: each takes an entry as the text wants it, and refuses one that lacks what the text names. */
import { describe, expect, test } from 'vitest';
import { mayRead, mayWrite } from '../../../domain/register/access.ts';
import { readEntry } from '../../../domain/register/read-entry.ts';
import { loadRegisters } from '../../../packs/registers/load.ts';

const registers = loadRegisters();

/** What is kept of an entry, or the fields that were refused; undefined = there is no such register. */
function kept(register: string, body: object): unknown {
  const def = registers.get(register);
  if (def === undefined) return undefined;
  const reading = readEntry(def, body);
  return reading.ok ? reading.body : reading.problems.map(({ path }) => path);
}

/** Every line has all its fields kept and each of `needed` asked for. */
type Line = readonly [title: string, register: string, body: Record<string, unknown>, needed: readonly string[]];

const rules = {
  title: '售后服务手册',
  edition: 'v3',
  scope: '全部产品',
  functions: '受理、维修',
  organisation: '服务部',
  operation: '按程序',
  inForceFrom: '2026-01-01',
};
const order = {
  number: 'DD-1',
  customer: 'KH-1',
  orderedOn: '2026-07-01',
  items: [{ product: 'P-40', quantity: '12.5' }],
  address: '某路1号',
  payment: '月结',
  requirement: '周末送货',
  promisedDate: '2026-07-20',
};
const product = {
  serial: 'SN-1',
  name: '水泵',
  warrantyMonths: 24,
  lawfulMonths: 12,
  promised: ['installation', 'waste'],
  wasteNotice: '勿拆电池,送回网点。',
};
const training = { topic: '产品知识', on: '2026-05-06', person: 'zhang.san', passed: true };
const check = { product: 'SN-1', on: '2026-05-06' };
const summary = {
  outlet: 'WD-1',
  quarter: '2026-Q3',
  person: 'li.si',
  service: '维修31次',
  receivable: '1200.00',
  problems: '缺件',
  suggestions: '增备件',
};
const survey = { outlet: 'WD-1', year: 2026, surveyedOn: '2026-11-01', problems: '记录不全', improvements: '补全记录' };
const notice = {
  body: '某认证中心',
  means: 'web',
  changed: 'scheme',
  change: '新版方案',
  noticedOn: '2026-03-01',
  transitionUntil: '2027-03-01',
};
const certificate = {
  number: 'ZS-1',
  scheme: 'GB/T 27922',
  body: '某认证中心',
  scope: '水泵售后',
  from: '2026-01-01',
  until: '2028-12-31',
};
const standard = { standard: 'GB/T 27922 修订', level: 'national', part: '提出意见', on: '2026-04-01' };
const part = { code: 'BJ-1', name: '密封圈', quality: '合格证', stock: '40', supplyDays: 3 };
const disposal = { what: '旧电池', quantity: '12', way: 'recycled', rule: '固废法', receiver: '某回收公司', on: '2026-06-01' };
const installation = { order: 'DD-1', deliveredOn: '2026-07-18', installedOn: '2026-07-19', commissioned: true, customerTrained: true };
const note = { from: 'XS', to: 'FW', about: 'goods', content: '密封圈老化', case: 'TS-2026-00001', improvement: '换材质' };
const paper = { customer: 'KH-1', kind: 'contract', number: 'HT-1', checked: true };

describe('an entry is taken whole and refused without what the text names', () => {
  test.for<Line>([
    [
      '[GB.F1 GB.P1] manual and rules of service',
      'serviceRules',
      rules,
      ['title', 'edition', 'scope', 'functions', 'organisation', 'operation'],
    ],
    [
      '[STD.F1 SAL.F3] order: product, quantity, address, payment, requirement',
      'orders',
      order,
      ['number', 'customer', 'items', 'address', 'payment'],
    ],
    ['[STD.P5 GB.P6] delivered, installed, commissioned', 'installations', installation, ['order', 'deliveredOn', 'commissioned']],
    ['[GB.D2] installed when', 'installations', installation, ['installedOn']],
    ['[GB.P7] customer trained in use', 'installations', installation, ['customerTrained']],
    ['[GB.P13] months of warranty', 'products', product, ['warrantyMonths']],
    ['[GB.P2] sales and service inform each other', 'informationNotes', note, ['from', 'to', 'content']],
    ['[GB.P4] certificates', 'certificates', certificate, ['number', 'scheme', 'body', 'scope', 'from', 'until']],
    [
      '[CERT.P5 CERT.R2] what the certification body announces',
      'certificationNotices',
      notice,
      ['body', 'means', 'change', 'transitionUntil'],
    ],
    ['[GB.P5 FIND.P3] work on standards', 'standardisation', standard, ['standard', 'level', 'part', 'on']],
    ['[FIND.P2 SRV.D4] training of staff', 'staffTraining', { ...training, next: '2027-05-06' }, ['topic', 'on', 'person', 'passed']],
    ['[GB.P16] parts: quality and supply', 'parts', part, ['quality', 'stock', 'supplyDays']],
    ['[GB.P24] waste is recycled or disposed of', 'disposals', disposal, ['what', 'way', 'rule', 'receiver', 'on']],
    ['[GB.P10] packaging', 'packagingChecks', { ...check, whole: true, safe: true, portable: false }, ['whole', 'safe', 'portable']],
    ['[GB.P18] goods', 'goodsChecks', { ...check, law: true, standard: true, named: 'GB/T 5656' }, ['law', 'standard', 'named']],
    [
      '[OUT.F8] summary of a quarter',
      'quarterlySummaries',
      summary,
      ['service', 'receivable', 'problems', 'suggestions', 'outlet', 'quarter'],
    ],
    ['[OUT.F9] yearly survey', 'outletSurveys', survey, ['outlet', 'year', 'problems', 'improvements']],
    ['[SRV.F1] papers handed in', 'customerPapers', paper, ['customer', 'kind', 'checked']],
  ])('%s', ([, register, body, needed]) => {
    expect(kept(register, body)).toEqual(body);
    for (const field of needed) expect(kept(register, { ...body, [field]: undefined })).toEqual([field]);
  });

  test.for([
    ['[GB.P11 GB.D4 STD.D3] the promised date', 'orders', order, 'promisedDate'],
    ['[STD.F1] what the customer requires', 'orders', order, 'requirement'],
    ['[GB.P19] what the state asks', 'products', product, 'lawfulMonths'],
    ['[GB.P23] how waste is returned', 'products', product, 'wasteNotice'],
  ] as const)('%s is kept', ([, register, body, field]) => {
    expect(kept(register, body)).toHaveProperty(field, (body as Record<string, unknown>)[field]);
  });

  test('[GB.K1] fourteen services may be promised with goods, and none beside them', () => {
    const all = registers.get('products')?.fields.find(({ name }) => name === 'promised')?.options ?? [];
    expect(kept('products', { ...product, promised: all })).toHaveProperty('promised', [...all]);
    expect(all).toEqual(expect.arrayContaining(['installation', 'training', 'support', 'maintenance', 'broughtIn', 'recall', 'waste']));
    expect(kept('products', { ...product, promised: ['singing'] })).toEqual(['promised[0]']);
  });

  test('[GB.P22] a dealer says in what it supports the maker', () => {
    const dealer = {
      code: 'KH-2',
      name: '某商行',
      kind: 'dealer',
      supports: ['reporting', 'registration', 'repair', 'charging', 'exchange', 'recall'],
    };
    expect(kept('customers', dealer)).toEqual(dealer);
  });

  test('[SRV.R2] somebody is in the group that watches the quality of service', () => {
    expect(kept('people', { person: 'wang.wu', groups: ['qualityWatch'] })).toEqual({ person: 'wang.wu', groups: ['qualityWatch'] });
  });
});

describe('outlets', () => {
  const outlet = {
    code: 'WD-1',
    name: '城东网点',
    kind: 'internal',
    region: '城东',
    roster: [{ person: 'li.si', from: '2026-11-25T08:00:00+08:00', until: '2026-11-25T20:00:00+08:00' }],
  };

  test('[GB.P12 GB.R2] none without somebody on duty', () => {
    expect(kept('outlets', outlet)).toMatchObject({ code: 'WD-1', roster: [{ person: 'li.si' }] });
    expect(kept('outlets', { ...outlet, roster: [] })).toEqual(['roster']);
  });

  test('an outsourced one names its contractor', () => {
    expect(kept('outlets', { ...outlet, kind: 'outsourced' })).toEqual(['contractor']);
  });

  test('[OUT.R8 OUT.R3] repair staff sum up a quarter and the after-sales service manager surveys; nobody else writes these', () => {
    const writers = (register: string) =>
      ['repairStaff', 'serviceEngineer', 'manager', 'dispatcher'].filter((role) =>
        mayWrite({ 's1-outlet': [role] }, registers.get(register)!),
      );
    expect(writers('quarterlySummaries')).toEqual(['repairStaff']);
    expect(writers('outletSurveys')).toEqual(['serviceEngineer']);
    expect(mayRead({ 's1-outlet': ['dispatcher'] }, registers.get('quarterlySummaries')!)).toBe(true);
    expect(mayRead({ 's1-outlet': ['repairStaff'] }, registers.get('outletSurveys')!)).toBe(false);
  });
});
