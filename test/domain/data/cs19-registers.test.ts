import { expect, test } from 'vitest';
import { entered, may, warned } from './entered.ts';

const items = [{ item: '门窗', answer: 'satisfied' }, { item: '防水', answer: 'dissatisfied', why: '渗漏', improved: '已返修' }]; // prettier-ignore

test.for([
  [
    '[CS19.F9] supplement to a building contract',
    'supplementAgreements',
    {
      agreement: 'XY-1',
      contract: 'HT-7',
      builder: 'B-1',
      estate: 'DEMO',
      signedOn: '2026-01-05',
      until: '2028-01-04',
      scope: '防水、门窗',
      costs: '从保证金扣回',
    },
    ['contract', 'builder', 'estate', 'signedOn', 'scope'],
  ],
  [
    '[CS19.F10] questionnaire',
    'questionnaires',
    { estate: 'DEMO', customerName: '李某', date: '2026-07-01', stage: 'residence', items, degree: 'fair', opinion: '加强巡查' },
    ['estate', 'stage', 'items'],
  ],
  [
    '[CS19.P28] help at hand-over',
    'handOverSupport',
    {
      date: '2026-07-02',
      estate: 'DEMO',
      phase: 'handOver',
      with: ['sales', 'engineering', 'property'],
      problem: '门锁卡滞',
      solved: true,
      solution: '当场更换',
      services: '水电开户',
    },
    ['phase', 'with', 'solution'],
  ],
  [
    '[CS19.P29] theme activity of a stage',
    'activities',
    {
      kind: 'theme',
      theme: '装修咨询日',
      stage: 'handOver',
      place: 'DEMO',
      from: '2026-07-10',
      until: '2026-07-11',
      organiser: 'customerService',
    },
    ['theme', 'stage', 'place', 'from', 'organiser'],
  ],
  [
    '[CS19.P32] training in service',
    'trainings',
    { date: '2026-07-03', theme: '客户服务意识', audience: 'all', participants: 120, trainer: '外聘', effect: '考核通过' },
    ['theme', 'audience', 'participants'],
  ],
] as const)('%s', ([, register, filled, needed]) => {
  expect(entered(register, filled)).toEqual(filled);
  for (const field of needed) expect(entered(register, { ...filled, [field]: undefined })).toEqual([field]);
});

test('[CS19.F10] contents fit the stage: a special matter names its theme; why an item dissatisfies is written with the item', () => {
  const sheet = { estate: 'DEMO', date: '2026-07-01', stage: 'special', items };
  expect(entered('questionnaires', sheet)).toEqual(['theme']);
  expect(entered('questionnaires', { ...sheet, theme: '电梯整改' })).toMatchObject({ theme: '电梯整改' });
  expect(entered('questionnaires', { ...sheet, theme: '电梯整改', items: [{ item: '防水', answer: 'dissatisfied' }] })).toEqual([
    'items[0].why',
  ]);
});

test('[CS19.K9] seriously dissatisfied is one of the degrees', () => {
  const sheet = { estate: 'DEMO', date: '2026-07-01', stage: 'residence', items };
  expect(entered('questionnaires', { ...sheet, degree: 'seriouslyDissatisfied' })).toMatchObject({ degree: 'seriouslyDissatisfied' });
  expect(entered('questionnaires', { ...sheet, degree: 'furious' })).toEqual(['degree']);
});

test('[CS19.P28] what was not solved at hand-over becomes a complaint', () => {
  const found = { date: '2026-07-02', estate: 'DEMO', phase: 'inspection', with: ['property'], problem: '渗漏' };
  expect(entered('handOverSupport', { ...found, solved: false })).toEqual(['case']);
});

const community = {
  kind: 'community',
  theme: '中秋晚会',
  place: 'DEMO',
  from: '2026-09-24',
  until: '2026-09-25',
  organiser: 'externalRelations',
};
const plans = [
  { plan: '中心广场', effect: 'great' },
  { plan: '会所', effect: 'little', chosen: true },
];

test('[CS19.P30 CS19.R24] a community activity weighs what each plan does to residents; external relations and customer service write it', () => {
  expect(entered('activities', community)).toEqual(['plans']);
  expect(entered('activities', { ...community, plans })).toEqual({ ...community, plans });
  for (const name of ['对外联络部', '客户服务部', '经营销售部', '人力资源部']) expect(may('activities', 's3-cs19', name).write).toBe(true);
  expect(may('activities', 's3-cs19', '财务计统部')).toEqual({ write: false, read: true });
});

test('[CS19.P31] two at once in one place are seen, whatever their kind; one after the other or elsewhere are not', () => {
  const theme = { kind: 'theme', theme: '义诊', place: 'DEMO', from: '2026-09-25', organiser: 'customerService' };
  const there = [{ id: 'HD-2026-00001', body: community }];
  expect(warned('activities', theme, there)).toEqual(['overlap', 'HD-2026-00001']);
  expect(warned('activities', { ...theme, from: '2026-09-26' }, there)).toEqual([]);
  expect(warned('activities', { ...theme, place: 'OTHER' }, there)).toEqual([]);
});

test('[CS19.P32 CS19.R18] human resources trains and customer service helps, nobody else', () =>
  expect(['人力资源部', '客户服务部', '设计研发部'].map((name) => may('trainings', 's3-cs19', name).write)).toEqual([true, true, false]));

test('[CS19.F18 CS19.A2] buyers and residents stand on one platform, with their home; somebody who is there already is seen', () => {
  const customer = { code: 'KH-1', name: '李某', telephone: '13800000000', purchase: 'resident', unit: 'DEMO-1-101' };
  expect(entered('customers', customer)).toEqual(customer);
  expect(entered('customers', { ...customer, purchase: 'buyer' })).toMatchObject({ purchase: 'buyer' });
  expect(entered('customers', { ...customer, name: undefined })).toEqual(['name']);
  expect(warned('customers', { ...customer, code: 'KH-2' }, [{ id: 'KH-1', body: customer }])).toEqual(['similar', 'KH-1']);
});

test('[CS19.P33] customer service enters it, sales and the property company help; those who work on its cases read', () => {
  for (const name of ['客户服务部', '资料员', '经营销售部', '物业公司']) expect(may('customers', 's3-cs19', name).write).toBe(true);
  expect(may('customers', 's3-cs19', '客户服务处')).toEqual({ write: false, read: true });
  for (const name of ['设计研发部', '施工单位']) expect(may('customers', 's3-cs19', name)).toEqual({ write: false, read: false });
});
