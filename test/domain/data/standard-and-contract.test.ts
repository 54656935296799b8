import { describe, expect, test } from 'vitest';
import { defaultPackId, loadPack } from '../../../packs/load.ts';
import { alone, answers, choices, kept } from './asked.ts';

const std = loadPack('s3-std');
const contract = loadPack('s3-13485-contract');

describe('the default procedure', () => {
  test('[STD.X2] a text of no company takes what names no pack', () => expect(defaultPackId()).toBe('s3-std'));

  test('[STD.R1] for the company its general manager hears of what was escalated', () => {
    expect(answers(std, '总经理')).toEqual(['acknowledge']);
  });

  test('[STD.R2] service staff reply, technicians are sent [STD.R3]', () => {
    expect(answers(std, '客户服务人员')).toEqual(expect.arrayContaining(['open', 'reply', 'solution', 'confirmation']));
    expect(alone(std, '技术人员')).toEqual(['technicianVisit']);
  });

  test('[STD.A3] days for return and exchange and months of warranty are rules', () => {
    const { returnDays, replaceDays, warrantyMonths } = std.rules.switches;
    expect([returnDays, replaceDays, warrantyMonths]).toEqual([7, 15, 12]);
  });

  test('[STD.K1] an inquiry and a complaint have one intake', () => {
    expect(Object.entries(std.kinds).map(([kind, { form }]) => `${kind} ${form}`)).toEqual([
      'inquiry intake',
      'suggestion intake',
      'complaint intake',
    ]);
  });

  test('[SRV.K1] telephone, mail or online', () => {
    expect(choices(std, 'intake', 'channel')).toEqual(expect.arrayContaining(['电话', '电子邮件', '网上']));
  });
});

const review = {
  requirement: 'order',
  buyer: 'dealer',
  medicalDevice: true,
  licence: '粤食药监械经营许20260001号',
  scopeCovers: true,
  stated: '质量、交付、保修、价格',
  unstated: '习惯用途',
  legal: '无铅零件温度与时间管制',
  added: '月结30天',
  files: 'PO附页、BOM',
  warrantyMonths: 24,
};

describe('review of a contract', () => {
  test('[CON.F1] the form holds every kind of requirement and the licence with its scope', () => {
    expect(kept(contract, 'contractReview', review)).toEqual(review);
    for (const field of ['requirement', 'buyer', 'medicalDevice', 'stated', 'legal', 'scopeCovers'])
      expect(kept(contract, 'contractReview', { ...review, [field]: undefined })).toEqual([field]);
  });

  test('[CON.F3 CON.F4] files of the order, draft and agreement are named', () => {
    expect(kept(contract, 'contractReview', { ...review, requirement: 'technicalAgreement' })).toMatchObject({ files: 'PO附页、BOM' });
  });

  test('[CON.F2] an opinion says whether it can be met, and if not why', () => {
    expect(kept(contract, 'opinion', { fit: true, opinion: '可以' })).toEqual({ fit: true, opinion: '可以' });
    expect(kept(contract, 'opinion', { fit: false, opinion: '不行' })).toEqual(['reason']);
    expect(kept(contract, 'opinion', { opinion: '可以' })).toEqual(['fit']);
  });

  test('[CON.F5] what was said is confirmed by mail, by the signed contract or otherwise, with evidence', () => {
    expect(choices(contract, 'writtenConfirmation', 'how')).toEqual(['邮件确认', '合同回签', '其他正式文件']);
    expect(kept(contract, 'writtenConfirmation', { how: 'mail' })).toEqual(['evidence']);
  });

  test('[CON.R1] the business department organises the review and keeps its records [CON.A1]', () => {
    expect(answers(contract, '业务部')).toEqual(expect.arrayContaining(['open', 'businessOpinion', 'close']));
    expect(contract.rules.coordinator).toEqual(['business']);
  });

  test('[CON.R2] salespeople fill in the form and confirm in writing what was said', () => {
    expect(answers(contract, '业务员')).toEqual(['open', 'contract', 'writtenConfirmation', 'licence']);
    expect(alone(contract, '业务员')).toEqual(['writtenConfirmation']);
  });
});
