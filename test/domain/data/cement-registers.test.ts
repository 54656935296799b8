import { expect, test } from 'vitest';
import { entered, may } from './entered.ts';

const CUSTOMER = { customerName: '某建材公司' };

test.for([
  [
    '[CEM.F12] quality information',
    'qualityInformation',
    { date: '2026-07-01', product: 'P·O 42.5 0701', source: 'site', information: '早强偏高', toldTo: '生产部' },
    ['product', 'information'],
  ],
  [
    '[CEM.F12] quality follow-up with the departments concerned',
    'qualityFollowUps',
    {
      ...CUSTOMER,
      date: '2026-07-02',
      with: ['market', 'safetyProduction'],
      product: 'P·O 42.5',
      use: '商混',
      opinion: '稳定',
      satisfied: true,
      service: '配比指导',
    },
    ['opinion', 'product'],
  ],
  [
    '[CEM.F12] samples for advance testing',
    'advanceSamples',
    { ...CUSTOMER, sentOn: '2026-07-03', product: 'P·II 52.5', requirement: '28天强度60兆帕', result: '62兆帕', fits: true },
    ['requirement', 'product'],
  ],
  [
    '[CEM.A2] kept samples',
    'samples',
    {
      number: 'YP-1',
      product: 'P·O 42.5',
      batch: '0701',
      productionDate: '2026-06-28',
      takenOn: '2026-06-28',
      producingUnit: '二线',
      producedBy: '甲班',
      place: '样品库3架',
      keptUntil: '2026-09-28',
      standing: 'kept',
    },
    ['product', 'takenOn', 'place'],
  ],
  [
    '[CEM.F4] service file',
    'serviceFiles',
    { ...CUSTOMER, date: '2026-07-04', case: 'CEM-2026-000001', service: '现场取样', opinion: '希望提前通知', toldTo: '市场部' },
    ['service', 'toldTo'],
  ],
  [
    '[CEM.F13] satisfaction and loyalty',
    'satisfactionSurveys',
    {
      ...CUSTOMER,
      round: '2026-1',
      date: '2026-07-05',
      satisfaction: 'dissatisfied',
      loyalty: 'undecided',
      why: '送货迟',
      suggestion: '加派车辆',
    },
    ['satisfaction', 'loyalty', 'why'],
  ],
] as const)('%s', ([, register, filled, needed]) => {
  expect(entered(register, filled)).toEqual(filled);
  for (const field of needed) expect(entered(register, { ...filled, [field]: undefined })).toEqual([field]);
});

test('[CEM.A2] who was handed a sample must be told; production, market and quality inspection keep them, nobody else', () => {
  const sample = {
    number: 'YP-2',
    product: 'P·O 42.5',
    batch: '0702',
    productionDate: '2026-06-29',
    takenOn: '2026-06-29',
    producingUnit: '二线',
    place: '样品库',
  };
  expect(entered('samples', { ...sample, standing: 'handedOut' })).toEqual(['handedTo']);
  expect(['质检部', '生产部', '市场部', '营销部'].map((name) => may('samples', 's2-cement', name).write)).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

test('[CEM.F12 CEM.F13] quality inspection writes quality information, the market department surveys, marketing reads what customers say', () => {
  expect(may('qualityInformation', 's2-cement', '质检部')).toEqual({ write: true, read: true });
  expect(may('qualityInformation', 's2-cement', '营销部')).toEqual({ write: false, read: false });
  expect(may('satisfactionSurveys', 's2-cement', '营销部')).toEqual({ write: false, read: true });
  expect(may('satisfactionSurveys', 's2-cement', '市场部门').write).toBe(true);
});
