import { describe, expect, test } from 'vitest';
import { checkSiteRecord } from '../../../domain/cement/site.ts';
import { resolveRole } from '../../../domain/pack.ts';
import { loadPack } from '../../../packs/load.ts';
import { alone, answers, kept } from './asked.ts';

const pack = loadPack('s2-cement');

describe('who does what', () => {
  test.for([
    [
      '[CEM.R1] the market department tracks, works out solutions and files',
      '市场部',
      ['solution', 'customerAgreement', 'progress', 'assign', 'filing'],
    ],
    ['[CEM.R2] marketing brings in what it hears', '营销部', ['open']],
    [
      '[CEM.R3] quality inspection registers, investigates, serves on site, follows the improvement and reports',
      '质检部',
      ['open', 'analysis', 'siteRecord', 'improvementEffect', 'reportToSuperiors', 'customerOpinion'],
    ],
    ['[CEM.R4] safety and production remedies the product and seeks the cause', '安全生产部', ['remedy', 'analysis']],
    ['[CEM.R5] general management works out the solution and approves', '综合管理部', ['solution', 'solution.approve']],
    ['[CEM.R6] production supplies data, helps to analyse and carries out', '生产部', ['productDetails', 'analysis', 'carryOut']],
    ['[CEM.R7] engineering draws up the improvement', '工程技术部', ['improvement']],
    ['[CEM.R10] superiors answer what was escalated to them', '上级领导', ['acknowledge']],
    ['[CEM.R11] the handler signs the opinion', '处理人员', ['handlingOpinion', 'telephoneReply', 'reply']],
    ['[CEM.R12] the person in charge carries out', '专门负责人', ['carryOut']],
    ['[CEM.R13] somebody is sent to the site and arrives there', '专人', ['setOut', 'siteArrival', 'siteRecord']],
  ] as const)('%s', ([, name, steps]) => expect(answers(pack, name)).toEqual(expect.arrayContaining([...steps])));

  test.for([
    ['[CEM.R1] the market department', '市场部', ['causeSummary', 'filing']],
    [
      '[CEM.R3 CEM.X6] quality inspection, also whether somebody must go',
      '质检部',
      ['siteService', 'improvementEffect', 'deliveryHold', 'deliveryRelease'],
    ],
    ['[CEM.R4] safety and production', '安全生产部', ['remedy']],
    ['[CEM.R7] engineering', '工程技术部', ['improvement']],
  ] as const)('alone: %s', ([, name, steps]) => expect(alone(pack, name)).toEqual([...steps]));
});

test('[CEM.X1] quality inspection may register, whoever is called too; the market department tracks and files', () => {
  for (const name of ['质检部', '市场部', '处理人员']) expect(answers(pack, name)).toContain('open');
  expect(pack.rules.coordinator).toEqual(['market']);
  expect(alone(pack, '市场部')).toContain('filing');
});

test.for([
  ['市场部门', 'market'],
  ['质检人员', 'quality'],
  ['生产部', 'safetyProduction'],
  ['安全生产部相关人员', 'safetyProduction'],
  ['营销部', 'marketing'],
] as const)('[CEM.X2] %s is one of the departments', ([name, role]) => expect(resolveRole(pack, name)).toBe(role));

test('[CEM.R9] the meeting decides whether the authorities hear, and what it decides is filed under its name', () => {
  expect(resolveRole(pack, '会议')).toBe(pack.duties?.authorityNotices?.['principle']?.decidedBy);
  const minutes = {
    plan: '召回本批次',
    notifyAuthorities: true,
    minutes: '一致通过',
    participants: ['质检部', '公司领导'],
    owner: '安全生产部',
    dueAt: '2026-07-20 18:00',
  };
  expect(kept(pack, 'meeting', minutes)).toMatchObject({ notifyAuthorities: true, owner: 'safetyProduction' });
  expect(kept(pack, 'meeting', { ...minutes, notifyAuthorities: undefined })).toEqual(['notifyAuthorities']);
});

test('[CEM.R10] superiors hear the result of every complaint', () => {
  expect(pack.duties?.reports?.['resultToSuperiors']?.to.map((role) => role)).toEqual([resolveRole(pack, '上级领导')]);
  expect(pack.rules.closeRequires?.['quality']).toContain('reportToSuperiors');
});

test('[CEM.R14] without the builder a sample does not count, nor a plan that the builder has not accepted', () => {
  const record = { originalData: '塌落度', sampled: true, dataGivenInWriting: true };
  const parties = (names: string[]) => kept(pack, 'siteRecord', { ...record, sampledBy: names }) as unknown as { sampledBy: string[] };
  const judged = (names: string[]) =>
    checkSiteRecord({ ...record, sampledBy: parties(names).sampledBy }, { jointly: true, inWriting: true });
  expect(judged(['质检部', '施工方'])).toBeUndefined();
  expect(judged(['质检部'])).toMatchObject({ code: 'site-record-incomplete' });
});

test('[CEM.R15] complainant, person complained about and giver of an opinion can be told of the arrangement; both sides reopen', () => {
  for (const [name, role] of [
    ['投诉人', 'complainant'],
    ['意见反馈人', 'complainant'],
    ['被投诉人', 'respondent'],
  ] as const)
    expect(kept(pack, 'arrangement', { arrangement: '明日到场', told: name })).toEqual({ arrangement: '明日到场', told: role });
  expect(pack.duties?.reopenOn?.map(({ field }) => field)).toEqual(['complainantSatisfied', 'respondentSatisfied']);
});
