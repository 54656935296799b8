import { describe, expect, test } from 'vitest';
import { isLicensed, mustBeLicensed, mustConfirmInWriting } from '../../domain/contract-review/buyer.ts';
import { checkCandidate, checkList } from '../../domain/outlet/candidates.ts';
import { checkFundReport, checkFunds } from '../../domain/outlet/funds.ts';
import { readForm } from '../../domain/form.ts';
import { openersOf, resolveRole } from '../../domain/pack.ts';
import { loadPack } from '../../packs/load.ts';
import { answered, required } from './pack-table.ts';

const outlet = loadPack('s1-outlet');
const contract = loadPack('s3-13485-contract');

describe('outlets', () => {
  test('an application holds site, staff and funds, with the data of the service department [OUT.F1 OUT.R4]', () => {
    expect(required(outlet, 'application')).toEqual(['outlet', 'site', 'staff', 'funds', 'basis']);
    expect(openersOf(outlet, 'internalOutlet')).toEqual(['manager']);
    expect(outlet.rules.steps['fundReport']!.by).toEqual(['manager']);
  });

  test('a concept holds contractor, ability, management and cost [OUT.F4]', () => {
    expect(required(outlet, 'concept')).toEqual(['outlet', 'contractors', 'staff', 'management', 'cost', 'basis']);
  });

  test('the general manager decides with a reason where it is no, and on the list too [OUT.F2 OUT.X4]', () => {
    const read = (form: object) => readForm(outlet.forms['decision']!.fields, form, { role: (name) => resolveRole(outlet, name) });
    expect(read({ decision: 'reject' })).toMatchObject({ ok: false, problems: [{ path: 'reason', code: 'reason-missing' }] });
    expect(read({ decision: 'approve' })).toMatchObject({ ok: true });
    expect(outlet.rules.tiers['outletList']!.rows[0]!.chain).toEqual([{ act: 'approve', role: 'generalManager' }]);
  });

  test('tender, candidates, both reviews and the list have their forms [OUT.F5 OUT.K2]', () => {
    expect(outlet.forms['tender']!.fields.find((field) => field.name === 'kind')!.options).toEqual(['open', 'invited']);
    expect(['candidates', 'review', 'outletList'].map((form) => required(outlet, form))).toEqual([
      ['contractors', 'names'],
      ['contractor', 'passed', 'findings'],
      ['contractors'],
    ]);
  });

  test('only the service department issues task orders; the dispatcher keeps the customers [OUT.F6 OUT.R9 OUT.F10]', () => {
    expect(openersOf(outlet, 'taskOrder')).toEqual(['serviceDepartment']);
    expect(outlet.rules.steps['customerRecord']!.by).toEqual(['dispatcher']);
    expect(outlet.rules.steps['repairReport']).toMatchObject({ by: ['repairStaff'] });
    expect(outlet.rules.steps['repairReport']!.limit).toBeUndefined();
  });

  test('the office assesses and gives its opinion; own and outsourced outlets are kinds of their own [OUT.F7 OUT.K1]', () => {
    expect(outlet.rules.steps['training']!.by).toEqual(['office']);
    expect(outlet.forms['training']!.fields.map((field) => field.name)).toEqual(['assessed', 'opinion']);
    expect(outlet.kinds).toMatchObject({ internalOutlet: { form: 'application' }, outsourcedOutlet: { form: 'concept' } });
  });

  test('a quarter’s summary is due on the fifth working day after it, the make-up Saturday counted [OUT.D2]', () => {
    const [row] = answered('s1-outlet', [['23c', 'quarterlySummary', '2026-08-03 09:00', '2026-10-13 24:00:00']]);
    expect(row!.said).toBe(row!.at);
  });

  test.for([
    [17_999_999, undefined],
    [18_000_000, undefined],
    [18_000_001, 'funds-beyond-decision'],
  ] as const)('a fund report of %i fen on a decision of 18,000,000 [OUT.P6 OUT.F3]', ([reported, code]) => {
    expect(checkFundReport(reported, 18_000_000)?.code).toBe(code);
  });

  test.for([
    [99, 'bad-amount'],
    [100, undefined],
    [101, 'bad-amount'],
  ] as const)('the office supplies %i of 100 [OUT.P6]', ([supplied, code]) => expect(checkFunds(supplied, 100)?.code).toBe(code));

  test('failing either review is out [OUT.P10 OUT.P11]', () => {
    expect(checkCandidate('a', ['a', 'b'])).toBeUndefined();
    expect(checkCandidate('c', ['a', 'b'])).toMatchObject({ code: 'not-a-candidate', detail: 'c' });
    expect(checkList(['a'], ['a', 'b'])).toBeUndefined();
    expect(checkList(['a', 'c'], ['a', 'b'])).toMatchObject({ code: 'review-not-passed', detail: 'c' });
  });
});

describe('contracts', () => {
  test.for([
    ['contractDraft', false],
    ['technicalAgreement', false],
    ['order', false],
    ['oral', true],
  ] as const)('%s must be confirmed in writing: %s [CON.P5 CON.K1]', ([requirement, must]) => {
    expect(contract.forms['contractReview']!.fields.find((field) => field.name === 'requirement')!.options).toContain(requirement);
    expect(mustConfirmInWriting({ requirement })).toBe(must);
  });

  test.for([
    ['endCustomer', true, false],
    ['dealer', true, true],
    ['agent', true, true],
    ['dealer', false, false],
  ] as const)('a buyer who is %s of a medical device (%s) must be licensed: %s [CON.P6 CON.K2]', ([buyer, medicalDevice, must]) => {
    expect(contract.forms['contractReview']!.fields.find((field) => field.name === 'buyer')!.options).toContain(buyer);
    expect(mustBeLicensed({ buyer, medicalDevice })).toBe(must);
  });

  test('a licence counts with its scope only [CON.P6]', () => {
    expect(isLicensed({ licence: true, scopeCovers: true })).toBe(true);
    expect(isLicensed({ licence: true, scopeCovers: false })).toBe(false);
    expect(isLicensed({ scopeCovers: true })).toBe(false);
  });

  test('each department has its subject, and either general manager signs [CON.R3 CON.R4 CON.R5 CON.R6 CON.R7 CON.R8 CON.X3]', () => {
    const { steps } = contract.rules;
    const by = (subject: string) => steps[`${subject}Opinion`]!.by.join();
    expect(['business', 'capacity', 'acceptance', 'technical', 'production', 'purchasing'].map(by)).toEqual([
      'business',
      'pmc',
      'quality',
      'development',
      'production',
      'purchasing',
    ]);
    expect(steps['sign']!.by).toEqual(['generalManager', 'deputyGeneralManager']);
  });
});
