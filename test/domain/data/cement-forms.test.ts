import { describe, expect, test } from 'vitest';
import { shown } from '../../../domain/cement/analysis.ts';
import { dueOf } from '../../../domain/deadline.ts';
import { formatDue, parseBeijing } from '../../../domain/time.ts';
import { loadCalendar, loadPack } from '../../../packs/load.ts';
import { choices, fill, kept } from './asked.ts';

const pack = loadPack('s2-cement');

describe('a form keeps what the text names and refuses what lacks it', () => {
  test.for([
    [
      '[CEM.F1] complaint register',
      'register',
      {
        complainant: '张某',
        content: '凝结过快',
        product: 'P·O 42.5',
        demand: '换货',
        orderNumber: 'D-1',
        deliveryDate: '2026-07-01',
        siteServiceNeeded: true,
      },
      ['content', 'complainant'],
    ],
    [
      '[CEM.F7] data of production and the kept sample',
      'productDetails',
      {
        orderNumber: 'D-1',
        deliveryDate: '2026-07-01',
        itemNumber: 'L-9',
        quantity: '40吨',
        producingUnit: '二线',
        producedBy: '甲班',
        productionDate: '2026-06-28',
        sampleKept: true,
        result: '已核实',
        referenceMaterial: '配比建议',
        countermeasure: '复检',
      },
      ['orderNumber', 'deliveryDate'],
    ],
    ['[CEM.F2] handling form: remedy', 'remedy', { remedy: '换货', countermeasure: '质检部监督执行' }, ['remedy']],
    [
      '[CEM.F2] handling form: solution',
      'solution',
      { solution: '赔付', discussedBy: ['generalManagement', 'market'], compensation: '1200.00' },
      ['solution', 'discussedBy'],
    ],
    ['[CEM.F2] handling form: agreement', 'customerAgreement', { agreed: true, evidence: '回函' }, ['agreed']],
    ['[CEM.F2] handling form: approval', 'decision', { decision: 'reject', reason: '依据不足' }, ['decision', 'reason']],
    [
      '[CEM.F4] opinions for the service file',
      'customerOpinion',
      { opinion: '希望提前通知', raisedBy: 'customer', service: '现场配合两天', departments: ['market'] },
      ['opinion', 'departments'],
    ],
    [
      '[CEM.F5] data of the site',
      'siteRecord',
      { originalData: '水灰比0.5', sampled: true, sampledBy: ['builder', 'quality'], testResult: '28天强度', dataGivenInWriting: true },
      ['originalData', 'dataGivenInWriting', 'sampledBy'],
    ],
    ['[CEM.F6] plan accepted by the builder', 'builderAcceptance', { accepted: true, evidence: '签字页' }, ['accepted', 'evidence']],
    ['[CEM.F8] improvement', 'improvement', { measure: '增设在线检测', proposedBy: 'engineering', supervisedBy: 'quality' }, ['measure']],
    ['[CEM.F8] its effect', 'improvementEffect', { effective: true, note: '三个月无同类投诉' }, ['effective']],
    [
      '[CEM.F9] signed opinion',
      'handlingOpinion',
      { opinion: '换货并赔付', signed: true, handedTo: 'wang.wu', material: '检验单' },
      ['opinion', 'signed', 'handedTo'],
    ],
    [
      '[CEM.F10] satisfaction, side by side',
      'satisfaction',
      { complainantSatisfied: false, whyNot: '太慢', respondentSatisfied: true },
      ['complainantSatisfied'],
    ],
    ["[CEM.F11] the year's file", 'filing', { year: 2026, archivedAs: '2026-017', material: '登记表、处理表、检验单' }, ['year']],
  ] as const)('%s', ([, form, filled, needed]) => {
    expect(kept(pack, form, filled)).toEqual(filled);
    for (const field of needed) expect(kept(pack, form, { ...filled, [field]: undefined })).toEqual([field]);
  });

  test('[CEM.F2] nobody approves before remedy and agreement are filed', () => {
    expect(pack.rules.steps['solution.approve']?.requiredForms).toEqual(['remedy', 'customerAgreement']);
    for (const form of pack.rules.steps['solution.approve']!.requiredForms!) expect(Object.keys(pack.forms)).toContain(form);
  });

  test('[CEM.F3] appraisal and grounds together show the customer why, one alone does not', () => {
    const facts = (form: object) => {
      const reading = fill(pack, 'explanation', { explanation: '养护不当', furtherSteps: '派人指导', ...form });
      return reading.ok ? shown(reading.facts) : reading.problems;
    };
    expect(facts({ appraisal: '合格', grounds: '国标' })).toBe(true);
    expect(facts({ appraisal: '合格' })).toBe(false);
    expect(facts({ attachment: 'a'.repeat(64) })).toBe(true);
  });
});

describe('classes', () => {
  test('[CEM.K2 CEM.K3] light, serious, and above them a matter of principle', () => {
    expect(pack.rules.severities).toEqual(['light', 'serious', 'principle']);
    expect(choices(pack, 'severity', 'severity')).toEqual(['情节较轻', '情节严重', '原则性问题或重大问题']);
    expect(pack.rules.closeRequires?.['principle']).toContain('meeting');
    for (const severity of pack.rules.severities!)
      expect(fill(pack, 'severity', { severity })).toMatchObject({ ok: true, facts: { severity } });
  });

  test('[CEM.K4] our cause or not is said with the analysis, one way or the other', () => {
    const analysis = {
      cause: 'quality',
      analysedBy: ['质检部', '安全生产部'],
      findings: '细度超标',
      cementUse: '现浇楼板',
      customerInformation: '与订单相符',
    };
    for (const ourFault of [true, false])
      expect(fill(pack, 'analysis', { ...analysis, ourFault })).toMatchObject({ ok: true, facts: { ourFault } });
    expect(kept(pack, 'analysis', analysis)).toEqual(['ourFault']);
  });

  test('[CEM.K5 CEM.K6] the register says whether somebody must go, and whether the customer is a key customer', () => {
    const register = { complainant: '张某', content: '开裂', siteServiceNeeded: false, keyCustomer: true };
    expect(fill(pack, 'register', register)).toMatchObject({ ok: true, facts: { siteServiceNeeded: false, keyCustomer: true } });
  });
});

test('[CEM.A1] a closed case belongs to the file of its year, due at its end', () => {
  expect(pack.duties?.retention).toMatchObject({ file: 'yearly' });
  const due = dueOf(pack.rules.limits['yearFile']!, parseBeijing('2026-07-10 10:00'), loadCalendar('cn'));
  expect(formatDue(due.dueAt)).toBe('2026-12-31 24:00:00');
});

describe('rules of conduct on the signed opinion', () => {
  const signed = { opinion: '换货', signed: true, handedTo: 'wang.wu' };
  test('[CEM.A4] a quarrel must be told', () => {
    expect(kept(pack, 'handlingOpinion', { ...signed, withoutQuarrel: true })).toMatchObject({ withoutQuarrel: true });
    expect(kept(pack, 'handlingOpinion', { ...signed, withoutQuarrel: false })).toEqual(['quarrel']);
  });
  test('[CEM.A7] details that were left unchecked must be told', () => {
    expect(kept(pack, 'handlingOpinion', { ...signed, detailsChecked: true })).toMatchObject({ detailsChecked: true });
    expect(kept(pack, 'handlingOpinion', { ...signed, detailsChecked: false })).toEqual(['detailsOpen']);
  });
  test('[CEM.A8] whether the complainant was calmed is kept', () =>
    expect(kept(pack, 'handlingOpinion', { ...signed, calmed: true })).toMatchObject({ calmed: true }));
});
