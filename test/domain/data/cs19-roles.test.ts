import { describe, expect, test } from 'vitest';
import { tierFor } from '../../../domain/approval.ts';
import { auditorOf } from '../../../domain/property-repair/account.ts';
import { checkAcceptance } from '../../../domain/property-repair/repair.ts';
import { checkSurvey } from '../../../domain/property-repair/survey.ts';
import { openersOf, resolveRole } from '../../../domain/pack.ts';
import { parseYuan } from '../../../domain/money.ts';
import { loadPack } from '../../../packs/load.ts';
import { alone, answers, kept } from './asked.ts';

const pack = loadPack('s3-cs19');
/** Who decides on an estimate, in order, by the names of the text. */
const decides = (yuan: string, names: string[]): void =>
  expect(tierFor(pack.rules.tiers['estimate']!, parseYuan(yuan)).chain.map(({ role }) => role)).toEqual(
    names.map((name) => resolveRole(pack, name)),
  );

describe('who may answer', () => {
  test.for([
    ['[CS19.R1] the general manager sets measures and approves', '总经理', ['majorMeasures', 'estimate.approve', 'acknowledge']],
    ['[CS19.R2] the deputy general manager sets them too', '副总经理', ['majorMeasures', 'estimate.approve']],
    ['[CS19.R5] the legal centre helps', '法律事务中心', ['departmentFeedback']],
    [
      '[CS19.R6] customer service takes in, classifies, surveys, audits, warns',
      '客户服务部',
      ['open', 'route', 'survey', 'audit', 'earlyWarning', 'finalPaymentOpinion'],
    ],
    ['[CS19.R8] the office in the estate collects, notes and warns', '客户服务处', ['open', 'registerNote', 'earlyWarning']],
    ['[CS19.R9] its director assigns', '服务处主任', ['assign']],
    ['[CS19.R10] the records clerk registers, notes and calls', '资料员', ['open', 'registerNote', 'followUp']],
    ['[CS19.R11] one handler follows to the end', '专人', ['route', 'survey', 'solution', 'assign']],
    ['[CS19.R13] sales collects and may report a major complaint', '经营销售部', ['open', 'departmentFeedback', 'severity', 'majorReport']],
    ['[CS19.R14] design answers for its part', '设计研发部', ['departmentFeedback']],
    ['[CS19.R19] the property company collects, checks and reports use', '物业公司', ['open', 'completion', 'equipmentUse']],
    ['[CS19.R21] the team leader estimates, hands over, checks', '维修队长', ['estimate', 'handOver', 'completion']],
  ] as const)('%s', ([, name, steps]) => expect(answers(pack, name)).toEqual(expect.arrayContaining([...steps])));

  test.for([
    [
      '[CS19.R4] the deputy chief engineer reviews and determines',
      '副总工程师',
      ['estimate.review', 'finalAccount.review', 'determination'],
    ],
    [
      '[CS19.R6] customer service settles, changes the class, evaluates',
      '客户服务部',
      ['settlement', 'reclass', 'equipmentUsePassed', 'bonusEvaluation'],
    ],
    ['[CS19.R15] engineering urges the builder', '工程材料部', ['urgeBuilder']],
    ['[CS19.R16] finance pays', '财务计统部', ['payment']],
    ['[CS19.R17] the audit department notifies the builder', '审计核算部', ['builderNotice', 'builderConfirmation']],
    ['[CS19.R21] the team leader writes the account', '维修队长', ['finalAccount']],
  ] as const)('alone: %s', ([, name, steps]) => expect(alone(pack, name)).toEqual(expect.arrayContaining([...steps])));

  test('[CS19.R12] the department responsible names somebody and reports back', () => {
    for (const name of ['工程材料部', '设计研发部', '经营销售部', '法律事务中心', '物业公司'])
      expect(answers(pack, name)).toContain('departmentFeedback');
    const feedback = { result: '已更换', handledBy: 'zhao.liu' };
    expect(kept(pack, 'departmentFeedback', feedback)).toEqual(feedback);
    expect(pack.rules.steps['departmentFeedback']?.limit).toBe('departmentFeedback');
  });
});

describe('money', () => {
  test('[CS19.R7] the manager of customer service up to 1,000', () => decides('1000.00', ['客户服务部经理']));
  test('[CS19.R2 CS19.R4] then the deputy chief engineer reviews and the deputy general manager approves', () =>
    decides('1000.01', ['负责质量的副总工程师', '副总经理']));
  test('[CS19.R1] above 10,000 the general manager', () => decides('10000.01', ['副总工程师', '总经理']));
  test('[CS19.R17] from 20,000 the audit department audits', () =>
    expect(auditorOf(parseYuan('20000.01'), pack.rules)).toBe(resolveRole(pack, '审计部')));
});

describe('duties', () => {
  const { schedules, reports } = pack.duties!;
  test("[CS19.R3] the general manager's office gets the reports of quarter and year", () => {
    for (const report of ['quarterlyReport', 'yearlyReport']) expect(reports?.[report]?.to).toContain(resolveRole(pack, '总经理室'));
  });
  test('[CS19.R7] the manager checks every year what became of surveys', () =>
    expect(schedules?.['surveyCheck']?.by).toEqual([resolveRole(pack, '客户服务部经理')]));
  test('[CS19.R8] the office meets every week and reports', () => {
    expect(schedules?.['coordinationMeeting']?.by).toEqual([resolveRole(pack, '客户服务处')]);
    expect(reports?.['weeklyReport']?.from).toEqual([resolveRole(pack, '客户服务处')]);
  });
  test('[CS19.R9] directors meet every week', () =>
    expect(schedules?.['directorsMeeting']?.with).toEqual([resolveRole(pack, '服务处主任')]));
  test('[CS19.R18] human resources may ask for the evaluation of a worker', () =>
    expect(openersOf(pack, 'bonusEvaluation')).toContain(resolveRole(pack, '人力资源部')));
});

describe('on the survey sheet and at acceptance', () => {
  const sheet = { trades: 'single', responsible: 'builder' };
  const signed = (...signedBy: string[]): readonly string[] => {
    const read = kept(pack, 'survey', { ...sheet, signedBy });
    return Array.isArray(read) ? read : (read['signedBy'] as string[]);
  };
  const checked = (...names: string[]) =>
    checkSurvey({ signedBy: signed(...names), absent: [], estimate: parseYuan('800.00'), occurredAt: 0 as never }, parseYuan('500.00'));

  test('[CS19.R15 CS19.R19] engineering signs, or the property company in its place', () => {
    expect(checked('客户服务部', '工程材料部', '维修队长', '施工单位')).toBeUndefined();
    expect(checked('客户服务部', '物业公司', '维修队长', '施工单位')).toBeUndefined();
    expect(checked('客户服务部', '维修队长', '施工单位')).toMatchObject({ code: 'survey-incomplete' });
  });
  test('[CS19.R21 CS19.R22] the team leader signs, and above 500 the builder', () => {
    expect(checked('客户服务部', '物业公司', '施工单位')).toMatchObject({ code: 'survey-incomplete' });
    expect(checked('客户服务部', '物业公司', '维修队长')).toMatchObject({ code: 'survey-incomplete' });
  });
  test('[CS19.R20] the work order goes to the repair team', () =>
    expect(kept(pack, 'survey', { ...sheet, signedBy: ['客户服务部'], orderTo: '维修队' })).toMatchObject({ orderTo: 'repairTeam' }));
  test('[CS19.R23] without the customer nothing is accepted; an owner is a customer', () => {
    expect(checkAcceptance(signed('客户服务部', '物业公司', '维修队长'), false)).toMatchObject({ code: 'acceptance-incomplete' });
    expect(signed('业主')).toEqual(['customer']);
  });
  test('[CS19.R22] a builder who does not confirm says why', () => {
    expect(kept(pack, 'builderConfirmation', { confirmed: false })).toEqual(['reason']);
    expect(signed('施工单位')).toEqual(['builder']);
  });
});

test('[CS19.R25 CS19.X8] the chief engineer is called by either name and reviews as one', () => {
  for (const name of ['总工程师', '公司分管工程质量的副总工程师', '负责工程质量的副总工程师'])
    expect(alone(pack, name)).toContain('estimate.review');
});

test.for([
  ['经营部', 'sales'],
  ['工程部', 'engineering'],
  ['审计部', 'auditDepartment'],
  ['小区物业处', 'property'],
  ['物业人员', 'property'],
] as const)('[CS19.X9] %s is one of the departments', ([name, role]) => {
  expect(kept(pack, 'route', { department: name })).toEqual({ department: role });
});
test('[CS19.R24] external relations', () => expect(resolveRole(pack, '对外联络部')).toBe('externalRelations'));
