import { describe, expect, test } from 'vitest';
import { resolveRole } from '../../domain/pack.ts';
import { parseBeijing } from '../../domain/time.ts';
import { askDeadline } from '../../packs/due.ts';
import { loadPack } from '../../packs/load.ts';
import { answered, chain, dueByWeekdays, limitLines, loose, required, type Dated } from './pack-table.ts';

const pack = loadPack('s2-cement');

/** The catalogue's table of limits, apart from the pack. */
const LIMITS = `
onSite,CEM.D1,24 hours,hard,text
telephoneReply,CEM.D2,2 hours,hard,proposal
productDetails,CEM.D3,same-workday,hard,proposal
progressNotice,CEM.D4,3 workdays,hard,proposal
reportToSuperiors,CEM.D5,1 workdays,hard,proposal
arrangementTold,CEM.D7,1 workdays,hard,proposal
reportToCompany,CEM.D9,1 workdays,hard,proposal
departmentNotice,CEM.D10,1 workdays,hard,proposal
yearFile,CEM.D6,period year,hard,text
approval,limits.approval,2 workdays,hard,proposal
nextVersion,limits.nextVersionAfterRejection,3 workdays,hard,proposal
caseClosure,design,60 days,soft,proposal`
  .trim()
  .split('\n');

test('every limit of the catalogue with its number, and no other', () => expect(limitLines(pack)).toEqual(LIMITS.toSorted()));

test('cites a heading of the text or says proposal, is named in both languages, uses what it has', () => {
  const clause =
    /^(一\([一二三四五]\)|二(\([一二三]\)(\d(-\d)?|质检部\d{0,2}|生产部、市场部\d?)?)?|信息反馈\([一二三四五六七]\)(\d|-\([一二三四五六七]\))?)$/;
  expect(loose(pack, { watched: ['nextVersion', 'caseClosure'], clause })).toEqual([]);
});

test('hard limits climb from the market department to the leadership, soft ones stop at the department', () => {
  for (const limit of Object.values(pack.rules.limits)) {
    const told = limit.hardness === 'soft' ? ['market'] : limit.name === 'approval' ? ['companyLeader'] : ['market', 'companyLeader'];
    expect(pack.rules.ladders[limit.ladder]!.map((rung) => rung.role)).toEqual(told);
  }
  expect(pack.rules.generalManager).toBe('companyLeader');
});

describe('roles', () => {
  test.for([
    ['公司领导', 'companyLeader'],
    ['上级领导', 'companyLeader'],
    ['总经理', undefined], // the text names none
    ['市场部门', 'market'],
    ['营销部', 'marketing'],
    ['质检人员', 'quality'],
    ['生产部', 'safetyProduction'],
    ['施工方', 'builder'],
    ['专人', 'siteEngineer'],
  ] as const)('%s', ([name, role]) => expect(resolveRole(pack, name)).toBe(role));
});

test('each step of the procedure is there, at its heading', () => {
  const steps: Record<string, string> = {
    open: '二(二)1, 二(三)质检部4',
    telephoneReply: '二(三)质检部8',
    siteArrival: '二(三)质检部6',
    analysis: '二(二)2, 二(三)质检部5',
    explanation: '二(二)2',
    departmentNotice: '二(二)3',
    remedy: '二(二)3',
    solution: '二(二)3',
    customerAgreement: '二(二)3',
    'solution.approve': '二(二)3',
    meeting: '信息反馈(四)',
    progress: '二(二)4',
    improvement: '二(二)4',
    handlingOpinion: '信息反馈(六)',
    reportToSuperiors: '二(三)质检部9',
    satisfaction: '信息反馈(二)',
    reportToCompany: '信息反馈(三)',
    filing: '信息反馈(一)',
    deliveryRelease: '二(三)质检部7',
    promise: '信息反馈(七)2',
  };
  expect(Object.fromEntries(Object.keys(steps).map((step) => [step, pack.rules.steps[step]?.clause]))).toEqual(steps);
  expect(pack.rules.steps['remedy']!.by).toEqual(['safetyProduction']);
  expect(pack.rules.steps['improvement']!.by).toEqual(['engineering']);
});

test('a serious complaint needs all four departments at once, the others none [CEM.R8 CEM.X7]', () => {
  expect(pack.rules.severities).toEqual(['light', 'serious', 'principle']);
  expect(chain(pack, 'serious')).toBe('all: approve quality, approve safetyProduction, approve generalManagement, approve market');
  expect(chain(pack, 'light')).toBeUndefined();
  expect(chain(pack, 'principle')).toBeUndefined();
});

test('closes with signed opinion, report and satisfaction; reopens on either side', () => {
  const { closeRequires = {} } = pack.rules;
  for (const kind of ['quality', 'nonQuality', 'other']) {
    expect(closeRequires[kind]).toEqual(['handlingOpinion', 'reportToSuperiors', 'satisfaction']);
  }
  expect(closeRequires['principle']).toContain('meeting');
  expect(pack.duties?.reopenOn?.map(({ field }) => field)).toEqual(['complainantSatisfied', 'respondentSatisfied']);
  expect(pack.duties?.authorityNotices?.['principle']?.decidedBy).toBe('companyMeeting');
  expect(pack.duties?.retention).toMatchObject({ file: 'yearly' });
});

test('minutes of the meeting say the plan, yes or no to the authorities, who takes part and who owes what; the opinion is signed', () => {
  expect(required(pack, 'meeting')).toEqual(['plan', 'notifyAuthorities', 'minutes', 'participants', 'owner', 'dueAt']);
  expect(required(pack, 'handlingOpinion')).toEqual(['opinion', 'signed', 'handedTo']);
  expect(required(pack, 'satisfaction')).toEqual(['complainantSatisfied']);
});

describe('dates', () => {
  const dates: Dated[] = [
    ['20: 24 hours over National Day', 'onSite', '2026-10-01 14:30:00', '2026-10-02 14:30:00'],
    ['20: two hours', 'telephoneReply', '2026-10-01 14:30:00', '2026-10-01 16:30:00'],
    ['20: a working day counts no holiday', 'reportToSuperiors', '2026-10-01 14:30:00', '2026-10-08 24:00:00'],
    ['20: the same working day, from a holiday', 'productDetails', '2026-10-01 14:30:00', '2026-10-08 24:00:00'],
    ['21: product details', 'productDetails', '2026-07-06 09:00', '2026-07-06 24:00:00'],
    ['21: the arrangement', 'arrangementTold', '2026-07-06 09:00', '2026-07-07 24:00:00'],
    ['21: progress', 'progressNotice', '2026-07-06 09:00', '2026-07-09 24:00:00'],
    ['21: the departments', 'approval', '2026-07-08 10:00', '2026-07-10 24:00:00'],
    ['21: version 2', 'nextVersion', '2026-07-10 10:00', '2026-07-15 24:00:00'],
    ['21: to the superiors', 'reportToSuperiors', '2026-07-24 10:00', '2026-07-27 24:00:00'],
    ['21: dissatisfied', 'reportToCompany', '2026-07-31 16:00', '2026-08-03 24:00:00'],
    ['21: file of the closing year', 'yearFile', '2026-08-10 10:00', '2026-12-31 24:00:00'],
    ['light', 'departmentNotice', '2026-07-13 10:00', '2026-07-14 24:00:00'],
  ];
  test.for(answered('s2-cement', dates))('$what', ({ at, said }) => expect(said).toBe(at));

  test('20: arrival on the second is in time, a second later is not; weekdays would end the product details on the holiday', () => {
    const { dueAt, limit } = askDeadline('s2-cement', 'onSite', '2026-10-01 14:30:00');
    expect(parseBeijing('2026-10-02 14:30:00')).toBeLessThanOrEqual(dueAt);
    expect(parseBeijing('2026-10-02 14:30:01')).toBeGreaterThan(dueAt);
    expect(limit.arms).toBe('receipt');
    expect(dueByWeekdays(pack, 'productDetails', '2026-10-01 14:30:00')).toBe('2026-10-01 24:00:00');
  });
});

test('settings of the table', () => {
  expect(pack.rules.switches).toMatchObject({
    validityTest: true,
    notValidReply: 'with-grounds',
    promiseBeforeDecision: 'forbidden',
    builderSamplesJointly: true,
    needToKnow: true,
    extension: 'none',
  });
  expect(pack.rules.responseLimit).toBe('telephoneReply');
});
