import { describe, expect, test } from 'vitest';
import { entered, may, warned } from './entered.ts';

const CUSTOMER = { customerName: '某医院' };

test.for([
  [
    '[FB.F5] questionnaire',
    { ...CUSTOMER, kind: 'questionnaire', date: '2026-07-01', round: 'DC-2026-00001', answers: [{ item: '质量', answer: 'satisfied' }] },
    ['round', 'customerName'],
  ],
  [
    '[FB.F5] comment form that went with a product',
    { ...CUSTOMER, kind: 'commentForm', date: '2026-07-02', product: '输液泵', comment: '报警声偏小' },
    ['kind', 'date'],
  ],
  ['[FB.F5] e-mail', { ...CUSTOMER, kind: 'email', date: '2026-07-03', comment: '请求培训', case: 'FB-2026-000001' }, ['kind']],
] as const)('%s', ([, filled, needed]) => {
  expect(entered('customerVoices', filled)).toEqual(filled);
  for (const field of needed) expect(entered('customerVoices', { ...filled, [field]: undefined })).toEqual([field]);
});

test('[FB.F7] of the two rules that are cited, document and edition are kept, and no third one is', () => {
  const document = { document: 'QP-12', edition: 'B/2', inForceFrom: '2026-01-01' };
  for (const rule of ['dataAnalysis', 'improvement']) expect(entered('citedRules', { ...document, rule })).toEqual({ ...document, rule });
  expect(entered('citedRules', { ...document, rule: 'purchasing' })).toEqual(['rule']);
  const information = { date: '2026-07-01', source: 'visit', information: '新竞品上市', rule: 'QP-12' };
  expect(entered('marketInformation', information)).toEqual(information);
});

describe('whom a survey asks', () => {
  const round = { begins: '2026-07-01', customers: 80, scope: 'full', asked: 80 };
  test('[FB.K9] all customers, or a sample that says why it stands for all', () => {
    expect(entered('surveyRounds', round)).toEqual(round);
    expect(entered('surveyRounds', { ...round, scope: 'sample', asked: 20 })).toEqual(['basis']);
    expect(entered('surveyRounds', { ...round, scope: 'some' })).toEqual(['scope']);
  });
  test('[FB.T4] their number decides', () => {
    expect(entered('surveyRounds', { ...round, customers: undefined })).toEqual(['customers']);
    expect(warned('surveyRounds', { ...round, fullUpTo: 100 })).toEqual([]);
    expect(warned('surveyRounds', { ...round, fullUpTo: 50 })).toEqual(['surveyScope']);
    expect(warned('surveyRounds', { ...round, fullUpTo: 100, scope: 'sample', asked: 20 })).toEqual(['surveyScope']);
    expect(warned('surveyRounds', { ...round, asked: 79 })).toEqual(['surveyScope']);
    expect(warned('surveyRounds', { ...round, scope: 'sample', asked: 81 })).toEqual(['surveyScope']);
    expect(warned('surveyRounds', { ...round, scope: 'sample', asked: 20, fullUpTo: 50 })).toEqual([]);
  });
});

test('[FB.A2 FB.R1] the business department keeps the records of collection and analysis', () => {
  for (const register of ['customerVoices', 'marketInformation', 'surveyRounds']) {
    expect(may(register, 's4-feedback', '业务部').write).toBe(true);
    expect(may(register, 's4-feedback', '办公室').write).toBe(false);
  }
});
test('[FB.R11] management reads what is known of the market', () =>
  expect(may('marketInformation', 's4-feedback', '管理层')).toEqual({ write: false, read: true }));
